package io.meterlake.columns;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Locale;

/**
 * A column of a table, view or report.
 *
 * @param node unique id of the source, seed, model or analysis
 * @param column in lower case: Trino tells no cases apart
 */
public record ColumnName(String node, String column) implements Comparable<ColumnName> {
    private static final Comparator<ColumnName> ORDER =
            Comparator.comparing(ColumnName::node).thenComparing(ColumnName::column);

    public ColumnName {
        requireNonNull(node, "node is null");
        column = column.toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(ColumnName other) {
        return ORDER.compare(this, other);
    }

    /** {@code model.project.name.column}, for people. */
    @Override
    public String toString() {
        return node + "." + column;
    }
}
