package io.meterlake.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.meterlake.json.JsonDocuments;
import io.meterlake.lineage.LineageRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A signature as a row of {@code report_lineage}, so that it stands in the one chain of hashes with what the reports were
 * made from. Its {@code table_name} is {@value #TABLE}, the table whose rows the signature changes, which no report reads;
 * {@code created_at} is the time of the signature, {@code variables} says the rest, and {@code row_hash} is the
 * signature's hash. All that became of reports can be told from these rows.
 *
 * @param manifestSha256 what was signed
 * @param superseded the ids of the reports whose place it took, sorted
 * @param row as the table has it
 */
record SignatureLink(
        String reportId, Instant at, String by, String manifestSha256, List<String> superseded, LineageRow row) {
    static final String TABLE = "reports";

    /** What stands in {@code variables}. */
    private record Statement(
            @Nullable String manifestSha256,
            @Nullable String signedBy,
            @Nullable List<String> superseded) {}

    SignatureLink {
        superseded = List.copyOf(superseded);
    }

    static boolean is(LineageRow row) {
        return row.tableName().equals(TABLE);
    }

    /** The row of a signature, without its place in the chain. */
    static LineageRow unlinked(
            Manifest manifest, String manifestSha256, String by, Instant at, List<String> superseded) {
        List<String> ids = superseded.stream().sorted().toList();
        return new LineageRow(
                manifest.reportId(),
                TABLE,
                manifest.reportName(),
                manifest.period(),
                manifest.runType(),
                manifest.runNumber(),
                manifest.snapshotId(),
                null,
                null,
                "[]",
                "{}",
                null,
                JsonDocuments.compact(new Statement(manifestSha256, by, ids)),
                manifest.timeZone(),
                manifest.trinoVersion(),
                "[]",
                manifest.rowCount(),
                manifest.contentHash(),
                at,
                "",
                "");
    }

    /** What a row of a signature says; empty if it can't be read, which only a changed one can't. */
    static Optional<SignatureLink> of(LineageRow row) {
        try {
            Statement statement = JsonDocuments.read(row.variables(), Statement.class);
            String manifestSha256 = statement.manifestSha256();
            String by = statement.signedBy();
            List<String> superseded = statement.superseded();
            return manifestSha256 == null || by == null || superseded == null
                    ? Optional.empty()
                    : Optional.of(
                            new SignatureLink(row.reportId(), row.createdAt(), by, manifestSha256, superseded, row));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** As the table {@code reports} has it. */
    ReportRow.Signature signature() {
        return new ReportRow.Signature(at, by, row.rowHash());
    }
}
