package io.meterlake.cli;

import io.meterlake.dashboard.BoundQuery;
import io.meterlake.engine.Rows;
import io.meterlake.engine.Trino;
import java.util.List;
import java.util.Map;

/**
 * Tables of the names and columns of the lake's and the models', with more rows than Metabase shows, in a schema of their own:
 * a card's SQL runs on them as it is but for the schema.
 */
final class ManyRows {
    static final int ROWS = 2500;

    /** What the other columns' values would not do for; {@code n} counts the rows. */
    private static final Map<String, Map<String, String>> VALUES = Map.ofEntries(
            Map.entry(
                    "hudi.lake.reports",
                    Map.of(
                            "status", "if(n <= 2, 'signed', 'draft')",
                            "period_start", "date '2020-01-01'",
                            "period_end", "date '2040-01-01'")),
            Map.entry(
                    "hudi.lake.report_lineage",
                    Map.of(
                            "table_name", "'meter_readings'",
                            "commit_requested_at", "'20260101000000000'",
                            "commit_completed_at", "'20260101000001000'")),
            Map.entry("hudi.lake.ingested_files", Map.of()),
            Map.entry("hudi.lake.rejected_readings", Map.of("resolved_at", "cast(null as timestamp(6))")),
            Map.entry("hudi.lake.reading_changes", Map.of("utility", "'u'")),
            Map.entry("hive.marts.fct_ingested_files", Map.of()),
            Map.entry("hive.marts.fct_settlement", Map.of()),
            Map.entry(
                    "hive.marts.dim_partner_meter",
                    Map.of("valid_from", "date '2020-01-01'", "valid_to", "date '2040-01-01'")),
            Map.entry(
                    "hive.marts.fct_reading_changes",
                    Map.of("commit_requested_instant", "'20270101000000000'", "new_energy_kwh", "n + 1")),
            Map.entry("hive.marts.fct_meter_daily_energy", Map.of("utility", "'u'")),
            Map.entry("hive.marts.fct_meter_completeness", Map.of("utility", "'u'")),
            Map.entry(
                    "hive.marts.fct_readings_by_meter",
                    Map.of(
                            "meter_id", "if(n <= 2490, 'one', concat('v', cast(n as varchar)))",
                            "channel", "'import'",
                            "time_zone", "'UTC'",
                            "quantity", "'active_energy'",
                            "interval_minutes", "15",
                            "interval_start_at", "timestamp '2026-01-01 00:00:00' + n * interval '15' minute",
                            "reading_date", "cast(timestamp '2026-01-01 00:00:00' + n * interval '15' minute as date)",
                            "energy_kwh", "1",
                            "is_usable", "true")),
            Map.entry(
                    "hive.marts.fct_reading_versions", Map.of("quantity", "'reactive_energy'", "time_zone", "'UTC'")));

    private final Trino trino;
    private final String schema;

    ManyRows(Trino trino, String schema) {
        this.trino = trino;
        this.schema = schema;
    }

    void create() {
        VALUES.forEach(this::create);
    }

    Rows rows(BoundQuery query) {
        String sql = query.sql()
                .replace("hudi.lake.", "hive." + schema + ".")
                .replace("hive.marts.", "hive." + schema + ".")
                .replace("\"lake\".", '"' + schema + "\".")
                .replace("\"marts\".", '"' + schema + "\".");
        return trino.rows(sql, query.values());
    }

    private void create(String table, Map<String, String> values) {
        String[] name = table.split("\\.", -1);
        List<String> columns = trino.rows("""
                                select column_name, data_type from %s.information_schema.columns
                                where table_schema = ? and table_name = ? and not starts_with(column_name, '_hoodie')
                                order by ordinal_position
                                """.formatted(name[0]), List.of(name[1], name[2])).rows().stream()
                .map(row -> column(String.valueOf(row.getFirst()), String.valueOf(row.getLast()), values))
                .toList();
        trino.execute("create table hive.%s.%s as select %s from unnest(sequence(1, %d)) as numbers (n)"
                .formatted(schema, name[2], String.join(", ", columns), ROWS));
    }

    private static String column(String name, String type, Map<String, String> values) {
        String value = type.startsWith("varchar")
                ? "concat('v', cast(n as varchar))"
                : type.startsWith("timestamp")
                        ? "timestamp '2026-01-01 00:00:00' + n * interval '1' second"
                        : type.equals("date")
                                ? "date '2020-01-01' + n * interval '1' day"
                                : type.equals("boolean") ? "n % 2 = 0" : "n";
        return "cast(%s as %s) as %s"
                .formatted(values.getOrDefault(name, value), type.replace("timestamp(9)", "timestamp(6)"), name);
    }
}
