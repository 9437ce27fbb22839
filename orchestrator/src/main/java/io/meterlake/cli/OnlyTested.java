package io.meterlake.cli;

import io.meterlake.error.MeterlakeException;
import io.meterlake.report.ReportErrorCode;
import io.meterlake.report.ReportListener;
import io.meterlake.report.ReportRequest;
import io.meterlake.run.RunRecord;
import io.meterlake.run.RunRecord.Verdict;
import io.meterlake.run.RunRecords;
import io.meterlake.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ends a report before it is made of data that a run refused, unless the snapshot was asked for by name. What decides is
 * the newest run that read exactly these data, under whatever snapshot; where none did, as a delivery came since, the
 * newest one of all: a delivery does not make what failed better, only a build of all models with all tests does.
 */
record OnlyTested(RunRecords runs, ReportRequest request) implements ReportListener {
    @Override
    public void pinned(String reportId, Snapshot snapshot) {
        if (request.snapshotId().isPresent()) {
            return;
        }
        List<RunRecord> deciding =
                runs.all().stream().filter(run -> run.verdict() != Verdict.NONE).toList();
        Optional<RunRecord> ofTheseData = newest(deciding.stream().filter(run -> run.readTheDataOf(snapshot)));
        Optional<RunRecord> decides = ofTheseData.or(() -> newest(deciding.stream()));
        if (decides.isPresent() && decides.get().verdict() == Verdict.FAILED) {
            throw new MeterlakeException(
                    ReportErrorCode.FAILED_BUILD,
                    "Cannot make report %s: %s snapshot %s, whose %s failed%s"
                            .formatted(
                                    reportId,
                                    ofTheseData.isPresent() ? "the data are those of" : "what is newer than",
                                    decides.get().snapshotId(),
                                    decides.get().command(),
                                    ofTheseData.isPresent() ? "" : ", has passed no build since"),
                    "Mend what it named and run `meterlake build`, with nothing left out; `--snapshot %s` makes the report all the same."
                            .formatted(snapshot.id()));
        }
    }

    private static Optional<RunRecord> newest(Stream<RunRecord> oldestFirst) {
        return oldestFirst.reduce((earlier, later) -> later);
    }
}
