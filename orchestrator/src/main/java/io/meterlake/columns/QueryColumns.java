package io.meterlake.columns;

import java.util.List;

/**
 * What a query gives.
 *
 * @param columns in the query's order
 * @param rows what decides which rows there are: filters, joins, groups and sorting
 * @param unresolved what could not be told and why, each once; nothing is guessed in its place
 */
public record QueryColumns(List<Output> columns, Origins rows, List<String> unresolved) {
    /** A column of the result; its name is in lower case, and empty where the query gives none. */
    public record Output(String name, Origins origins) {}

    public QueryColumns {
        columns = List.copyOf(columns);
        unresolved = List.copyOf(unresolved);
    }

    public boolean isComplete() {
        return unresolved.isEmpty();
    }
}
