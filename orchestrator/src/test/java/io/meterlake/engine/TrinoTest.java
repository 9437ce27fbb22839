package io.meterlake.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class TrinoTest {
    private final Trino trino = SharedStack.get().trino();

    @Test
    void readsValuesExactlyWhateverTheZoneOfTheProcess() {
        Rows rows = trino.rows("""
                select
                    true,
                    9007199254740993,
                    decimal '-0.100000',
                    'x',
                    date '2026-03-29',
                    timestamp '2026-09-27 02:30:00.123456',
                    timestamp '2026-01-01 01:00:00 UTC',
                    timestamp '2026-01-01 01:00:00 Europe/Berlin',
                    x'ab01',
                    array[1, null],
                    cast(row(1, 'x') as row(a integer, b varchar)),
                    map(array['k'], array[1.50]),
                    cast(null as varchar);
                """);
        List<?> values = rows.rows().getFirst();
        assertThat(values.get(8)).isEqualTo(new byte[] {(byte) 0xAB, 1});
        assertThat(values.subList(0, 8))
                .isEqualTo(List.of(
                        true,
                        9_007_199_254_740_993L,
                        new BigDecimal("-0.100000"),
                        "x",
                        LocalDate.of(2026, 3, 29),
                        "2026-09-27T02:30:00.123456",
                        "2026-01-01T01:00:00Z",
                        "2026-01-01T01:00:00[Europe/Berlin]"));
        assertThat(values.subList(9, 13))
                .isEqualTo(Arrays.asList(
                        Arrays.asList(1L, null), Map.of("a", 1L, "b", "x"), Map.of("k", new BigDecimal("1.50")), null));
        assertThat(rows.columns().get(2).type()).isEqualTo("decimal(6,6)");
        assertThat(rows.queryId()).matches("\\d{8}_\\d{6}_\\d{5}_\\w{5}");
    }

    @Test
    void runsInUtc() {
        assertThat(trino.rows("select current_timezone()").firstColumn()).containsExactly("UTC");
    }

    @Test
    void saysWhereTheSqlIsWrong() {
        EngineException failure = catchThrowableOfType(
                EngineException.class, () -> trino.rows("select\n  missing_column\nfrom (values 1) t(x)"));
        assertThat(failure.code()).isEqualTo(EngineErrorCode.QUERY_FAILED);
        assertThat(failure.reason()).isEqualTo("line 2:3: Column 'missing_column' cannot be resolved");
        assertThat(failure.queryId()).isNotBlank();
        assertThat(failure.hint()).isEqualTo("Mend the SQL at the line and column named above.");
    }

    @Test
    void saysWhoWritesTablesThatCannotBeChanged() {
        String schema = SharedStack.get().newSchema("engine");
        trino.execute("create table hive." + schema + ".t as select 1 as x");
        EngineException failure = catchThrowableOfType(
                EngineException.class, () -> trino.execute("update hive." + schema + ".t set x = 2"));
        assertThat(failure.code()).isEqualTo(EngineErrorCode.QUERY_FAILED);
        assertThat(failure.hint()).contains("`./meterlake ingest`");
    }

    @Test
    void saysWhatAStatementThatIsNoQueryDid() {
        String schema = SharedStack.get().newSchema("engine");
        Completion completion =
                trino.execute("create table hive." + schema + ".t as select 1 as x from (values 1, 2) v(x)");
        assertThat(completion).isInstanceOfSatisfying(Completion.Updated.class, updated -> {
            assertThat(updated.updateType()).isEqualTo("CREATE TABLE");
            assertThat(updated.rowCount()).isEqualTo(2);
            assertThat(updated.queryId()).isNotBlank();
        });
    }

    @Test
    void takesTheFirstRowsInTheOrderOfTheStatement() {
        Rows.Collector rows = new Rows.Collector();
        trino.run("select x from (values 3, 1, 2) t(x) order by x", rows, 2);
        assertThat(rows.rows("").firstColumn()).containsExactly("1", "2");
    }

    @Test
    void saysThatTheStackIsDownWhereNobodyListens() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        Trino absent = new Trino(new TrinoSettings(nobody, "test", List.of()));
        EngineException failure = catchThrowableOfType(EngineException.class, absent::version);
        assertThat(failure.code()).isEqualTo(EngineErrorCode.STACK_DOWN);
        assertThat(failure).hasMessage("Cannot reach Trino: nobody answers at " + nobody);
        assertThat(failure.hint()).contains("stack up");
    }

    @Test
    void cancelsWhatRunsWhenItIsClosed() {
        String marker = "cancel_" + ProcessHandle.current().pid();
        CompletableFuture<Rows> endless =
                CompletableFuture.supplyAsync(() -> trino.rows("select count(*) as " + marker + " from " + """
                (select * from unnest(sequence(1, 10000)) a(x)
                cross join unnest(sequence(1, 10000)) b(y)
                cross join unnest(sequence(1, 10000)) c(z))"""));
        await().until(() -> !state(marker, "RUNNING").isEmpty());
        trino.close();
        assertThat(catchThrowableOfType(CompletionException.class, endless::join))
                .hasCauseInstanceOf(EngineException.class);
        await().until(() -> state(marker, "RUNNING").isEmpty());
    }

    private static List<String> state(String marker, String state) {
        return SharedStack.get()
                .trino()
                .rows(
                        "select query_id from system.runtime.queries where state = '%s' and query like '%%as %s%%' and query not like '%%runtime%%'"
                                .formatted(state, marker))
                .firstColumn();
    }
}
