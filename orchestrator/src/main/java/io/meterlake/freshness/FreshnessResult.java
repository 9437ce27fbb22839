package io.meterlake.freshness;

import io.meterlake.error.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How old the sources are.
 *
 * @param sources in the order of their unique ids
 */
public record FreshnessResult(List<SourceAge> sources, Instant started, Instant ended) {
    public FreshnessResult {
        sources = List.copyOf(sources);
    }

    public long count(FreshnessStatus status) {
        return sources.stream().filter(source -> source.status() == status).count();
    }

    public Duration elapsed() {
        return Duration.between(started, ended);
    }

    /** As of a run: errors weigh more than data that are too old, since trying again may mend them. */
    public ExitCode exitCode() {
        if (count(FreshnessStatus.RUNTIME_ERROR) > 0) {
            return ExitCode.FAILED;
        }
        return count(FreshnessStatus.ERROR) > 0 ? ExitCode.DATA : ExitCode.OK;
    }
}
