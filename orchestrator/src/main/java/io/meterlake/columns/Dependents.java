package io.meterlake.columns;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What reads a column, all the way down to the reports. Dependencies come first.
 *
 * @param columns the columns that are made from it or chosen by it, each with the ways
 * @param rows the models and reports whose rows it decides, by unique id, each with the ways
 */
public record Dependents(SequencedMap<ColumnName, Set<Influence>> columns, SequencedMap<String, Set<Influence>> rows) {
    public Dependents {
        columns = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(columns));
        rows = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(rows));
    }

    /** Dependencies come first, so one pass meets everything after what it is made from. */
    static Dependents of(ColumnName column, Map<String, QueryColumns> queries, Map<String, List<String>> dependsOn) {
        SequencedMap<ColumnName, Set<Influence>> columns = new LinkedHashMap<>();
        SequencedMap<String, Set<Influence>> rows = new LinkedHashMap<>();
        columns.put(column, EnumSet.of(Influence.IDENTITY));
        queries.forEach((node, query) -> {
            query.columns()
                    .forEach(output ->
                            add(columns, new ColumnName(node, output.name()), ways(output.origins(), columns)));
            add(rows, node, ways(query.rows(), columns));
            dependsOn
                    .getOrDefault(node, List.of())
                    .forEach(input -> add(rows, node, rows.getOrDefault(input, Set.of())));
        });
        columns.remove(column);
        return new Dependents(columns, rows);
    }

    private static Set<Influence> ways(Origins origins, Map<ColumnName, Set<Influence>> from) {
        Set<Influence> ways = EnumSet.noneOf(Influence.class);
        origins.columns()
                .forEach((origin, last) -> from.getOrDefault(origin, Set.of())
                        .forEach(first -> last.forEach(way -> ways.add(first.then(way)))));
        return ways;
    }

    private static <K> void add(Map<K, Set<Influence>> found, K key, Set<Influence> ways) {
        if (!ways.isEmpty()) {
            found.computeIfAbsent(key, _ -> EnumSet.noneOf(Influence.class)).addAll(ways);
        }
    }
}
