package io.meterlake.writer.validate.plausibility;

import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Series;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * {@link Limit.FuseRating} of a series: energy that would have taken more power than the fuse lets through, in either
 * direction.
 *
 * @param most the largest value that is allowed in the shortest of the series' intervals, scaled like readings
 */
record FuseCheck(PlausibilityRule rule, Series series, BigDecimal kilowatts, long most) implements ReadingCheck {
    private static final int MINUTES_PER_HOUR = 60;
    private static final long MICROS_PER_MINUTE = 60_000_000;

    /** A daily value may be one of 23 hours. */
    private static final int SHORTEST_DAY = Series.DAY_MINUTES - MINUTES_PER_HOUR;

    /** Empty if the unit is not one of active energy. */
    static Optional<ReadingCheck> of(PlausibilityRule rule, Series series, BigDecimal kilowatts) {
        int shortest = series.intervalMinutes() == Series.DAY_MINUTES ? SHORTEST_DAY : series.intervalMinutes();
        return most(series, kilowatts, shortest).map(most -> new FuseCheck(rule, series, kilowatts, most));
    }

    private static Optional<Long> most(Series series, BigDecimal kilowatts, long minutes) {
        BigDecimal kilowattMinutes = kilowatts.multiply(BigDecimal.valueOf(minutes));
        // Whole units of the last digit: what is above the exact limit is above the one that is rounded down.
        return Energy.inUnit(kilowattMinutes, series)
                .map(limit -> limit.scaleByPowerOfTen(ReadingSink.VALUE_SCALE)
                        .divide(BigDecimal.valueOf(MINUTES_PER_HOUR), 0, RoundingMode.DOWN)
                        .min(BigDecimal.valueOf(Long.MAX_VALUE))
                        .longValueExact());
    }

    @Override
    public Optional<Fault> fault(long startMicros, long scaledValue) {
        if (scaledValue == ReadingSink.NO_VALUE || Math.abs(scaledValue) <= most) {
            return Optional.empty();
        }
        long minutes = (series.endMicros(startMicros) - startMicros) / MICROS_PER_MINUTE;
        return most(series, kilowatts, minutes)
                .filter(limit -> Math.abs(scaledValue) > limit)
                .map(limit -> new Fault(
                        "value",
                        "rule %s: %s in %d minutes is more than the %s kW of the fuse"
                                .formatted(
                                        rule.name(),
                                        Energy.text(scaledValue, series),
                                        minutes,
                                        kilowatts.toPlainString()),
                        "Ask the sender for the right value, or check the unit in the mapping; where the fuse is larger,"
                                + " mend max_kw of the rule or fuse_kw of the meter"));
    }
}
