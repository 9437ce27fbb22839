package io.meterlake.reading;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * What the readings of one channel of one meter in one file have in common.
 *
 * @param meterId the metering point's id as the sender writes it (NMI, MPAN, MaLo …)
 * @param channel the register or channel: a NEM12 suffix ({@code E1}), an OBIS code, {@code import}
 * @param unit the unit as the field writes it ({@code kWh}, {@code Wh}, {@code kVArh}); values are never converted
 * @param intervalMinutes the length of an interval, 1 to 1440 minutes; 1440 for a day, of 23 and 25 hours as well
 * @param marketZone the zone whose local days are the market's days; decides the {@code reading_date}
 * @param zoneIsAssumed whether the file does not say the zone, so that one that is known of the channel goes before it
 */
public record Series(
        String meterId, String channel, String unit, int intervalMinutes, ZoneId marketZone, boolean zoneIsAssumed) {
    /** The length of a daily value, which ends at the same local time of the next day: after 23, 24 or 25 hours. */
    public static final int DAY_MINUTES = 1440;

    private static final long MICROS_PER_MINUTE = 60_000_000;

    /** Of a file that says the zone. */
    public Series(String meterId, String channel, String unit, int intervalMinutes, ZoneId marketZone) {
        this(meterId, channel, unit, intervalMinutes, marketZone, false);
    }

    public Series {
        requireNonNull(meterId, "meterId is null");
        requireNonNull(channel, "channel is null");
        requireNonNull(unit, "unit is null");
        requireNonNull(marketZone, "marketZone is null");
        if (intervalMinutes < 1 || intervalMinutes > DAY_MINUTES) {
            throw new IllegalArgumentException("intervalMinutes is not in 1..1440: " + intervalMinutes);
        }
    }

    /** The same series in the zone that is known of its channel. */
    public Series inZone(ZoneId known) {
        return new Series(meterId, channel, unit, intervalMinutes, known);
    }

    /**
     * When an interval ends.
     *
     * @param startMicros its start, microseconds since 1970-01-01T00:00Z
     * @return its end, in the same unit
     */
    public long endMicros(long startMicros) {
        return intervalMinutes < DAY_MINUTES
                ? startMicros + intervalMinutes * MICROS_PER_MINUTE
                : ChronoUnit.MICROS.between(
                        Instant.EPOCH,
                        Instant.EPOCH
                                .plus(startMicros, ChronoUnit.MICROS)
                                .atZone(marketZone)
                                .plusDays(1)
                                .toInstant());
    }
}
