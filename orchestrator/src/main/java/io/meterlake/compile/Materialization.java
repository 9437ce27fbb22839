package io.meterlake.compile;

import java.util.Locale;

/** What becomes of a model. */
public enum Materialization {
    VIEW,
    TABLE,
    /** A table that may take rows of its earlier build along; see {@link IncrementalConfig}. */
    INCREMENTAL,
    /** Nothing is built: readers get it as a common table expression. */
    EPHEMERAL;

    /** As written in {@code materialized}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether rows are written. */
    public boolean isTable() {
        return this == TABLE || this == INCREMENTAL;
    }
}
