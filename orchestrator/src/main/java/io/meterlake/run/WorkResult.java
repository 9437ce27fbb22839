package io.meterlake.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a work.
 *
 * @param message Trino's reason, or what was not done and why; empty if there is nothing to say
 * @param queryIds Trino's ids, in the order of the statements
 * @param rows rows of a seed or a new table; null where none were counted
 * @param failures what a test counted; null for all else
 * @param cause what an error came from; null for all else
 */
public record WorkResult(
        Work work,
        WorkStatus status,
        String message,
        List<String> queryIds,
        @Nullable Long rows,
        @Nullable Long failures,
        Instant started,
        Instant ended,
        @Nullable RuntimeException cause) {
    public WorkResult {
        queryIds = List.copyOf(queryIds);
    }

    /** What became of a work that went without an error. */
    public WorkResult(
            Work work,
            WorkStatus status,
            String message,
            List<String> queryIds,
            @Nullable Long rows,
            @Nullable Long failures,
            Instant started,
            Instant ended) {
        this(work, status, message, queryIds, rows, failures, started, ended, null);
    }

    public Duration elapsed() {
        return Duration.between(started, ended);
    }
}
