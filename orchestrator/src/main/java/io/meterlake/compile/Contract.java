package io.meterlake.compile;

import java.util.List;

/**
 * What a model promises its readers of its columns.
 *
 * @param isEnforced whether it is not built if it does not keep it
 * @param columns all of them, in the order of the property file
 */
public record Contract(boolean isEnforced, List<Column> columns) {
    /** Nothing is promised. */
    public static final Contract NONE = new Contract(false, List.of());

    /**
     * A column.
     *
     * @param type Trino's, as written
     * @param isNotNull whether every row has a value
     */
    public record Column(String name, String type, boolean isNotNull) {}

    public Contract {
        columns = List.copyOf(columns);
    }
}
