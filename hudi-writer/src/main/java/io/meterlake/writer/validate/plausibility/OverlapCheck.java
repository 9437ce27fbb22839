package io.meterlake.writer.validate.plausibility;

import io.meterlake.reading.Series;
import java.util.Optional;
import java.util.OptionalInt;

/** {@link Limit.NoOverlap} of a series: an interval that shares time with another one, of which the first one stays. */
record OverlapCheck(PlausibilityRule rule, TakenIntervals intervals, Series series) implements ReadingCheck {
    @Override
    public Optional<Fault> fault(long startMicros, long scaledValue) {
        OptionalInt other = intervals.overlapped(startMicros, series);
        return other.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fault(
                        "interval_start",
                        "rule %s: the interval of %d minutes overlaps one of %d minutes of this file"
                                .formatted(rule.name(), series.intervalMinutes(), other.getAsInt()),
                        "Ask the sender which of them is right; in a mapping, check interval_minutes"));
    }

    @Override
    public void taken(long startMicros, long scaledValue) {
        intervals.add(startMicros, series);
    }
}
