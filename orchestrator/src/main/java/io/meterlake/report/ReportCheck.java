package io.meterlake.report;

import io.meterlake.error.ExitCode;
import io.meterlake.report.ReportProblem.Verdict;
import java.util.List;
import java.util.SequencedMap;

/**
 * What the verification of a report found.
 *
 * @param status the report's, as in the table {@code reports}
 * @param baseFiles how many files of the snapshot were looked at
 * @param problems in the order: the report itself, its lineage, its snapshot, its seeds; empty if all is well
 * @param concerned for each input that is not as it was, the other reports that read the same
 */
public record ReportCheck(
        String reportId,
        String status,
        String snapshotId,
        long baseFiles,
        List<ReportProblem> problems,
        SequencedMap<String, List<String>> concerned) {
    public ReportCheck {
        problems = List.copyOf(problems);
    }

    /** The worst that was found. */
    public Verdict verdict() {
        return problems.stream()
                .map(ReportProblem::verdict)
                .reduce(Verdict.NOTE, (one, other) -> one.compareTo(other) >= 0 ? one : other);
    }

    public ExitCode exitCode() {
        return switch (verdict()) {
            case NOTE -> ExitCode.OK;
            case MISSING -> ExitCode.INPUTS_MISSING;
            case TAMPERED -> ExitCode.DATA;
        };
    }
}
