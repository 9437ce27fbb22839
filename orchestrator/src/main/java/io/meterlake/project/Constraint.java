package io.meterlake.project;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a property file says that holds for the rows of a model.
 *
 * @param type {@code not_null}, {@code unique}, {@code primary_key}, {@code foreign_key}, {@code check} or {@code custom}
 * @param columns that it is about; of a column's constraint that column
 * @param expression of a check or a constraint of one's own
 * @param to what a foreign key leads to
 * @param warnsUnsupported whether it is to be said that it is not enforced
 */
public record Constraint(
        Location location,
        String type,
        List<String> columns,
        @Nullable String name,
        @Nullable String expression,
        @Nullable String to,
        List<String> toColumns,
        boolean warnsUnsupported,
        boolean warnsUnenforced) {
    /** The type of those that are enforced. */
    public static final String NOT_NULL = "not_null";

    public Constraint {
        columns = List.copyOf(columns);
        toColumns = List.copyOf(toColumns);
    }
}
