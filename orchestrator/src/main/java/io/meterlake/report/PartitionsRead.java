package io.meterlake.report;

import static io.meterlake.report.ReportErrorCode.UNTRACEABLE_SOURCE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.meterlake.compile.InlinedQuery.InputTable;
import io.meterlake.engine.Trino;
import io.meterlake.error.MeterlakeException;
import io.meterlake.run.PublishedViews;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which partitions of a snapshot's tables a query reads, as Trino's planner says ({@code EXPLAIN (TYPE IO)}). It may name
 * more than are read, never fewer.
 */
final class PartitionsRead {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** By table: the constraints of each scan of it, any of which lets a partition in. */
    private final Map<String, List<Map<String, List<Range>>>> scans = new HashMap<>();

    /**
     * Values from one to another, compared as text: days and months in ISO-8601 sort as they should.
     *
     * @param low empty for no limit
     * @param high empty for no limit
     */
    private record Range(String low, boolean lowIncluded, String high, boolean highIncluded) {
        boolean contains(String value) {
            boolean above = low.isEmpty() || value.compareTo(low) > 0 || (lowIncluded && value.equals(low));
            boolean below = high.isEmpty() || value.compareTo(high) < 0 || (highIncluded && value.equals(high));
            return above && below;
        }
    }

    /** All tables of all schemas that the query reads, {@code catalog.schema.table}. */
    private final TreeSet<String> tables = new TreeSet<>();

    private PartitionsRead() {}

    /** @param schema the snapshot's database */
    static PartitionsRead of(Trino trino, String sql, String schema) {
        String plan = trino.rows("explain (type io, format json)\n" + sql)
                .firstColumn()
                .getFirst();
        PartitionsRead read = new PartitionsRead();
        try {
            for (JsonNode input : JSON.readTree(plan).path("inputTableColumnInfos")) {
                JsonNode table = input.path("table").path("schemaTable");
                read.tables.add(input.path("table").path("catalog").asText() + "."
                        + table.path("schema").asText() + "."
                        + table.path("table").asText());
                if (table.path("schema").asText().equals(schema)) {
                    read.scans
                            .computeIfAbsent(table.path("table").asText(), absent -> new ArrayList<>())
                            .add(constraints(input.path("constraint")));
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Trino's plan is no JSON: " + plan, e);
        }
        return read;
    }

    private static Map<String, List<Range>> constraints(JsonNode constraint) {
        Map<String, List<Range>> constraints = new HashMap<>();
        if (constraint.path("none").asBoolean()) {
            constraints.put("", List.of());
            return constraints;
        }
        for (JsonNode column : constraint.path("columnConstraints")) {
            List<Range> ranges = new ArrayList<>();
            for (JsonNode range : column.path("domain").path("ranges")) {
                ranges.add(new Range(
                        range.path("low").path("value").asText(""),
                        range.path("low").path("bound").asText().equals("EXACTLY"),
                        range.path("high").path("value").asText(""),
                        range.path("high").path("bound").asText().equals("EXACTLY")));
            }
            constraints.put(column.path("columnName").asText(), ranges);
        }
        return constraints;
    }

    /**
     * Makes sure that the query reads nothing but what {@code source()} and {@code ref()} name: a table that a model
     * writes by its name is in no snapshot and in no lineage.
     *
     * @throws MeterlakeException {@code UNTRACEABLE_SOURCE}
     */
    void requireOnly(List<InputTable> declared, String report) {
        TreeSet<String> others = new TreeSet<>(tables);
        declared.forEach(
                table -> others.remove(PublishedViews.stored(table.relation()).dotted()));
        if (!others.isEmpty()) {
            throw new MeterlakeException(
                    UNTRACEABLE_SOURCE,
                    "Cannot make report %s: a model of it reads %s by name, so nobody could say later what it held"
                            .formatted(report, String.join(", ", others)),
                    "Write source('…', '…') or ref('…') in place of the name.");
        }
    }

    /**
     * Whether a partition is read.
     *
     * @param partition its path, such as {@code reading_date=2026-01-25}; empty for a table without partitions
     */
    boolean reads(String table, String partition) {
        return scans.getOrDefault(table, List.of()).stream().anyMatch(scan -> letsIn(scan, partition));
    }

    private static boolean letsIn(Map<String, List<Range>> scan, String partition) {
        if (scan.containsKey("")) {
            return false;
        }
        int equals = partition.indexOf('=');
        List<Range> ranges = equals < 0 ? null : scan.get(partition.substring(0, equals));
        return ranges == null || ranges.stream().anyMatch(range -> range.contains(partition.substring(equals + 1)));
    }
}
