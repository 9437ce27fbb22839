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
        assertThat(result.results().get(1).queryIds()).hasSize(2);
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
    void leavesAnUnchangedSeedAloneAndKeepsTheTableOfTheEarlierContent() {
        run(seed("partners", "c1", Set.of()));
        List<String> first = tables("partners");
        RunResult again = run(seed("partners", "c1", Set.of()));
        assertThat(again.results().getFirst().message()).isEqualTo("unchanged");
        assertThat(again.results().getFirst().queryIds()).isEmpty();
        run(seed("partners", "c2", Set.of()));
        assertThat(tables("partners")).hasSize(2).containsAll(first);
    }

    @Test
    @SuppressWarnings("NullAway") // The record's class file does not say that its cells may be null.
    void loadsASeedThatIsLongerThanAStatement() {
        List<List<@Nullable String>> rows = new ArrayList<>();
        IntStream.range(0, 12_000)
                .forEach(i -> rows.add(Arrays.asList(Integer.toString(i), "partner ".repeat(10), null)));
        Work work = seed("long", "c1", Set.of());
        runner(seed -> new SeedTable(COLUMNS, rows)).run(new Plan(List.of(work)), new RunListener() {});
        assertThat(values("select count(distinct id) from " + sql("long"))).containsExactly("12000");
    }

    @Test
    void loadsASeedWithoutRows() {
        Work work = seed("empty", "c1", Set.of());
        runner(seed -> new SeedTable(COLUMNS, List.of())).run(new Plan(List.of(work)), new RunListener() {});
        assertThat(values("select count(*) from " + sql("empty"))).containsExactly("0");
    }

    @Test
    void keepsTheBuildBeforeAndDropsOlderOnes() {
        for (int i = 1; i <= 4; i++) {
            run(table("t", "select " + i + " as x"));
        }
        assertThat(values("select x from " + sql("t"))).containsExactly("4");
        assertThat(tables("t")).hasSize(2);
        assertThat(values("select x from " + relation(tables("t").getFirst()).sql()))
                .containsExactly("3");
    }

    @Test
    void clearsWhatAKilledRunLeftAndKeepsWhatTheViewReads() {
        run(table("t", "select 1 as x"));
        String published = tables("t").getFirst();
        // A run that was killed after it built and before it published.
        trino.execute("create table " + relation("t__20260201030059999").sql() + " as select 2 as x");
        RunResult broken = run(table("t", "select cast('no number' as integer) as x"));
        assertThat(broken.results().getFirst().status()).isEqualTo(WorkStatus.ERROR);
        assertThat(values("select x from " + sql("t")))
                .as("the view still works")
                .containsExactly("1");
        assertThat(tables("t")).containsExactly(published);
        run(table("t", "select 3 as x"));
        assertThat(tables("t")).hasSize(2).contains(published);
    }

    @Test
    void keepsNamesThatNeedQuotes() {
        for (int i = 1; i <= 3; i++) {
            run(table("My-Table.x", "select " + i + " as x"), seed("My-Seed", "c1", Set.of()));
        }
        assertThat(values("select x from " + sql("My-Table.x"))).containsExactly("3");
        assertThat(tables("My-Table.x")).hasSize(2);
        assertThat(run(seed("My-Seed", "c1", Set.of())).results().getFirst().message())
                .isEqualTo("unchanged");
    }

    @Test
    void turnsAViewIntoATableAndBackWithoutAGap() {
        run(view("t", "select 1 as x", Set.of()));
        run(table("t", "select 2 as x"));
        assertThat(values("select x from " + sql("t"))).containsExactly("2");
        run(view("t", "select 3 as x", Set.of()));
        assertThat(values("select x from " + sql("t"))).containsExactly("3");
    }

    @Test
    void doesNotTakeAnotherModelsTablesForItsOwn() {
        run(table("t", "select 1 as x"), table("t__20260101000000000", "select 7 as x"));
        run(table("t", "select 2 as x"));
        run(table("t", "select 3 as x"));
        assertThat(values("select x from " + sql("t__20260101000000000"))).containsExactly("7");
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
                checksum);
        return new Work.LoadSeed(name, relation(name), seed, after);
    }

    private Work table(String name, String sql) {
        return new Work.BuildTable(name, relation(name), sql, Map.of(), Set.of());
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

    private List<String> tables(String name) {
        return new PublishedViews(trino).tablesBehind(relation(name));
    }
}
