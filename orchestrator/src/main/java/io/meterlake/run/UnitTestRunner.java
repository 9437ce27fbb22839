package io.meterlake.run;

import io.meterlake.compile.UnitTestQuery;
import io.meterlake.engine.Column;
import io.meterlake.engine.Rows;
import io.meterlake.engine.Trino;
import io.meterlake.engine.TrinoDialect;
import io.meterlake.project.Fixture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs unit tests by dbt's rules: rows stand in for the tables, with the types of the tables' columns, and what the model
 * makes of them is compared with what is expected, in any order. Nothing is created in Trino. Thread-safe.
 */
final class UnitTestRunner {
    private static final String ACTUAL = "actual";

    private final Trino trino;
    private final Map<String, List<Column>> columns = new ConcurrentHashMap<>();

    UnitTestRunner(Trino trino) {
        this.trino = trino;
    }

    /**
     * What a test found.
     *
     * @param difference for people; empty if the rows are those expected
     */
    record Outcome(String difference, List<String> queryIds) {
        /** As dbt counts them: 1 if the rows are others. */
        long failures() {
            return difference.isEmpty() ? 0 : 1;
        }
    }

    /**
     * Runs a test.
     *
     * @throws io.meterlake.error.MeterlakeException if its rows do not fit, or Trino refuses the query
     */
    Outcome run(Work.RunUnitTest work) {
        UnitTestQuery query = work.query();
        SequencedMap<String, String> inputs = new LinkedHashMap<>();
        for (UnitTestQuery.Input input : query.inputs()) {
            inputs.put(input.name(), input(work, input));
        }
        String sql = query.reading(inputs);
        Rows types = trino.rows("select * from (\n" + sql + "\n) limit 0");
        FixtureSql expected = new FixtureSql(work.name(), query.location(), "expect", types.columns());
        List<String> compared = expected.compared(query.expected());
        Rows found = trino.rows("""
                select %1$s, '%4$s' as "actual_or_expected" from (
                %2$s
                )
                union all
                select %1$s, 'expected' from (
                %3$s
                )
                """.formatted(names(compared), sql, expected.of(query.expected()), ACTUAL));
        return new Outcome(difference(compared, found), List.of(types.queryId(), found.queryId()));
    }

    private String input(Work.RunUnitTest work, UnitTestQuery.Input input) {
        if (input.rows() instanceof Fixture.Query own) {
            return own.sql();
        }
        List<Column> known = columns.computeIfAbsent(
                input.columnsOf(),
                from -> trino.rows("select * from " + from + " limit 0").columns());
        return new FixtureSql(work.name(), input.location(), "input " + input.table(), known).of(input.rows());
    }

    private static String names(List<String> columns) {
        return columns.stream().map(TrinoDialect::quoted).collect(Collectors.joining(", "));
    }

    private static String difference(List<String> columns, Rows found) {
        List<List<@Nullable Object>> actual = new ArrayList<>();
        List<List<@Nullable Object>> expected = new ArrayList<>();
        for (List<@Nullable Object> row : found.rows()) {
            (ACTUAL.equals(row.getLast()) ? actual : expected).add(row.subList(0, columns.size()));
        }
        RowDifference difference = RowDifference.of(columns, expected, actual);
        return difference.isEmpty() ? "" : difference.text();
    }
}
