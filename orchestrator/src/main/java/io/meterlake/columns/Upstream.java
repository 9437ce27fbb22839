package io.meterlake.columns;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** From each column, and from each node's rows, all the way up to sources and seeds. Every way is gone once. */
final class Upstream {
    private final Map<ColumnName, Origins> columns = new HashMap<>();
    private final Map<String, Origins> rows = new HashMap<>();
    private final Map<String, SequencedSet<String>> nodes = new HashMap<>();

    /**
     * @param queries by unique id, dependencies first
     * @param dependsOn what each of them reads
     */
    Upstream(Map<String, QueryColumns> queries, Map<String, List<String>> dependsOn) {
        queries.forEach((node, query) -> {
            query.columns()
                    .forEach(output -> columns.merge(
                            new ColumnName(node, output.name()), resolved(output.origins()), Origins::and));
            Origins deciding = resolved(query.rows());
            SequencedSet<String> read = new LinkedHashSet<>();
            for (String input : dependsOn.getOrDefault(node, List.of())) {
                deciding = deciding.and(rows(input));
                read.addAll(nodes(input));
                read.add(input);
            }
            rows.put(node, deciding);
            nodes.put(node, Collections.unmodifiableSequencedSet(read));
        });
    }

    private Origins resolved(Origins origins) {
        Origins all = Origins.NONE;
        for (var origin : origins.columns().entrySet()) {
            Origins further = column(origin.getKey());
            for (Influence way : origin.getValue()) {
                all = all.and(further.as(way));
            }
        }
        return all;
    }

    /** A source's or seed's column is its own origin. */
    Origins column(ColumnName column) {
        Origins known = columns.get(column);
        return known == null ? Origins.of(column) : known;
    }

    Origins rows(String node) {
        return rows.getOrDefault(node, Origins.NONE);
    }

    /** All that a node reads, and what that reads, dependencies first. */
    SequencedSet<String> nodes(String node) {
        return nodes.getOrDefault(node, Collections.unmodifiableSequencedSet(new LinkedHashSet<>()));
    }
}
