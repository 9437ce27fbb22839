package io.meterlake.writer.validate;

import io.meterlake.reading.Series;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Where the intervals of a series start: every so many minutes from midnight, in UTC or, for zones that are off by a part
 * of an interval, in the market's local time. An interval that starts elsewhere overlaps its neighbours, and their
 * energy would be counted twice. Lengths of more than an hour, and such that do not divide a day, have no grid that
 * daylight saving would leave in place.
 */
record IntervalGrid(int minutes, long micros, ZoneId zone) {
    private static final int LONGEST_MINUTES = 60;
    private static final int DAY_MINUTES = 1440;
    private static final long MICROS_PER_MINUTE = 60_000_000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    static IntervalGrid of(Series series) {
        int minutes = series.intervalMinutes();
        boolean checked = minutes <= LONGEST_MINUTES && DAY_MINUTES % minutes == 0;
        return new IntervalGrid(minutes, checked ? minutes * MICROS_PER_MINUTE : 1, series.marketZone());
    }

    /** Whether an interval may start there; the lengths divide a day, and 1970 began at midnight. */
    boolean holds(long startMicros) {
        return startMicros % micros == 0 || holdsLocally(startMicros);
    }

    private boolean holdsLocally(long startMicros) {
        Instant start = Instant.EPOCH.plus(startMicros, ChronoUnit.MICROS);
        long offset = zone.getRules().getOffset(start).getTotalSeconds() * MICROS_PER_SECOND;
        return (startMicros + offset) % micros == 0;
    }

    IdRule.Fault fault(long startMicros) {
        Instant start = Instant.EPOCH.plus(startMicros, ChronoUnit.MICROS);
        return new IdRule.Fault(
                "interval_start",
                "an interval of %d minutes does not start at %s, which is %s in %s"
                        .formatted(minutes, start, start.atZone(zone).toLocalTime(), zone),
                "Ask the sender for the right time; in a mapping, check whether the time is the interval's end, its"
                        + " pattern, its zone and interval_minutes");
    }
}
