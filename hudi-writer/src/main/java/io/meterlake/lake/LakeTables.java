package io.meterlake.lake;

import static io.meterlake.lake.ColumnType.BIGINT;
import static io.meterlake.lake.ColumnType.DATE;
import static io.meterlake.lake.ColumnType.DECIMAL_18_6;
import static io.meterlake.lake.ColumnType.INT;
import static io.meterlake.lake.ColumnType.STRING;
import static io.meterlake.lake.ColumnType.TIMESTAMP;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The tables of a lake. */
public final class LakeTables {
    /** The current value of every interval of every channel. */
    public static final TableDefinition METER_READINGS = new TableDefinition(
            "meter_readings",
            columns(
                    "meter_id", STRING,
                    "channel", STRING,
                    "interval_start", TIMESTAMP,
                    // The same instant once more: a timestamp in the record key is encoded differently by Spark's
                    // bulk_insert and its upsert, a number is not.
                    "interval_start_us", BIGINT,
                    "interval_minutes", INT,
                    "value", DECIMAL_18_6,
                    "unit", STRING,
                    "quality", STRING,
                    "quality_code", STRING,
                    "recorded_at", TIMESTAMP,
                    "received_at", TIMESTAMP,
                    "time_zone", STRING,
                    "utility", STRING,
                    "source_file", STRING,
                    "file_checksum", STRING,
                    "reading_date", DATE),
            List.of("meter_id", "channel", "interval_start_us"),
            "reading_date",
            "recorded_at",
            new TableLayout.Bucketed("meter_id"));

    /** Each value that a correction replaced. Only ever added to, in step with the commits to meter_readings. */
    public static final TableDefinition READING_CHANGES = new TableDefinition(
            "reading_changes",
            columns(
                    "meter_id", STRING,
                    "channel", STRING,
                    "interval_start", TIMESTAMP,
                    "interval_start_us", BIGINT,
                    "old_interval_minutes", INT,
                    "new_interval_minutes", INT,
                    "old_value", DECIMAL_18_6,
                    "new_value", DECIMAL_18_6,
                    "old_unit", STRING,
                    "new_unit", STRING,
                    "old_quality", STRING,
                    "new_quality", STRING,
                    "old_quality_code", STRING,
                    "new_quality_code", STRING,
                    "old_time_zone", STRING,
                    "new_time_zone", STRING,
                    "old_recorded_at", TIMESTAMP,
                    "new_recorded_at", TIMESTAMP,
                    "old_source_file", STRING,
                    "new_source_file", STRING,
                    "old_file_checksum", STRING,
                    "new_file_checksum", STRING,
                    "utility", STRING,
                    // The readings' commit as in ingested_files: one file may correct what another one just brought.
                    "commit_requested_at", STRING,
                    "received_at", TIMESTAMP,
                    "reading_date", DATE),
            List.of("meter_id", "channel", "interval_start_us", "commit_requested_at"),
            "reading_date",
            null,
            new TableLayout.Appended());

    /** What validation refused. What passed when its file was tried once more stays, with the time. */
    public static final TableDefinition REJECTED_READINGS = new TableDefinition(
            "rejected_readings",
            columns(
                    "file_checksum", STRING,
                    "source_file", STRING,
                    "utility", STRING,
                    "line", BIGINT,
                    "field", STRING,
                    "reason", STRING,
                    "hint", STRING,
                    "raw_text", STRING,
                    "received_at", TIMESTAMP,
                    // Which try of the file refused it last; null before there were any.
                    "tries", INT,
                    "resolved_at", TIMESTAMP,
                    "received_date", DATE),
            List.of("file_checksum", "line"),
            "received_date",
            null,
            new TableLayout.Looked());

