package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

/** A column of a table. All columns may hold null, as in every table that Spark writes. */
public record Column(String name, ColumnType type) {
    public Column {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
    }
}
