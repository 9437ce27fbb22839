package io.meterlake.format.csv;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How the two occurrences of a local time are told apart when the clocks go back in autumn. Only for times without an
 * offset.
 */
public enum DoubledHour {
    /**
     * A channel's first row with that time is the first occurrence and the second row the second one, or the other way
     * round in a file with the newest rows first. A time that comes only once can be either, and is refused.
     */
    BY_ORDER,
    /** The sender only ever gives the first occurrence. */
    FIRST,
    /** The sender only ever gives the second occurrence. */
    SECOND;

    /** The word in a mapping. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The choice of a word; empty if there is none. */
    static Optional<DoubledHour> of(String label) {
        return Arrays.stream(values())
                .filter(choice -> choice.label().equals(label))
                .findFirst();
    }
}
