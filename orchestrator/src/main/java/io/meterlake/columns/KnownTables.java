package io.meterlake.columns;

import java.util.List;
import java.util.Optional;

/** The tables that a query can name. */
@FunctionalInterface
public interface KnownTables {
    /**
     * A table.
     *
     * @param node its unique id
     * @param columns in order; empty where they are not known
     */
    record Known(String node, List<String> columns) {
        public Known {
            columns = List.copyOf(columns);
        }
    }

    /**
     * The table of a name; empty if there is none.
     *
     * @param name catalog, schema and table, in lower case, as far as they are written
     */
    Optional<Known> find(List<String> name);
}