    /** The ledger: what became of each file. */
    public static final TableDefinition INGESTED_FILES = new TableDefinition(
            "ingested_files",
            columns(
                    "file_checksum", STRING,
                    "source_file", STRING,
                    "utility", STRING,
                    "format", STRING,
                    "status", STRING,
                    "reason", STRING,
                    "size_bytes", BIGINT,
                    "rows_read", BIGINT,
                    "rows_new", BIGINT,
                    "rows_changed", BIGINT,
                    "rows_unchanged", BIGINT,
                    "rows_late", BIGINT,
                    "rows_duplicate", BIGINT,
                    "rows_rejected", BIGINT,
                    "first_interval_start", TIMESTAMP,
                    "last_interval_start", TIMESTAMP,
                    "commit_requested_at", STRING,
                    "commit_completed_at", STRING,
                    "received_at", TIMESTAMP,
                    "tries", INT),
            List.of("file_checksum"),
            null,
            null,
            new TableLayout.Looked());

    /** Which data each report used: a row for each input table of each report. */
    public static final TableDefinition REPORT_LINEAGE = new TableDefinition(
            "report_lineage",
            columns(
                    "report_id", STRING,
                    "table_name", STRING,
                    "report_name", STRING,
                    "period", STRING,
                    "run_type", STRING,
                    "run_number", INT,
                    "snapshot_id", STRING,
                    "commit_requested_at", STRING,
                    "commit_completed_at", STRING,
                    "commits", STRING,
                    "model_fingerprints", STRING,
                    "git_commit", STRING,
                    "variables", STRING,
                    "time_zone", STRING,
                    "trino_version", STRING,
                    "query_ids", STRING,
                    "row_count", BIGINT,
                    "content_hash", STRING,
                    "created_at", TIMESTAMP,
                    "previous_row_hash", STRING,
                    "row_hash", STRING),
            List.of("report_id", "table_name"),
            null,
            null,
            new TableLayout.Looked());

    /** The settlement runs and other reports, and what became of each. */
    public static final TableDefinition REPORTS = new TableDefinition(
            "reports",
            columns(
                    "report_id", STRING,
                    "report_name", STRING,
                    "title", STRING,
                    "period", STRING,
                    "period_start", DATE,
                    "period_end", DATE,
                    "run_type", STRING,
                    "run_number", INT,
                    "partners", STRING,
                    "status", STRING,
                    "snapshot_id", STRING,
                    "row_count", BIGINT,
                    "content_hash", STRING,
                    "manifest_sha256", STRING,
                    "created_at", TIMESTAMP,
                    "signed_at", TIMESTAMP,
                    "signed_by", STRING,
                    "signature_hash", STRING,
                    "superseded_at", TIMESTAMP,
                    "superseded_by", STRING),
            List.of("report_id"),
            null,
            null,
            new TableLayout.Looked());

    /** Which snapshots there are: a row for each table of each snapshot. {@code io.meterlake.snapshot} writes it. */
    public static final TableDefinition SNAPSHOTS = new TableDefinition(
            "snapshots",
            columns(
                    "snapshot_id", STRING,
                    "table_name", STRING,
                    "created_at", TIMESTAMP,
                    "purpose", STRING,
                    "status", STRING,
                    "instants", STRING,
                    "savepoints", STRING,
                    "file_count", BIGINT,
                    "bytes", BIGINT,
                    "files_sha256", STRING),
            List.of("snapshot_id", "table_name"),
            null,
            null,
            new TableLayout.Looked());

    /** What was delivered and what became of it: the tables that a snapshot pins. */
    public static final List<TableDefinition> DATA =
            List.of(METER_READINGS, READING_CHANGES, REJECTED_READINGS, INGESTED_FILES);

    /** What Meterlake remembers of its own work. Never pinned. */
    public static final List<TableDefinition> BOOKKEEPING = List.of(REPORT_LINEAGE, REPORTS, SNAPSHOTS);

    public static final List<TableDefinition> ALL =
            Stream.concat(DATA.stream(), BOOKKEEPING.stream()).toList();

    private LakeTables() {}

    private static List<Column> columns(Object... namesAndTypes) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            columns.add(new Column((String) namesAndTypes[i], (ColumnType) namesAndTypes[i + 1]));
        }
        return columns;
    }
}
