package io.meterlake.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meterlake.compile.TestConfig;
import io.meterlake.compile.TestConfig.Severity;
import io.meterlake.engine.Trino;
import io.meterlake.error.ExitCode;
import io.meterlake.project.Location;
import io.meterlake.project.Relation;
import io.meterlake.project.Seed;
import io.meterlake.project.SeedTable;
import io.meterlake.project.SeedTable.SeedColumn;
import io.meterlake.testing.SharedStack;
import io.meterlake.testing.SteppingClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanRunnerTest {
    private final Trino trino = SharedStack.get().trino();
    private final String schema = SharedStack.get().newSchema("run");
    private final Clock clock = new SteppingClock(Instant.parse("2026-02-01T03:00:00Z"), Duration.ofMillis(1));

    @Test
    void buildsAViewOnATableOnASeed() {
        RunResult result = run(
                seed("partners", "c1", Set.of()),
                new Work.BuildTable(
                        "t", relation("t"), "select * from " + sql("partners"), Map.of(), Set.of("partners")),
                new Work.BuildView("v", relation("v"), "select count(*) as n from " + sql("t"), Set.of("t")));
        assertThat(result.results())
                .extracting(one -> one.work().id(), WorkResult::status, WorkResult::rows)
                .containsExactly(
                        tuple("partners", WorkStatus.SUCCESS, 2L),
                        tuple("t", WorkStatus.SUCCESS, 2L),
                        tuple("v", WorkStatus.SUCCESS, null));
        assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(values("select n from " + sql("v"))).containsExactly("2");
        assertThat(result.results().get(1).queryIds()).hasSize(1);
    }

    @Test
    void loadsSeedsWithNullsQuotesAndTypes() {
        run(seed("partners", "c1", Set.of()));
        assertThat(trino.rows("select id, name, valid_from from " + sql("partners") + " order by id")
                        .rows())
                .extracting(row -> Arrays.asList(row.get(0), row.get(1), String.valueOf(row.get(2))))
                .containsExactly(Arrays.asList(1L, "O'Hara, \"Ltd\"", "2026-01-25"), Arrays.asList(2L, null, "null"));
    }

    @Test
    void leavesASeedAloneThatIsThere() {
        run(seed("partners", "c1", Set.of()));
        RunResult again = run(seed("partners", "c1", Set.of()));
        assertThat(again.results().getFirst().message()).isEqualTo("unchanged");
        assertThat(again.results().getFirst().queryIds()).isEmpty();
    }

    @Test
    void loadsASeedAgainWhoseLoadWasCutOff() {
        trino.execute("create table " + sql("partners")
                + " as select bigint '1' as id, varchar 'x' as name, date '2026-01-25' as valid_from");
        RunResult result = run(seed("partners", "c1", Set.of()));
        assertThat(result.results().getFirst().message()).isEmpty();
        assertThat(values("select count(*) from " + sql("partners"))).containsExactly("2");
    }

    @Test
    void keepsNamesThatNeedQuotes() {
        run(
                new Work.BuildTable("t", relation("My-Table.x"), "select 1 as x", Map.of("format", "'ORC'"), Set.of()),
                new Work.BuildView("v", relation("My-View"), "select x from " + sql("My-Table.x"), Set.of("t")));
        assertThat(values("select x from " + sql("My-View"))).containsExactly("1");
    }

    @Test
    void loadsASeedThatIsLongerThanAStatement() {
        Work work = seed("long", "c1", Set.of());
        runner(seed -> manyRows("12000")).run(new Plan(List.of(work)), new RunListener() {});
        assertThat(values("select count(distinct id) from " + sql("long"))).containsExactly("12000");
        assertThat(tables("long")).containsExactly("long");
    }

    @Test
    void leavesNothingOfASeedWhoseLoadFails() {
        Work work = seed("unfit", "c1", Set.of());
        RunResult failed = runner(seed -> manyRows("no number")).run(new Plan(List.of(work)), new RunListener() {});
        assertThat(failed.results().getFirst().message()).contains("no number");
        assertThat(tables("unfit")).isEmpty();

        runner(seed -> manyRows("12000")).run(new Plan(List.of(work)), new RunListener() {});
        assertThat(values("select count(distinct id) from " + sql("unfit"))).containsExactly("12000");
    }

    /** More than two statements of them. */
    @SuppressWarnings("NullAway") // The record's class file does not say that its cells may be null.
    private static SeedTable manyRows(String lastId) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        IntStream.range(1, 12_000)
                .forEach(i -> rows.add(Arrays.asList(Integer.toString(i), "partner ".repeat(10), null)));
        rows.add(Arrays.asList(lastId, "the last one", null));
        return new SeedTable(COLUMNS, rows);
    }

    private List<String> tables(String prefix) {
        return values("select table_name from hive.information_schema.tables where table_schema = '" + schema
                + "' and table_name like '" + prefix + "%'");
    }

    @Test
    void loadsASeedWithoutRows() {
        Work work = seed("empty", "c1", Set.of());
        runner(seed -> new SeedTable(COLUMNS, List.of())).run(new Plan(List.of(work)), new RunListener() {});
        assertThat(values("select count(*) from " + sql("empty"))).containsExactly("0");
    }

    @Test
    void skipsWhatNeedsAFailedModelAndGoesOnWithTheRest() {
        RunResult result = run(
                view("broken", "select nothing", Set.of()),
                view("child", "select 1 as x", Set.of("broken")),
                view("grandchild", "select 1 as x", Set.of("child")),
                view("other", "select 1 as x", Set.of()));
        assertThat(result.results())
                .extracting(one -> one.work().id(), WorkResult::status)
                .containsExactlyInAnyOrder(
                        tuple("broken", WorkStatus.ERROR),
                        tuple("child", WorkStatus.SKIPPED),
                        tuple("grandchild", WorkStatus.SKIPPED),
                        tuple("other", WorkStatus.SUCCESS));
        assertThat(result.results().stream()
                        .filter(one -> one.work().id().equals("broken"))
                        .findFirst()
                        .orElseThrow())
                .satisfies(one -> {
                    assertThat(one.message()).contains("Column 'nothing' cannot be resolved");
                    assertThat(one.queryIds()).hasSize(1);
                });
        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void testsFailWarnOrPassByTheirThresholds() {
        String threeFaults = "select x from (values 1, 2, 3) t(x)";
        RunResult result = run(
                test("passes", "select 1 as x where false", config(Severity.ERROR, "!= 0", "!= 0")),
                test("fails", threeFaults, config(Severity.ERROR, "!= 0", "!= 0")),
                test("warns", threeFaults, config(Severity.WARN, "!= 0", "!= 0")),
                test("tolerates", threeFaults, config(Severity.ERROR, "> 3", "> 5")),
                test("warnsBelowTheError", threeFaults, config(Severity.ERROR, "> 1", "> 5")),
                test(
                        "looksAtNoMoreThanTheLimit",
                        threeFaults,
                        new TestConfig(Severity.ERROR, "count(*)", "!= 0", "!= 0", OptionalLong.of(2))),
                test(
                        "sumsNothingToNothing",
                        "select x from (values 1) t(x) where false",
                        new TestConfig(Severity.ERROR, "sum(x)", "!= 0", "!= 0", OptionalLong.empty())));
        assertThat(result.results())
                .extracting(one -> one.work().id(), WorkResult::status, WorkResult::failures)
                .containsExactlyInAnyOrder(
                        tuple("passes", WorkStatus.PASS, 0L),
                        tuple("fails", WorkStatus.FAIL, 3L),
                        tuple("warns", WorkStatus.WARN, 3L),
                        tuple("tolerates", WorkStatus.PASS, 3L),
                        tuple("warnsBelowTheError", WorkStatus.WARN, 3L),
                        tuple("looksAtNoMoreThanTheLimit", WorkStatus.FAIL, 2L),
                        tuple("sumsNothingToNothing", WorkStatus.PASS, 0L));
        assertThat(result.exitCode()).isEqualTo(ExitCode.DATA);
    }

    @Test
    void tellsTheListenerEachPositionOnce() {
        List<Integer> positions = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void ended(int position, int total, WorkResult result) {
                positions.add(position);
            }
        };
        List<Work> works = new ArrayList<>();
        IntStream.range(0, 6).forEach(i -> works.add(view("v" + i, "select 1 as x", Set.of())));
        runner(PlanRunnerTest::content).run(new Plan(works), listener);
        assertThat(positions).containsExactly(1, 2, 3, 4, 5, 6);
    }

    private static final List<SeedColumn> COLUMNS = List.of(
            new SeedColumn("id", "bigint"), new SeedColumn("name", "varchar"), new SeedColumn("valid_from", "date"));

    private static SeedTable content(Seed seed) {
        return new SeedTable(
                COLUMNS, List.of(Arrays.asList("1", "O'Hara, \"Ltd\"", "2026-01-25"), Arrays.asList("2", null, null)));
    }

    private RunResult run(Work... works) {
        return runner(PlanRunnerTest::content).run(new Plan(List.of(works)), new RunListener() {});
    }

    private PlanRunner runner(Function<Seed, SeedTable> reader) {
        return new PlanRunner(trino, reader, 3, clock);
    }

    private Work seed(String name, String checksum, Set<String> after) {
        Seed seed = new Seed(
                "seed.test." + name,
                name,
                Location.of("seeds/" + name + ".csv"),
                List.of("test", name),
                Map.of(),
                "",
                List.of(),
                Map.of(),
                ',',
                checksum,
                "");
        return new Work.LoadSeed(name, relation(name), seed, after);
    }

    private Work view(String name, String sql, Set<String> after) {
        return new Work.BuildView(name, relation(name), sql, after);
    }

    private static Work test(String name, String sql, TestConfig config) {
        return new Work.RunTest(name, name, sql, config, Set.of());
    }

    private static TestConfig config(Severity severity, String warnIf, String errorIf) {
        return new TestConfig(severity, "count(*)", warnIf, errorIf, OptionalLong.empty());
    }

    private Relation relation(String name) {
        return new Relation("hive", schema, name);
    }

    private String sql(String name) {
        return relation(name).sql();
    }

    private List<String> values(String sql) {
        return trino.rows(sql).firstColumn();
    }
}
