package io.meterlake.format.csv;

import static java.util.Objects.requireNonNull;

/** Where a field's content comes from. */
public sealed interface CsvSource {
    /** From the column of this name. */
    record Column(String name) implements CsvSource {
        public Column {
            requireNonNull(name, "name is null");
        }
    }

    /** The same in each row. */
    record Constant(String text) implements CsvSource {
        public Constant {
            requireNonNull(text, "text is null");
        }
    }
}
