package io.meterlake.lineage;

import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeTables;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The table {@code report_lineage} of a lake. Thread-safe, as {@link Lake} is. */
public final class LakeLineage implements LineageStore {
    private final Lake lake;

    public LakeLineage(Lake lake) {
        this.lake = lake;
    }

    @Override
    public List<LineageRow> rows() {
        return lake.rowTable(LakeTables.REPORT_LINEAGE.name()).rows().stream()
                .map(LakeLineage::row)
                .toList();
    }

    @Override
    public void upsert(List<LineageRow> rows) {
        lake.rowTable(LakeTables.REPORT_LINEAGE.name())
                .upsert(rows.stream().map(LakeLineage::values).toList());
    }

    private static Map<String, @Nullable Object> values(LineageRow row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("report_id", row.reportId());
        values.put("table_name", row.tableName());
        values.put("report_name", row.reportName());
        values.put("period", row.period());
        values.put("run_type", row.runType());
        values.put("run_number", row.runNumber());
        values.put("snapshot_id", row.snapshotId());
        values.put("commit_requested_at", row.commitRequestedAt());
        values.put("commit_completed_at", row.commitCompletedAt());
        values.put("commits", row.commits());
        values.put("model_fingerprints", row.modelFingerprints());
        values.put("git_commit", row.gitCommit());
        values.put("variables", row.variables());
        values.put("time_zone", row.timeZone());
        values.put("trino_version", row.trinoVersion());
        values.put("query_ids", row.queryIds());
        values.put("row_count", row.rowCount());
        values.put("content_hash", row.contentHash());
        values.put("created_at", row.createdAt());
        values.put("previous_row_hash", row.previousRowHash());
        values.put("row_hash", row.rowHash());
        return values;
    }

    private static LineageRow row(Map<String, @Nullable Object> values) {
        return new LineageRow(
                text(values, "report_id"),
                text(values, "table_name"),
                text(values, "report_name"),
                text(values, "period"),
                text(values, "run_type"),
                (Integer) required(values, "run_number"),
                text(values, "snapshot_id"),
                (String) values.get("commit_requested_at"),
                (String) values.get("commit_completed_at"),
                text(values, "commits"),
                text(values, "model_fingerprints"),
                (String) values.get("git_commit"),
                text(values, "variables"),
                text(values, "time_zone"),
                text(values, "trino_version"),
                text(values, "query_ids"),
                (Long) required(values, "row_count"),
                text(values, "content_hash"),
                (Instant) required(values, "created_at"),
                text(values, "previous_row_hash"),
                text(values, "row_hash"));
    }

    private static String text(Map<String, @Nullable Object> values, String column) {
        return (String) required(values, column);
    }

    private static Object required(Map<String, @Nullable Object> values, String column) {
        return Objects.requireNonNull(values.get(column), () -> "report_lineage." + column + " is null");
    }
}
