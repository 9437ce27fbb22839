package io.meterlake.writer.validate.plausibility;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Optional;

/** What a rule that a file alone decides allows of a reading. */
public sealed interface Limit {
    /** No value below zero. */
    record NotNegative() implements Limit {}

    /**
     * No more energy than the connection's fuse lets through in an interval.
     *
     * @param kilowatts what it lets through where nothing is known of the meter's own fuse; empty: such a meter is not
     *     checked
     */
    record FuseRating(Optional<BigDecimal> kilowatts) implements Limit {
        public FuseRating {
            requireNonNull(kilowatts, "kilowatts is null");
        }
    }

    /**
     * Not the same value, other than zero, in interval after interval.
     *
     * @param intervals how many equal ones are too many; 2 or more
     */
    record NotFrozen(int intervals) implements Limit {
        public NotFrozen {
            if (intervals < 2) {
                throw new IllegalArgumentException("intervals is below 2: " + intervals);
            }
        }
    }

    /** No interval that shares time with another one of its channel and file. */
    record NoOverlap() implements Limit {}

    /** No interval of a channel twice in a file. */
    record NoDuplicate() implements Limit {}
}
