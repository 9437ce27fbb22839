package io.meterlake.cli;

import io.meterlake.error.MeterlakeException;
import io.meterlake.json.JsonDocuments;
import io.meterlake.run.RunKind;
import io.meterlake.run.RunResult;
import io.meterlake.run.WorkResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run, as {@code --output json} prints it.
 *
 * @param command run, build, test or seed
 * @param exitCode the process's status
 * @param snapshot the snapshot that was read; null for tests and seeds
 */
record RunDocument(
        String command, int exitCode, @Nullable String snapshot, Instant started, Instant ended, List<Result> results) {
    /**
     * A node's.
     *
     * @param status in dbt's words: success, pass, warn, fail, error, skipped
     * @param message Trino's reason, or what was not done and why; empty if there is nothing to say
     * @param fix what to do about an error; empty if there is nothing to say
     * @param rows of a seed or table; null where none were counted
     * @param failures what a test counted; null for all else
     * @param rowsQuery the file with the SQL that shows a failed test's rows; null for all else
     */
    record Result(
            String id,
            String status,
            String message,
            String fix,
            @Nullable Long rows,
            @Nullable Long failures,
            @Nullable String rowsQuery,
            List<String> queryIds,
            Instant started,
            Instant ended) {}

    /** @param progress which heard of the whole run */
    static String of(RunKind kind, RunResult result, RunProgress progress) {
        Map<String, String> rowsQueries = progress.rowsQueries();
        return JsonDocuments.document(new RunDocument(
                kind.command(),
                result.exitCode().status(),
                progress.snapshot(),
                result.started(),
                result.ended(),
                result.results().stream()
                        .map(one -> result(one, rowsQueries.get(one.work().id())))
                        .toList()));
    }

    private static Result result(WorkResult one, @Nullable String rowsQuery) {
        return new Result(
                one.work().id(),
                one.status().word(),
                one.message(),
                one.cause() instanceof MeterlakeException foreseen ? foreseen.hint() : "",
                one.rows(),
                one.failures(),
                rowsQuery,
                one.queryIds(),
                one.started(),
                one.ended());
    }
}
