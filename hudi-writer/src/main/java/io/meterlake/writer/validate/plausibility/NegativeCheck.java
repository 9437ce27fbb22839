package io.meterlake.writer.validate.plausibility;

import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Series;
import java.util.Optional;

/** {@link Limit.NotNegative} of a series. */
record NegativeCheck(PlausibilityRule rule, Series series) implements ReadingCheck {
    @Override
    public Optional<Fault> fault(long startMicros, long scaledValue) {
        return scaledValue >= 0 || scaledValue == ReadingSink.NO_VALUE
                ? Optional.empty()
                : Optional.of(new Fault(
                        "value",
                        "rule %s: %s is below zero".formatted(rule.name(), Energy.text(scaledValue, series)),
                        "Ask the sender for the right value; where negative ones are right, leave the channel out of"
                                + " the rule"));
    }
}
