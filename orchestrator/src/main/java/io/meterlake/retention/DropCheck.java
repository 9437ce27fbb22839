package io.meterlake.retention;

import static io.meterlake.retention.RetentionErrorCode.SNAPSHOT_NEEDED;

import io.meterlake.error.MeterlakeException;
import io.meterlake.report.ReportStatus;
import io.meterlake.run.RunRecord;
import io.meterlake.run.RunRecords;
import io.meterlake.snapshot.Snapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Whether somebody may drop a snapshot by hand. */
public final class DropCheck {
    private final Snapshots snapshots;
    private final RunRecords runs;
    private final List<ReportFact> reports;
    private final Supplier<List<ViewText>> views;

    /**
     * Checks against these.
     *
     * @param reports all of the lake
     * @param views asked for only without force, since it takes a Trino that runs
     */
    public DropCheck(Snapshots snapshots, RunRecords runs, List<ReportFact> reports, Supplier<List<ViewText>> views) {
        this.snapshots = snapshots;
        this.runs = runs;
        this.reports = List.copyOf(reports);
        this.views = views;
    }

    /**
     * Refuses if a report, a view outside of snapshots, or what a run built from another snapshot reads it.
     *
     * @throws MeterlakeException {@code SNAPSHOT_NEEDED}
     */
    public void require(String snapshotId) {
        requireWithForce(snapshotId);
        List<String> needs = new ArrayList<>();
        reports(snapshotId).forEach(report -> needs.add(report.status().word() + " report " + report.reportId()));
        SnapshotReaders readers = new SnapshotReaders(views.get(), runs.all());
        readers.published().getOrDefault(snapshotId, List.of()).forEach(view -> needs.add("the view " + view));
        for (Map.Entry<String, Set<String>> build : readers.builds().entrySet()) {
            if (build.getValue().contains(snapshotId) && isListed(build.getKey())) {
                needs.add("what was built from snapshot " + build.getKey());
            }
        }
        if (!needs.isEmpty()) {
            throw refused(
                    snapshotId, needs, "Give --force to drop it all the same; what reads it will fail from then on.");
        }
    }

    /**
     * Refuses only if a report that was signed was made from it, whatever came after it, or a run is to be published yet.
     *
     * @throws MeterlakeException {@code SNAPSHOT_NEEDED}
     */
    public void requireWithForce(String snapshotId) {
        boolean publishing = runs.all().stream()
                .anyMatch(run -> run.snapshotId().equals(snapshotId) && run.status() == RunRecord.Status.PUBLISHING);
        if (publishing) {
            throw refused(
                    snapshotId,
                    List.of("a run that was cut off while it published"),
                    "The next run finishes it first: `./meterlake build`.");
        }
        List<String> signed = reports(snapshotId).stream()
                .filter(report -> report.status() != ReportStatus.DRAFT)
                .map(report -> report.status().word() + " report " + report.reportId())
                .toList();
        if (!signed.isEmpty()) {
            throw refused(
                    snapshotId,
                    signed,
                    "It stays as long as the retention policy says, and goes with `./meterlake retention apply`.");
        }
    }

    private boolean isListed(String snapshotId) {
        return snapshots.list().stream().anyMatch(snapshot -> snapshot.id().equals(snapshotId));
    }

    private List<ReportFact> reports(String snapshotId) {
        return reports.stream()
                .filter(report -> report.snapshotId().equals(snapshotId))
                .toList();
    }

    private static MeterlakeException refused(String snapshotId, List<String> needs, String hint) {
        return new MeterlakeException(
                SNAPSHOT_NEEDED,
                "Cannot drop snapshot " + snapshotId + ": needed by " + String.join(", ", needs),
                hint);
    }
}
