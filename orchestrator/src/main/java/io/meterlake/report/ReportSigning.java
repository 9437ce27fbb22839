package io.meterlake.report;

import static io.meterlake.report.ReportErrorCode.NOT_SIGNABLE;
import static io.meterlake.report.ReportErrorCode.UNKNOWN_REPORT_RUN;

import io.meterlake.error.DidYouMean;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.WorkLock;
import io.meterlake.lineage.LineageRow;
import io.meterlake.lineage.Sha256;
import io.meterlake.snapshot.SnapshotCheck;
import io.meterlake.snapshot.SnapshotProblem;
import io.meterlake.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Signs reports: somebody vouches for one, and what was signed before for the same name and period is superseded, both in
 * one commit. What a signed report was made from is kept as long as the retention policy says.
 *
 * <p>The signature's hash is {@link Sha256} over {@value #VERSION}, the report's id, the manifest's SHA-256, the row hash
 * of its last lineage row, who signed, and when. It binds the row of {@code reports} to the files and to the chain.
 */
public final class ReportSigning {
    private static final String VERSION = "meterlake signature 1";

    private final ReportFiles files;
    private final ReportRecords records;
    private final Snapshots snapshots;
    private final Clock clock;

    public ReportSigning(ReportFiles files, ReportRecords records, Snapshots snapshots, Clock clock) {
        this.files = files;
        this.records = records;
        this.snapshots = snapshots;
        this.clock = clock;
    }

    /**
     * What signing did.
     *
     * @param signed the report's row
     * @param superseded the rows of the reports whose place it took
     */
    public record Signed(ReportRow signed, List<ReportRow> superseded) {}

    /**
     * Signs a draft, after its files and its inputs were checked.
     *
     * @param by who signs
     * @throws MeterlakeException {@code UNKNOWN_REPORT_RUN}; {@code NOT_SIGNABLE} if it is signed already, or something of
     *     it is not as it was
     */
    public Signed sign(String reportId, String by) {
        try (WorkLock lock = records.lock()) {
            Objects.requireNonNull(lock);
            records.finishAll();
            ReportRow row = records.find(reportId).orElseThrow(() -> unknown(reportId));
            if (row.status() != ReportStatus.DRAFT) {
                throw notSignable(
                        reportId,
                        "it is %s already".formatted(row.status().word()),
                        "Make a report of another run type to correct it: `./meterlake report run %s --period %s --run-type …`."
                                .formatted(row.reportName(), row.period()));
            }
            Manifest manifest = files.find(reportId)
                    .orElseThrow(() -> notSignable(reportId, "its files are gone", "Make it again."));
            requireFiles(row, manifest);
            requireInputs(row);
            Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            ReportRow signed =
                    row.signed(new ReportRow.Signature(at, by, hash(row, records.lineage(reportId), by, at)));
            List<ReportRow> superseded = records.all().stream()
                    .filter(other -> other.status() == ReportStatus.SIGNED
                            && other.reportName().equals(row.reportName())
                            && other.periodStart().equals(row.periodStart())
                            && other.periodEnd().equals(row.periodEnd()))
                    .map(other -> other.superseded(new ReportRow.Superseded(at, reportId)))
                    .toList();
            List<ReportRow> changed = new ArrayList<>(superseded);
            changed.add(signed);
            records.update(changed);
            return new Signed(signed, superseded);
        }
    }

    private void requireFiles(ReportRow row, Manifest manifest) {
        if (!files.manifestSha256(manifest).equals(row.manifestSha256())) {
            throw notSignable(
                    row.reportId(), "its manifest was changed", "Bring it back from a backup, or make it again.");
        }
        Path folder = files.folder(manifest);
        for (Manifest.FileEntry entry : manifest.files()) {
            Path file = folder.resolve(entry.name());
            try {
                if (!Files.exists(file) || !Sha256.ofFile(file).equals(entry.sha256())) {
                    throw notSignable(
                            row.reportId(),
                            file + " is gone or was changed",
                            "Bring it back from a backup, or make it again.");
                }
            } catch (IOException e) {
                throw ReportFiles.failure("read " + file, e);
            }
        }
    }

    private void requireInputs(ReportRow row) {
        SnapshotCheck check = snapshots.verify(snapshots.find(row.snapshotId()));
        if (!check.intact()) {
            List<String> problems = check.problems().stream()
                    .map(SnapshotProblem::text)
                    .limit(3)
                    .toList();
            throw notSignable(
                    row.reportId(),
                    "its snapshot " + row.snapshotId() + " is not what it was: " + String.join("; ", problems),
                    "See `./meterlake snapshot verify " + row.snapshotId() + "`.");
        }
    }

    /** The hash that a signature of this report by this person at this time has. */
    static String hash(ReportRow row, List<LineageRow> lineage, String by, Instant at) {
        return new Sha256()
                .add(VERSION)
                .add(row.reportId())
                .add(row.manifestSha256())
                .add(lineage.isEmpty() ? null : lineage.getLast().rowHash())
                .add(by)
                .add(at.toString())
                .hex();
    }

    private MeterlakeException unknown(String reportId) {
        List<String> known = records.all().stream().map(ReportRow::reportId).toList();
        return new MeterlakeException(
                UNKNOWN_REPORT_RUN,
                "Cannot sign report " + reportId + ": there is none of that id" + DidYouMean.question(reportId, known),
                "See `./meterlake report list`.");
    }

    private static MeterlakeException notSignable(String reportId, String reason, String hint) {
        return new MeterlakeException(NOT_SIGNABLE, "Cannot sign report " + reportId + ": " + reason, hint);
    }
}
