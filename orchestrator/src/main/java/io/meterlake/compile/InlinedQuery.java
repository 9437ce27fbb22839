package io.meterlake.compile;

import io.meterlake.project.Relation;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A query with every model that it reads, directly or through others, pasted in: it reads sources and seeds only, so
 * one statement sees one state of the data.
 *
 * @param uniqueId the query's own id
 * @param sql one statement, ready for Trino
 * @param tables the sources and seeds that it reads, in the order of their ids
 * @param fingerprints the fingerprint of the query and of each pasted model by unique id
 * @param variables the variables that any of them read and the values they had
 */
public record InlinedQuery(
        String uniqueId,
        String sql,
        List<InputTable> tables,
        SortedMap<String, String> fingerprints,
        SortedMap<String, Object> variables) {
    /**
     * A table that the query reads.
     *
     * @param uniqueId of a source or a seed
     */
    public record InputTable(String uniqueId, Relation relation) {}

    public InlinedQuery {
        tables = List.copyOf(tables);
        fingerprints = Collections.unmodifiableSortedMap(new TreeMap<>(fingerprints));
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    }

    /** The tables that are sources, not seeds. */
    public List<InputTable> sources() {
        return tables.stream()
                .filter(table -> table.uniqueId().startsWith("source."))
                .toList();
    }
}
