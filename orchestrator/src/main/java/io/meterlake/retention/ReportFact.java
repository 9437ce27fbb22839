package io.meterlake.retention;

import static java.util.Objects.requireNonNull;

import io.meterlake.lake.Lake;
import io.meterlake.report.LakeReports;
import io.meterlake.report.Manifest;
import io.meterlake.report.ReportFiles;
import io.meterlake.report.ReportRow;
import io.meterlake.report.ReportStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What retention wants to know of a report.
 *
 * @param periodEnd the day after its last
 * @param signedAt null for a draft
 * @param supersededAt null unless another one took its place
 */
public record ReportFact(
        String reportId,
        ReportStatus status,
        String snapshotId,
        Instant createdAt,
        LocalDate periodEnd,
        @Nullable Instant signedAt,
        @Nullable Instant supersededAt) {
    public ReportFact {
        requireNonNull(reportId, "reportId is null");
        requireNonNull(status, "status is null");
        requireNonNull(snapshotId, "snapshotId is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(periodEnd, "periodEnd is null");
    }

    /** All reports: those in the table, and those whose rows are still to be written. */
    public static List<ReportFact> all(Lake lake, ReportFiles files) {
        List<ReportRow> rows = new LakeReports(lake).rows();
        Set<String> known = rows.stream().map(ReportRow::reportId).collect(Collectors.toSet());
        List<ReportFact> facts = new ArrayList<>();
        rows.forEach(row -> facts.add(of(row)));
        files.all().stream()
                .filter(manifest -> !known.contains(manifest.reportId()))
                .forEach(manifest -> facts.add(of(manifest)));
        return facts;
    }

    private static ReportFact of(ReportRow row) {
        ReportRow.Signature signature = row.signature();
        ReportRow.Superseded superseded = row.superseded();
        return new ReportFact(
                row.reportId(),
                row.status(),
                row.snapshotId(),
                row.createdAt(),
                row.periodEnd(),
                signature == null ? null : signature.at(),
                superseded == null ? null : superseded.at());
    }

    /** A report whose row is still to be written. */
    private static ReportFact of(Manifest manifest) {
        return new ReportFact(
                manifest.reportId(),
                ReportStatus.DRAFT,
                manifest.snapshotId(),
                manifest.createdAt(),
                LocalDate.parse(manifest.periodEnd()),
                null,
                null);
    }

    /** The latest moment of those that are known where the one asked for is not. */
    Instant time(Moment moment) {
        Instant signed = signedAt == null ? createdAt : signedAt;
        return switch (moment) {
            case CREATED -> createdAt;
            case PERIOD_END -> periodEnd.atStartOfDay(ZoneOffset.UTC).toInstant();
            case SIGNED -> signed;
            case SUPERSEDED -> supersededAt == null ? signed : supersededAt;
        };
    }
}
