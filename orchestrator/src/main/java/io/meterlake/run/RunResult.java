package io.meterlake.run;

import io.meterlake.error.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What became of a run.
 *
 * @param results in the order in which they ended
 */
public record RunResult(List<WorkResult> results, Instant started, Instant ended) {
    public RunResult {
        results = List.copyOf(results);
    }

    public long count(WorkStatus status) {
        return results.stream().filter(result -> result.status() == status).count();
    }

    public Duration elapsed() {
        return Duration.between(started, ended);
    }

    /** Errors weigh more than failed tests: what a scheduler tries again may mend them. */
    public ExitCode exitCode() {
        if (count(WorkStatus.ERROR) > 0) {
            return ExitCode.FAILED;
        }
        return count(WorkStatus.FAIL) > 0 ? ExitCode.DATA : ExitCode.OK;
    }
}
