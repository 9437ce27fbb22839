package io.meterlake.writer.validate.plausibility;

import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Series;
import java.util.Optional;

/**
 * {@link Limit.NotFrozen} of a series: an interval whose value is that of too many right before it. Those before it are
 * taken in already. Zero is what an empty house takes, and stands still for nobody. Not thread-safe.
 */
final class FrozenCheck implements ReadingCheck {
    private final PlausibilityRule rule;
    private final Series series;
    private final int tooMany;
    private long next = ReadingSink.NO_TIME;
    private long value;
    private int equal;

    FrozenCheck(PlausibilityRule rule, Series series, int tooMany) {
        this.rule = rule;
        this.series = series;
        this.tooMany = tooMany;
    }

    @Override
    public Optional<Fault> fault(long startMicros, long scaledValue) {
        boolean goesOn = startMicros == next && scaledValue == value && scaledValue != 0;
        // It moves on with what is refused, too: a reading that follows it stands still as well.
        equal = goesOn ? equal + 1 : 1;
        value = scaledValue;
        next = series.endMicros(startMicros);
        return equal < tooMany || scaledValue == ReadingSink.NO_VALUE
                ? Optional.empty()
                : Optional.of(new Fault(
                        "value",
                        "rule %s: %s is the %dth equal value in a row, and %d are too many"
                                .formatted(rule.name(), Energy.text(scaledValue, series), equal, tooMany),
                        "Ask the sender whether the meter stands still; where the load is that even, raise intervals of"
                                + " the rule or leave the channel out of it"));
    }
}
