package io.meterlake.report;

import io.meterlake.error.MeterlakeException;
import io.meterlake.json.JsonDocuments;
import io.meterlake.lake.InputsLock;
import io.meterlake.lake.WorkLock;
import io.meterlake.lineage.LineageChain;
import io.meterlake.lineage.LineageRow;
import io.meterlake.lineage.LineageStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the rows of reports whose files are safe: first {@code report_lineage}, then {@code reports}, so that a report
 * that is listed has its lineage. It may be cut off anywhere and be done again: a manifest holds all that is needed.
 */
public final class ReportRecords {
    private final ReportFiles files;
    private final LineageStore lineage;
    private final ReportStore reports;

    public ReportRecords(ReportFiles files, LineageStore lineage, ReportStore reports) {
        this.files = files;
        this.lineage = lineage;
        this.reports = reports;
    }

    /** As {@link ReportStore#lock}. */
    public WorkLock lock() {
        return reports.lock();
    }

    /** As {@link ReportStore#dropInputs}. */
    InputsLock dropInputs() {
        return reports.dropInputs();
    }

    /** As {@link ReportStore#lockModels}. */
    WorkLock lockModels() {
        return reports.lockModels();
    }

    /**
     * Finishes what runs that were cut off left.
     *
     * @return the reports that were finished now
     */
    public List<Manifest> finishAll() {
        List<Manifest> unfinished = files.unfinished().stream()
                .sorted(Comparator.comparing(Manifest::createdAt).thenComparing(Manifest::reportId))
                .toList();
        unfinished.forEach(this::write);
        List<Manifest> finished = new ArrayList<>(unfinished);
        for (ReportFiles.Signing signing : files.signings()) {
            if (lineage.rows().contains(signing.link())) {
                completeSigning(signing.manifest(), signing.link());
                finished.add(signing.manifest());
            } else {
                // It was cut off before the signature was there: the report is a draft as before.
                files.endSigning(signing.manifest());
            }
        }
        return finished;
    }

    /** Whether something that was cut off is there to be finished. */
    public boolean hasUnfinished() {
        return !files.unfinished().isEmpty() || !files.signings().isEmpty();
    }

    /**
     * Signs a report: the signature's row first, which decides, then the rows of {@code reports} and the copy. A note in
     * the report's folder says that it is being done: without it, a row that says other than the chain was changed by
     * somebody else and is left for {@link LineageVerification} to find.
     *
     * @param signature a row without its place in the chain
     */
    ReportSigning.Signed sign(Manifest manifest, LineageRow signature) {
        LineageRow link =
                LineageChain.append(lineage.rows(), List.of(signature)).getFirst();
        files.beginSigning(manifest, link);
        lineage.upsert(List.of(link));
        return completeSigning(manifest, link);
    }

    private ReportSigning.Signed completeSigning(Manifest manifest, LineageRow row) {
        SignatureLink link = SignatureLink.of(row).orElseThrow();
        List<ReportRow> all = reports.rows();
        ReportRow signed = all.stream()
                .filter(report -> report.reportId().equals(link.reportId()))
                .findFirst()
                .orElseThrow(() -> new MeterlakeException(
                        ReportErrorCode.REPORT_FILES,
                        "Cannot finish the signature of report %s: its row is gone from the table reports"
                                .formatted(link.reportId()),
                        "Bring the table back from a backup; `./meterlake lineage verify` says what else is missing."))
                .signed(link.signature());
        List<ReportRow> superseded = all.stream()
                .filter(report -> link.superseded().contains(report.reportId()))
                .map(report -> report.superseded(new ReportRow.Superseded(link.at(), link.reportId())))
                .toList();
        List<ReportRow> changed = new ArrayList<>(superseded);
        changed.add(signed);
        reports.upsert(changed);
        files.noteLineage(manifest, rowsOf(lineage.rows(), manifest.reportId()));
        files.endSigning(manifest);
        return new ReportSigning.Signed(signed, superseded);
    }

    /** Writes a report's rows, unless they are there, and then notes beside the report that they are. */
    public List<LineageRow> write(Manifest manifest) {
        List<LineageRow> existing = lineage.rows();
        List<LineageRow> rows = rowsOf(existing, manifest.reportId());
        // All rows of a report are one commit: either they are all there or none is.
        if (rows.isEmpty() && !manifest.inputs().isEmpty()) {
            rows = LineageChain.append(existing, rows(manifest));
            lineage.upsert(rows);
        }
        if (find(manifest.reportId()).isEmpty()) {
            reports.upsert(List.of(ReportRow.draft(manifest, files.manifestSha256(manifest))));
        }
        files.noteLineage(manifest, rows);
        return rows;
    }

    private static List<LineageRow> rowsOf(List<LineageRow> all, String reportId) {
        return all.stream()
                .filter(row -> row.reportId().equals(reportId))
                .sorted(Comparator.comparing(LineageRow::tableName))
                .toList();
    }

    /** All reports, by name, period and age. */
    public List<ReportRow> all() {
        return reports.rows().stream()
                .sorted(Comparator.comparing(ReportRow::reportName)
                        .thenComparing(ReportRow::periodStart)
                        .thenComparing(ReportRow::period)
                        .thenComparing(ReportRow::createdAt)
                        .thenComparing(ReportRow::reportId))
                .toList();
    }

    /** A report's row. */
    public Optional<ReportRow> find(String reportId) {
        return reports.rows().stream()
                .filter(row -> row.reportId().equals(reportId))
                .findFirst();
    }

    /** The signatures as they are now. */
    SignatureCheck signatures() {
        return new SignatureCheck(
                lineage.rows(),
                files.signings().stream().map(ReportFiles.Signing::link).toList());
    }

    /** All lineage rows, in no order. */
    List<LineageRow> lineage() {
        return lineage.rows();
    }

    /** The ids of all reports that have rows. */
    Set<String> reportIds() {
        return lineage.rows().stream().map(LineageRow::reportId).collect(Collectors.toSet());
    }

    /** A report's lineage rows as its manifest says, by table, without a signature and their places in the chain. */
    static List<LineageRow> rows(Manifest manifest) {
        return manifest.inputs().stream()
                .map(input -> new LineageRow(
                        manifest.reportId(),
                        input.table(),
                        manifest.reportName(),
                        manifest.period(),
                        manifest.runType(),
                        manifest.runNumber(),
                        manifest.snapshotId(),
                        input.commitRequestedAt(),
                        input.commitCompletedAt(),
                        JsonDocuments.compact(input.commits()),
                        JsonDocuments.compact(manifest.modelFingerprints()),
                        manifest.gitCommit(),
                        JsonDocuments.compact(manifest.variables()),
                        manifest.timeZone(),
                        manifest.trinoVersion(),
                        JsonDocuments.compact(manifest.queryIds()),
                        manifest.rowCount(),
                        manifest.contentHash(),
                        manifest.createdAt(),
                        "",
                        ""))
                .toList();
    }
}
