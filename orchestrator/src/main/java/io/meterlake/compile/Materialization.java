package io.meterlake.compile;

import java.util.Locale;

/** What becomes of a model. */
public enum Materialization {
    VIEW,
    TABLE,
    /** Nothing is built: readers get it as a common table expression. */
    EPHEMERAL;

    /** As written in {@code materialized}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
