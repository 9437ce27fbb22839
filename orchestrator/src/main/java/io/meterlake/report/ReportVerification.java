package io.meterlake.report;

import static io.meterlake.report.ReportErrorCode.UNKNOWN_REPORT_RUN;

import io.meterlake.engine.Trino;
import io.meterlake.error.DidYouMean;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.WorkLock;
import io.meterlake.lineage.LineageProblem;
import io.meterlake.snapshot.Snapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Says whether a report can be trusted and made again: its files, its row, its lineage and the whole chain, its
 * signature, the base files that it read and the tables of its seeds. Changes nothing.
 */
public final class ReportVerification {
    private final ReportFiles files;
    private final ReportRecords records;
    private final ReportIntegrity integrity;
    private final Trino trino;

    public ReportVerification(ReportFiles files, ReportRecords records, Snapshots snapshots, Trino trino) {
        this.files = files;
        this.records = records;
        this.integrity = new ReportIntegrity(files, snapshots);
        this.trino = trino;
    }

    /**
     * Verifies one report.
     *
     * @throws MeterlakeException {@code UNKNOWN_REPORT_RUN}; {@code LAKE_LOCKED} if something looks wrong and somebody is
     *     making or signing a report
     */
    public ReportCheck verify(String reportId) {
        Records own = records(reportId);
        if (!own.problems().isEmpty()) {
            // It may have been signed in the middle of that.
            try (WorkLock lock = records.lock()) {
                Objects.requireNonNull(lock);
                own = records(reportId);
            }
        }
        List<ReportProblem> problems = new ArrayList<>(own.problems());
        String status = own.row().map(row -> row.status().word()).orElse("unknown");
        if (own.manifest().isEmpty()) {
            String snapshotId = own.row().map(ReportRow::snapshotId).orElse("");
            return new ReportCheck(reportId, status, snapshotId, 0, problems, new LinkedHashMap<>());
        }
        Manifest manifest = own.manifest().get();
        ReportIntegrity.Inputs inputs = integrity.inputs(manifest);
        problems.addAll(inputs.problems());
        problems.addAll(integrity.seeds(trino, manifest));
        return new ReportCheck(
                reportId,
                status,
                manifest.snapshotId(),
                inputs.files(),
                problems,
                concerned(integrity, problems, manifest));
    }

    /** What is recorded of a report, and what does not fit of it. */
    private record Records(Optional<Manifest> manifest, Optional<ReportRow> row, List<ReportProblem> problems) {}

    private Records records(String reportId) {
        Optional<Manifest> manifest = files.find(reportId);
        Optional<ReportRow> row = records.find(reportId);
        if (manifest.isEmpty() && row.isEmpty()) {
            throw unknown("verify", reportId, records);
        }
        if (manifest.isEmpty()) {
            ReportProblem gone = new ReportProblem.Own("folder", "its files are gone from " + files.root());
            return new Records(manifest, row, List.of(gone));
        }
        List<ReportProblem> problems = new ArrayList<>();
        if (row.isEmpty()) {
            problems.add(new ReportProblem.Own("row", "it has no row in the table reports"));
        } else {
            problems.addAll(integrity.files(row.get(), manifest.get()));
            problems.addAll(ReportIntegrity.row(row.get(), manifest.get(), records.signatures()));
        }
        for (LineageProblem problem :
                new LineageVerification(files, records).look().problems()) {
            // The manifest, the row and the signature were looked at above, and those of other reports are not asked
            // for.
            if (problem.kind() != LineageProblem.Kind.REPORT && problem.kind() != LineageProblem.Kind.SIGNATURE) {
                problems.add(new ReportProblem.Lineage("report_lineage: " + problem.text()));
            }
        }
        return new Records(manifest, row, problems);
    }

    /** By problem text: whom else it concerns. */
    static SequencedMap<String, List<String>> concerned(
            ReportIntegrity integrity, List<ReportProblem> problems, Manifest manifest) {
        SequencedMap<String, List<String>> concerned = new LinkedHashMap<>();
        for (ReportProblem problem : problems) {
            List<String> others = integrity.concerned(problem, manifest);
            if (!others.isEmpty()) {
                concerned.put(problem.text(), others);
            }
        }
        return concerned;
    }

    static MeterlakeException unknown(String action, String reportId, ReportRecords records) {
        List<String> known = records.all().stream().map(ReportRow::reportId).toList();
        return new MeterlakeException(
                UNKNOWN_REPORT_RUN,
                "Cannot " + action + " report " + reportId + ": there is none of that id"
                        + DidYouMean.question(reportId, known),
                "See `./meterlake report list`.");
    }
}
