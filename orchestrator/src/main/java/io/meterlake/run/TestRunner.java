package io.meterlake.run;

import io.meterlake.compile.TestConfig;
import io.meterlake.compile.TestConfig.Severity;
import io.meterlake.engine.Rows;
import io.meterlake.engine.Trino;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs data tests by dbt's rules: the rows of the query are faults, and thresholds say how many are too many. */
final class TestRunner {
    private final Trino trino;

    TestRunner(Trino trino) {
        this.trino = trino;
    }

    Outcome run(Work.RunTest work) {
        TestConfig config = work.config();
        String limit = config.limit().isPresent() ? "\nlimit " + config.limit().getAsLong() : "";
        Rows rows = trino.rows("""
                select failures, failures %s as warns, failures %s as fails
                from (
                select %s as failures
                from (
                %s%s
                ) as faults
                ) as counted
                """.formatted(config.warnIf(), config.errorIf(), config.failCalc(), work.sql(), limit));
        List<@Nullable Object> row = rows.rows().getFirst();
        long failures = row.get(0) instanceof Long count ? count : 0;
        boolean warns = Boolean.TRUE.equals(row.get(1));
        boolean fails = Boolean.TRUE.equals(row.get(2));
        WorkStatus status = fails && config.severity() == Severity.ERROR
                ? WorkStatus.FAIL
                : warns || (fails && config.severity() == Severity.WARN) ? WorkStatus.WARN : WorkStatus.PASS;
        return new Outcome(status, failures, rows.queryId());
    }

    /** What a test found. */
    record Outcome(WorkStatus status, long failures, String queryId) {}
}
