package io.meterlake.reading;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;

/**
 * What the readings of one channel of one meter in one file have in common.
 *
 * @param meterId the metering point's id as the sender writes it (NMI, MPAN, MaLo …)
 * @param channel the register or channel: a NEM12 suffix ({@code E1}), an OBIS code, {@code import}
 * @param unit the unit as the field writes it ({@code kWh}, {@code Wh}, {@code kVArh}); values are never converted
 * @param intervalMinutes the length of an interval, 1 to 1440 minutes
 * @param marketZone the zone whose local days are the market's days; decides the {@code reading_date}
 * @param zoneIsAssumed whether the file does not say the zone, so that one that is known of the channel goes before it
 */
public record Series(
        String meterId, String channel, String unit, int intervalMinutes, ZoneId marketZone, boolean zoneIsAssumed) {
    /** Of a file that says the zone. */
    public Series(String meterId, String channel, String unit, int intervalMinutes, ZoneId marketZone) {
        this(meterId, channel, unit, intervalMinutes, marketZone, false);
    }

    public Series {
        requireNonNull(meterId, "meterId is null");
        requireNonNull(channel, "channel is null");
        requireNonNull(unit, "unit is null");
        requireNonNull(marketZone, "marketZone is null");
        if (intervalMinutes < 1 || intervalMinutes > 1440) {
            throw new IllegalArgumentException("intervalMinutes is not in 1..1440: " + intervalMinutes);
        }
    }

    /** The same series in the zone that is known of its channel. */
    public Series inZone(ZoneId known) {
        return new Series(meterId, channel, unit, intervalMinutes, known);
    }
}
