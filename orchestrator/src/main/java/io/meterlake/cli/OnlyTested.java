package io.meterlake.cli;

import io.meterlake.error.MeterlakeException;
import io.meterlake.report.ReportErrorCode;
import io.meterlake.report.ReportListener;
import io.meterlake.report.ReportRequest;
import io.meterlake.run.RunRecord;
import io.meterlake.run.RunRecord.Verdict;
import io.meterlake.run.RunRecords;
import io.meterlake.snapshot.Snapshot;
import java.util.Optional;

/**
 * Ends a report before it is made of data that a run refused, unless the snapshot was asked for by name. Another snapshot
 * of the same data, such as one made by hand, does not make them better; only a build of all models with all tests does.
 */
record OnlyTested(RunRecords runs, ReportRequest request) implements ReportListener {
    @Override
    public void pinned(String reportId, Snapshot snapshot) {
        if (request.snapshotId().isPresent()) {
            return;
        }
        Optional<RunRecord> deciding = runs.all().stream()
                .filter(run -> run.verdict() != Verdict.NONE)
                .filter(run -> run.readTheDataOf(snapshot))
                .reduce((earlier, later) -> later);
        if (deciding.isPresent() && deciding.get().verdict() == Verdict.FAILED) {
            throw new MeterlakeException(
                    ReportErrorCode.FAILED_BUILD,
                    "Cannot make report %s: the data are those of snapshot %s, whose %s failed"
                            .formatted(
                                    reportId,
                                    deciding.get().snapshotId(),
                                    deciding.get().command()),
                    "Mend what it named and run `meterlake build`, with nothing left out; `--snapshot %s` makes the report all the same."
                            .formatted(snapshot.id()));
        }
    }
}
