package io.meterlake.format.espi;

import io.meterlake.reading.Series;
import java.time.ZoneId;
import java.util.OptionalLong;

/**
 * What the blocks of a MeterReading mean.
 *
 * @param meterId the usage point's id
 * @param name import, export or another direction, and what else tells it from other channels of the usage point
 * @param unit Wh, VArh or VAh
 * @param exponent the power of ten by which values are multiplied
 * @param zone whose days are the usage point's days
 * @param zoneIsAssumed whether the feed has no LocalTimeParameters
 * @param intervalSeconds the length of intervals that do not say theirs
 * @param defaultQuality the code of readings that say none
 */
record Channel(
        String meterId,
        String name,
        String unit,
        int exponent,
        ZoneId zone,
        boolean zoneIsAssumed,
        OptionalLong intervalSeconds,
        String defaultQuality) {
    Series series(int minutes) {
        return new Series(meterId, name, unit, minutes, zone, zoneIsAssumed);
    }

    Channel named(String other) {
        return new Channel(meterId, other, unit, exponent, zone, zoneIsAssumed, intervalSeconds, defaultQuality);
    }
}
