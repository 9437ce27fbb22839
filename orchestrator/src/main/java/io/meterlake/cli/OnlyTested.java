package io.meterlake.cli;

import io.meterlake.error.MeterlakeException;
import io.meterlake.report.ReportErrorCode;
import io.meterlake.report.ReportListener;
import io.meterlake.report.ReportRequest;
import io.meterlake.run.RunRecord;
import io.meterlake.run.RunRecords;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.Snapshots;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Ends a report before it is made of data that the last build refused, unless the snapshot was asked for by name. Another
 * snapshot of the same data, such as one made by hand, does not make them better.
 */
record OnlyTested(RunRecords runs, ReportRequest request, Snapshots snapshots) implements ReportListener {
    @Override
    public void pinned(String reportId, Snapshot snapshot) {
        if (request.snapshotId().isPresent()) {
            return;
        }
        Map<String, Snapshot> there =
                snapshots.list().stream().collect(Collectors.toMap(Snapshot::id, Function.identity()));
        List<RunRecord> ended = runs.all().stream()
                .filter(run -> run.status() == RunRecord.Status.FAILED || run.status() == RunRecord.Status.PUBLISHED)
                .filter(run ->
                        there.containsKey(run.snapshotId()) && isOfTheSame(snapshot, there.get(run.snapshotId())))
                .toList();
        if (!ended.isEmpty() && ended.getLast().status() == RunRecord.Status.FAILED) {
            String failed = ended.getLast().snapshotId();
            throw new MeterlakeException(
                    ReportErrorCode.FAILED_BUILD,
                    "Cannot make report %s: the data are those of snapshot %s, whose build failed"
                            .formatted(reportId, failed),
                    "Mend what the build names and run `meterlake build` again; `--snapshot %s` makes it all the same."
                            .formatted(snapshot.id()));
        }
    }

    private static boolean isOfTheSame(Snapshot one, Snapshot other) {
        return one.tables().stream()
                .allMatch(table -> other.table(table.table())
                        .filter(same -> same.filesSha256().equals(table.filesSha256()))
                        .isPresent());
    }
}
