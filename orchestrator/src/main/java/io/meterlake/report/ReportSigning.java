package io.meterlake.report;

import static io.meterlake.report.ReportErrorCode.NOT_SIGNABLE;
import static io.meterlake.report.ReportErrorCode.OLDER_THAN_SIGNED;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.WorkLock;
import io.meterlake.lineage.TableCommit;
import io.meterlake.snapshot.Snapshots;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Signs reports: somebody vouches for one, and what was signed before for the same name and period is superseded, both in
 * one commit. What a signed report was made from is kept as long as the retention policy says.
 *
 * <p>A signature is a link of the chain of {@code report_lineage}, see {@link SignatureLink}; its hash is that of the row.
 * So it covers the manifest, who signed and when, whose place the report took, and each row of the chain before it: all
 * that was made and signed until then.
 */
public final class ReportSigning {
    private static final int SHOWN = 3;

    private final ReportFiles files;
    private final ReportRecords records;
    private final ReportIntegrity integrity;
    private final Clock clock;

    public ReportSigning(ReportFiles files, ReportRecords records, Snapshots snapshots, Clock clock) {
        this.files = files;
        this.records = records;
        this.integrity = new ReportIntegrity(files, snapshots);
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
     *     it is not as it was; {@code OLDER_THAN_SIGNED} if it was made before a signed report whose place it would take, or
     *     from older data
     */
    public Signed sign(String reportId, String by) {
        return sign(reportId, by, this::requireNewer);
    }

    /** The same, whatever is signed already: an older report takes the place of a newer one, too. */
    public Signed signOverNewer(String reportId, String by) {
        return sign(reportId, by, (manifest, other) -> {});
    }

    private Signed sign(String reportId, String by, BiConsumer<Manifest, ReportRow> order) {
        try (WorkLock lock = records.lock()) {
            Objects.requireNonNull(lock);
            records.finishAll();
            ReportRow row =
                    records.find(reportId).orElseThrow(() -> ReportVerification.unknown("sign", reportId, records));
            if (row.status() != ReportStatus.DRAFT) {
                throw notSignable(
                        reportId,
                        "it is %s already".formatted(row.status().word()),
                        "Make a report of another run type to correct it: `./meterlake report run %s --period %s --run-type …`."
                                .formatted(row.reportName(), row.period()));
            }
            Manifest manifest = files.find(reportId)
                    .orElseThrow(() -> notSignable(reportId, "its files are gone", "Make it again."));
            requireUnchanged(row, manifest);
            Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            List<ReportRow> before = records.all().stream()
                    .filter(other -> other.status() == ReportStatus.SIGNED && other.isForSameAs(row))
                    .toList();
            before.forEach(other -> order.accept(manifest, other));
            List<String> superseded = before.stream().map(ReportRow::reportId).toList();
            return records.sign(manifest, SignatureLink.unlinked(manifest, row.manifestSha256(), by, at, superseded));
        }
    }

    private void requireNewer(Manifest draft, ReportRow signed) {
        String reason = "";
        if (draft.createdAt().isBefore(signed.createdAt())) {
            reason = "it was made at %s, before it, at %s".formatted(draft.createdAt(), signed.createdAt());
        } else {
            Map<String, String> newest = new HashMap<>();
            files.find(signed.reportId())
                    .ifPresent(other -> other.inputs().forEach(input -> newest.put(input.table(), newest(input))));
            reason = draft.inputs().stream()
                    .filter(input -> newest(input).compareTo(newest.getOrDefault(input.table(), "")) < 0)
                    .map(input -> "it reads %s as of commit %s, and that one as of the later %s"
                            .formatted(input.table(), newest(input), newest.get(input.table())))
                    .findFirst()
                    .orElse("");
        }
        if (!reason.isEmpty()) {
            throw new MeterlakeException(
                    OLDER_THAN_SIGNED,
                    "Cannot sign report %s over %s, which is signed and would be superseded: %s"
                            .formatted(draft.reportId(), signed.reportId(), reason),
                    "Make a report of the data as they are now: `./meterlake report run %s --period %s --run-type …`. To take the older one on purpose, add --supersede-newer."
                            .formatted(draft.reportName(), draft.period()));
        }
    }

    /** When the last commit completed that a report saw of a table; nothing if there was none. */
    private static String newest(Manifest.Input input) {
        return input.commits().stream()
                .map(TableCommit::completed)
                .max(Comparator.naturalOrder())
                .orElse("");
    }

    private void requireUnchanged(ReportRow row, Manifest manifest) {
        List<ReportProblem> own = new ArrayList<>(integrity.files(row, manifest));
        own.addAll(ReportIntegrity.row(row, manifest, records.signatures()));
        if (!own.isEmpty()) {
            throw notSignable(row.reportId(), texts(own), "Bring it back from a backup, or make the report again.");
        }
        List<ReportProblem> inputs = integrity.inputs(manifest).problems();
        if (!inputs.isEmpty()) {
            throw notSignable(
                    row.reportId(),
                    "its snapshot " + row.snapshotId() + " is not what it was: " + texts(inputs),
                    "See `./meterlake snapshot verify " + row.snapshotId() + "`.");
        }
    }

    private static String texts(List<ReportProblem> problems) {
        return problems.stream().map(ReportProblem::text).limit(SHOWN).collect(Collectors.joining("; "));
    }

    private static MeterlakeException notSignable(String reportId, String reason, String hint) {
        return new MeterlakeException(NOT_SIGNABLE, "Cannot sign report " + reportId + ": " + reason, hint);
    }
}
