package io.meterlake.project;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of a seed.
 *
 * @param columns in the file's order
 * @param rows one list a row with one value a column, as text; null where the field is empty
 */
public record SeedTable(List<SeedColumn> columns, List<List<@Nullable String>> rows) {
    /** A column; its type is a Trino type, declared or inferred. */
    public record SeedColumn(String name, String type) {}

    public SeedTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
