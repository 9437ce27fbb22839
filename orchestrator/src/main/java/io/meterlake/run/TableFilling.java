package io.meterlake.run;

import io.meterlake.engine.Completion;
import io.meterlake.engine.Trino;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the table of a work, which nobody reads before all of its rows are there. Thread-safe. */
final class TableFilling {
    private final Trino trino;
    private final CarryOver carryOver;

    TableFilling(Trino trino, CarryOver carryOver) {
        this.trino = trino;
        this.carryOver = carryOver;
    }

    /**
     * What was done.
     *
     * @param queryIds in the order of the statements
     * @param rows that the SQL made
     */
    record Filled(List<String> queryIds, long rows) {}

    /** @param sql the rows that the table's own SQL makes */
    Filled fill(Work.BuildTable table, String sql) {
        List<String> conditions = table.carried().conditions();
        List<String> selects = conditions.isEmpty()
                ? List.of(sql)
                : conditions.stream()
                        .map(condition -> "select * from (%n%s%n) where %s".formatted(sql, condition))
                        .toList();
        List<String> queryIds = new ArrayList<>();
        long rows = 0;
        for (String select : selects) {
            String begin = queryIds.isEmpty()
                    ? "create table %s%s as%n".formatted(table.relation().sql(), properties(table))
                    : "insert into %s%n".formatted(table.relation().sql());
            Completion made = trino.execute(begin + select);
            queryIds.add(made.queryId());
            rows += rows(made);
        }
        queryIds.addAll(carryOver.into(table.relation(), table.carried()));
        return new Filled(List.copyOf(queryIds), rows);
    }

    private static String properties(Work.BuildTable work) {
        Map<String, String> properties = new LinkedHashMap<>();
        // What the lake's own tables are; Trino's default is ORC.
        properties.put("format", "'PARQUET'");
        properties.putAll(work.properties());
        return properties.entrySet().stream()
                .map(property -> property.getKey() + " = " + property.getValue())
                .collect(Collectors.joining(", ", " with (", ")"));
    }

    private static long rows(Completion made) {
        return switch (made) {
            case Completion.Updated updated -> updated.rowCount();
            case Completion.Selected selected -> selected.rowCount();
        };
    }
}
