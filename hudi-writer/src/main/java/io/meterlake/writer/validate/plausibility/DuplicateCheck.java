package io.meterlake.writer.validate.plausibility;

import io.meterlake.reading.Series;
import java.util.Optional;

/** {@link Limit.NoDuplicate} of a series: an interval that its file brought before, of which the first one stays. */
record DuplicateCheck(PlausibilityRule rule, TakenIntervals intervals, Series series) implements ReadingCheck {
    @Override
    public Optional<Fault> fault(long startMicros, long scaledValue) {
        return intervals.hasStart(startMicros)
                ? Optional.of(new Fault(
                        "interval_start",
                        "rule %s: the file has the interval before".formatted(rule.name()),
                        "Ask the sender which of them is right; where the later one is to win, take the rule away"))
                : Optional.empty();
    }

    @Override
    public void taken(long startMicros, long scaledValue) {
        intervals.add(startMicros, series);
    }
}
