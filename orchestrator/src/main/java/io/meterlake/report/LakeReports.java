package io.meterlake.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.meterlake.json.JsonDocuments;
import io.meterlake.lake.InputsLock;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeTables;
import io.meterlake.lake.WorkLock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The table {@code reports} of a lake. Thread-safe, as {@link Lake} is. */
public final class LakeReports implements ReportStore {
    private final Lake lake;

    public LakeReports(Lake lake) {
        this.lake = lake;
    }

    @Override
    public WorkLock lock() {
        return lake.lock(WorkLock.Work.REPORTS);
    }

    @Override
    public WorkLock lockModels() {
        return lake.lock(WorkLock.Work.RUN);
    }

    @Override
    public InputsLock dropInputs() {
        return lake.dropInputs();
    }

    @Override
    public List<ReportRow> rows() {
        return lake.rowTable(LakeTables.REPORTS.name()).rows().stream()
                .map(LakeReports::row)
                .toList();
    }

    @Override
    public void upsert(List<ReportRow> rows) {
        lake.rowTable(LakeTables.REPORTS.name())
                .upsert(rows.stream().map(LakeReports::values).toList());
    }

    private static Map<String, @Nullable Object> values(ReportRow row) {
        ReportRow.Signature signature = row.signature();
        ReportRow.Superseded superseded = row.superseded();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("report_id", row.reportId());
        values.put("report_name", row.reportName());
        values.put("title", row.title());
        values.put("period", row.period());
        values.put("period_start", row.periodStart());
        values.put("period_end", row.periodEnd());
        values.put("run_type", row.runType());
        values.put("run_number", row.runNumber());
        values.put("partners", JsonDocuments.compact(row.partners()));
        values.put("status", row.status().word());
        values.put("snapshot_id", row.snapshotId());
        values.put("row_count", row.rowCount());
        values.put("content_hash", row.contentHash());
        values.put("manifest_sha256", row.manifestSha256());
        values.put("created_at", row.createdAt());
        values.put("signed_at", signature == null ? null : signature.at());
        values.put("signed_by", signature == null ? null : signature.by());
        values.put("signature_hash", signature == null ? null : signature.hash());
        values.put("superseded_at", superseded == null ? null : superseded.at());
        values.put("superseded_by", superseded == null ? null : superseded.by());
        return values;
    }

    private static ReportRow row(Map<String, @Nullable Object> values) {
        Instant signedAt = (Instant) values.get("signed_at");
        Instant supersededAt = (Instant) values.get("superseded_at");
        return new ReportRow(
                text(values, "report_id"),
                text(values, "report_name"),
                text(values, "title"),
                text(values, "period"),
                (LocalDate) required(values, "period_start"),
                (LocalDate) required(values, "period_end"),
                text(values, "run_type"),
                (Integer) required(values, "run_number"),
                partners(text(values, "partners")),
                ReportStatus.of(text(values, "status")),
                text(values, "snapshot_id"),
                (Long) required(values, "row_count"),
                text(values, "content_hash"),
                text(values, "manifest_sha256"),
                (Instant) required(values, "created_at"),
                signedAt == null
                        ? null
                        : new ReportRow.Signature(signedAt, text(values, "signed_by"), text(values, "signature_hash")),
                supersededAt == null ? null : new ReportRow.Superseded(supersededAt, text(values, "superseded_by")));
    }

    private static List<String> partners(String json) {
        try {
            return Arrays.asList(JsonDocuments.read(json, String[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("reports.partners is no JSON array of texts: " + json, e);
        }
    }

    private static String text(Map<String, @Nullable Object> values, String column) {
        return (String) required(values, column);
    }

    private static Object required(Map<String, @Nullable Object> values, String column) {
        return Objects.requireNonNull(values.get(column), () -> "reports." + column + " is null");
    }
}
