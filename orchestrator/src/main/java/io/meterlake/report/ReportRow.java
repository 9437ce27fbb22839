package io.meterlake.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report's row in the Hudi table {@code reports}: a settlement run, if it is about settlement.
 *
 * @param period as asked for, such as {@code 2026-01}
 * @param periodStart the first day
 * @param periodEnd the day after the last
 * @param runType such as {@code initial} or {@code first-correction}
 * @param runNumber counted for the name, period and run type, from 1
 * @param partners whom it is about
 * @param contentHash of its rows, see {@link ContentHash}
 * @param manifestSha256 of the bytes of {@code manifest.json}, which names all else
 * @param signature null until it is signed
 * @param superseded null unless a later run was signed
 */
public record ReportRow(
        String reportId,
        String reportName,
        String title,
        String period,
        LocalDate periodStart,
        LocalDate periodEnd,
        String runType,
        int runNumber,
        List<String> partners,
        ReportStatus status,
        String snapshotId,
        long rowCount,
        String contentHash,
        String manifestSha256,
        Instant createdAt,
        @Nullable Signature signature,
        @Nullable Superseded superseded) {

    /**
     * Who vouched for a report.
     *
     * @param hash see {@link ReportSigning}
     */
    public record Signature(Instant at, String by, String hash) {}

    /**
     * What took its place.
     *
     * @param by the id of the later report
     */
    public record Superseded(Instant at, String by) {}

    public ReportRow {
        requireNonNull(reportId, "reportId is null");
        requireNonNull(status, "status is null");
        partners = List.copyOf(partners);
    }

    /** A report that was just made. */
    static ReportRow draft(Manifest manifest, String manifestSha256) {
        return new ReportRow(
                manifest.reportId(),
                manifest.reportName(),
                manifest.title(),
                manifest.period(),
                LocalDate.parse(manifest.periodStart()),
                LocalDate.parse(manifest.periodEnd()),
                manifest.runType(),
                manifest.runNumber(),
                manifest.partners(),
                ReportStatus.DRAFT,
                manifest.snapshotId(),
                manifest.rowCount(),
                manifest.contentHash(),
                manifestSha256,
                manifest.createdAt(),
                null,
                null);
    }

    /** Whether it is of the same name and days as another one: of these, one signature at a time holds. */
    boolean isForSameAs(ReportRow other) {
        return reportName.equals(other.reportName)
                && periodStart.equals(other.periodStart)
                && periodEnd.equals(other.periodEnd);
    }

    /** Whether it says what the manifest says; the manifest's checksum and the status are not looked at. */
    boolean isOf(Manifest manifest) {
        return asDraft().equals(draft(manifest, manifestSha256));
    }

    /** What it was when it was made. */
    ReportRow asDraft() {
        return with(ReportStatus.DRAFT, null, null);
    }

    ReportRow signed(Signature by) {
        return with(ReportStatus.SIGNED, by, superseded);
    }

    ReportRow superseded(Superseded by) {
        return with(ReportStatus.SUPERSEDED, signature, by);
    }

    private ReportRow with(ReportStatus status, @Nullable Signature signature, @Nullable Superseded superseded) {
        return new ReportRow(
                reportId,
                reportName,
                title,
                period,
                periodStart,
                periodEnd,
                runType,
                runNumber,
                partners,
                status,
                snapshotId,
                rowCount,
                contentHash,
                manifestSha256,
                createdAt,
                signature,
                superseded);
    }
}
