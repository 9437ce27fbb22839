package io.meterlake.reading;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a value came to be, in the words that are common to the formats; the sender's own code is kept beside it. */
public enum Quality {
    /** Measured. */
    ACTUAL,
    /** Computed by the sender because no measurement was at hand yet. */
    ESTIMATED,
    /** Put in place of a measurement by the sender, for good. */
    SUBSTITUTED,
    /** The sender says that there is no value; what stands in the value's place is not to be used. */
    MISSING,
    /** The sender took an earlier value back. */
    WITHDRAWN;

    /** The value of the {@code quality} column: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The labels of all qualities. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Quality::label).toList();
    }

    /** The quality of a label; empty if there is none. */
    public static Optional<Quality> of(String label) {
        return Arrays.stream(values())
                .filter(quality -> quality.label().equals(label))
                .findFirst();
    }
}
