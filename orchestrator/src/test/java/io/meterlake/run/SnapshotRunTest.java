package io.meterlake.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.compile.RelationResolver;
import io.meterlake.compile.Selection;
import io.meterlake.engine.EngineException;
import io.meterlake.engine.Trino;
import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import io.meterlake.project.Project;
import io.meterlake.project.Relation;
import io.meterlake.project.TestProject;
import io.meterlake.run.RunRecord.Status;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.Snapshots;
import io.meterlake.testing.SharedStack;
import io.meterlake.testing.SteppingClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a small project over a real lake, metastore and Trino. */
class SnapshotRunTest {
    @TempDir
    private Path folder;

    private final Trino trino = SharedStack.get().trino();
    private final Clock clock = new SteppingClock(Instant.parse("2026-02-01T03:00:00Z"), Duration.ofSeconds(1));
    private final String schema = SharedStack.get().newSchema("snapshotrun");
    private final Set<String> neededByReports = new HashSet<>();
    private Lake lake;
    private TestProject project;

    @BeforeEach
    void makeLakeAndProject() {
        URI metastore = SharedStack.get().metastoreUri();
        lake = Lake.open(
                LakeConfig.of(folder.resolve("lake"), metastore.getHost(), metastore.getPort())
                        .withDatabase(schema + "_lake"),
                clock);
        ingest("a", 10);
        project = new TestProject(folder.resolve("project"))
                .file("macros/names.sql", """
                        {% macro generate_schema_name(custom_schema_name, node) -%}
                        {{ custom_schema_name | trim }}
                        {%- endmacro %}
                        """)
                .file("dbt_project.yml", """
                        name: shop
                        models:
                          shop:
                            +schema: %1$s
                        seeds:
                          shop:
                            +schema: %1$s
                        """.formatted(schema))
                .file("seeds/regions.csv", "utility,region\nnorth,hill\n")
                .file("models/_models.yml", """
                        version: 2
                        sources:
                          - name: lake
                            database: hudi
                            schema: lake
                            tables:
                              - name: ingested_files
                              - name: report_lineage
                        models:
                          - name: totals
                            columns:
                              - name: total
                                data_tests:
                                  - accepted_values:
                                      arguments:
                                        values: [10, 15, 30]
                                        quote: false
                        """)
                .model("files", "select rows_read from {{ source('lake', 'ingested_files') }}")
                .model("totals", """
                        {{ config(materialized='table') }}
                        select sum(f.rows_read) as total, (select max(region) from {{ ref('regions') }}) as region
                        from {{ ref('files') }} f
                        """);
    }

    @Test
    void publishesWhatItBuiltFromOneSnapshot() {
        List<String> heard = new ArrayList<>();
        RunResult result = run(RunKind.BUILD, new RunListener() {
            @Override
            public void pinned(Snapshot snapshot, CompiledProject compiled) {
                heard.add("pinned");
                // Comes in while the run goes on, and is no part of it.
                ingest("b", 5);
            }

            @Override
            public void published(List<Publication> publications) {
                publications.forEach(one -> heard.add(one.view().identifier()));
            }
        });
        assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(heard).containsExactly("pinned", "regions", "files", "totals");
        assertThat(total()).containsExactly("10");
        assertThat(values("select region from " + view("totals"))).containsExactly("hill");
        Snapshot snapshot = snapshots().list().getFirst();
        assertThat(values("select total from hive.%s__%s.totals".formatted(snapshot.database(), schema)))
                .as("the snapshot's own view")
                .containsExactly("10");
        assertThat(records().all())
                .extracting(RunRecord::snapshotId, RunRecord::status)
                .containsExactly(tuple(snapshot.id(), Status.PUBLISHED));

        run(RunKind.BUILD);
        assertThat(total()).containsExactly("15");
        assertThat(values("select total from hive.%s__%s.totals".formatted(snapshot.database(), schema)))
                .as("the earlier snapshot stays as it was")
                .containsExactly("10");
        assertThat(values("select rows_read from hive.%s__%s.files".formatted(snapshot.database(), schema)))
                .containsExactly("10");
    }

    @Test
    void knowsThatItFailedBeforeTheLastWorkIsDone() {
        ingest("b", 1000);
        List<RunRecord.Verdict> seen = new ArrayList<>();
        run(RunKind.BUILD, new RunListener() {
            @Override
            public void ended(int position, int total, WorkResult result) {
                if (result.status() == WorkStatus.FAIL) {
                    seen.add(records().all().getLast().verdict());
                }
            }
        });
        assertThat(seen).isNotEmpty().containsOnly(RunRecord.Verdict.FAILED);
        assertThat(records().all().getLast().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void leavesThePublishedViewsAloneWhenATestFails() {
        run(RunKind.BUILD);
        ingest("b", 1000);
        RunResult failed = run(RunKind.BUILD);
        assertThat(failed.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(total()).as("yesterday's").containsExactly("10");
        assertThat(values("select rows_read from " + view("files")))
                .as("also a view whose own tests passed")
                .containsExactly("10");
        RunRecord record = records().all().getLast();
        assertThat(record.status()).isEqualTo(Status.FAILED);
        assertThat(values("select total from hive.snap_%s__%s.totals".formatted(record.snapshotId(), schema)))
                .as("its build stays for looking at")
                .containsExactly("1010");
    }

    @Test
    void dropsWhatAFailedRunBuiltBeforeTheNextOneUnlessAReportNeedsIt() {
        project.model("broken", "select nothing from {{ ref('files') }}");
        assertThat(run(RunKind.BUILD).exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run(RunKind.BUILD).exitCode()).isEqualTo(ExitCode.FAILED);
        List<RunRecord> failed = records().all();
        neededByReports.add(failed.getLast().snapshotId());
        project.model("broken", "select 1 as x");
        assertThat(run(RunKind.BUILD).exitCode()).isEqualTo(ExitCode.OK);
        assertThat(records().all())
                .extracting(RunRecord::status)
                .containsExactly(Status.DROPPED, Status.FAILED, Status.PUBLISHED);
        assertThat(snapshots().list())
                .extracting(Snapshot::id)
                .containsExactly(
                        failed.getLast().snapshotId(), records().all().getLast().snapshotId());
        assertThat(values("show schemas from hive like 'snap\\_%s%%' escape '\\'"
                        .formatted(failed.getFirst().snapshotId())))
                .isEmpty();
    }

    @Test
    void finishesThePublishingOfARunThatWasCutOff() {
        run(RunKind.BUILD);
        ingest("b", 5);
        run(RunKind.BUILD);
        RunRecord second = records().all().getLast();
        RunRecord first = records().all().getFirst();
        // As a kill in the middle of the swaps leaves it: one view of the new run, the others of the one before.
        first.publications().stream()
                .filter(one -> one.view().identifier().equals("totals"))
                .forEach(new PublishedViews(trino)::publish);
        records().write(second.with(Status.PUBLISHING));
        assertThat(total()).containsExactly("10");

        List<String> finished = new ArrayList<>();
        run(RunKind.TEST, new RunListener() {
            @Override
            public void finished(RunRecord earlier) {
                finished.add(earlier.snapshotId());
            }
        });
        assertThat(finished).containsExactly(second.snapshotId());
        assertThat(total()).containsExactly("15");
        assertThat(records().all().getLast().status()).isEqualTo(Status.PUBLISHED);
    }

    @Test
    void aPartialRunReadsWhatIsPublishedOfTablesAndTheSnapshotThroughViews() {
        run(RunKind.BUILD);
        String first = records().all().getFirst().snapshotId();
        ingest("b", 5);
        project.model(
                "both",
                "select (select total from {{ ref('totals') }}) as total, sum(rows_read) as fresh from {{ ref('files') }}");
        run(RunKind.RUN, new Selection(List.of("both"), List.of(), Set.of()), new RunListener() {});
        assertThat(trino.rows("select total, fresh from " + view("both")).rows())
                .containsExactly(List.of(10L, 15L));
        assertThat(values("select sum(rows_read) from " + view("files")))
                .as("built along, but not published")
                .containsExactly("10");
        RunRecord partial = records().all().getLast();
        assertThat(partial.reads()).containsExactly(first);

        run(RunKind.BUILD);
        assertThat(values("select total from hive.snap_%s__%s.both".formatted(partial.snapshotId(), schema)))
                .as("a later run does not change what an earlier one reads")
                .containsExactly("10");
    }

    @Test
    void bookkeepingTablesStayLive() {
        project.model("lineage", "select count(*) as n from {{ source('lake', 'report_lineage') }}");
        run(RunKind.BUILD);
        assertThat(values("show create view hive.snap_%s__%s.lineage"
                        .formatted(records().all().getFirst().snapshotId(), schema)))
                .singleElement()
                .asString()
                .contains("\"hudi\".\"" + schema + "_lake\".\"report_lineage\"");
    }

    @Test
    void seedsAlonePublishTheirContentAndKeepTheTableOfTheEarlierOne() {
        run(RunKind.SEED);
        Relation firstTable =
                new PublishedViews(trino).target(relation("regions")).orElseThrow();
        project.file("seeds/regions.csv", "utility,region\nnorth,valley\n");
        run(RunKind.SEED);
        assertThat(values("select region from " + view("regions"))).containsExactly("valley");
        assertThat(values("select region from " + firstTable.sql())).containsExactly("hill");
        assertThat(snapshots().list()).as("nothing is pinned for a seed").isEmpty();
    }

    /** As a process that was killed leaves it: nobody fetches its result, and it would make its table all the same. */
    @Test
    void endsTheQueriesThatAKilledRunLeft() throws Exception {
        String database = "snap_20200101000000000";
        trino.execute("create schema hive.%s__%s".formatted(database, schema));
        String slow = "hive.%s__%s.slow".formatted(database, schema);
        Thread killed = Thread.ofVirtual().start(() -> {
            try {
                trino.execute("""
                        create table %s as
                        select count(*) as x
                        from unnest(sequence(1, 9000)) as s (i), unnest(sequence(1, 9000)) as t (j), unnest(sequence(1, 900)) as u (k)
                        where i * j %% 7 = k %% 7
                        """.formatted(slow));
            } catch (EngineException e) {
                // It was ended.
            }
        });
        String running = """
                select count(*) from system.runtime.queries
                where state = 'RUNNING' and query like 'create table %s%%'
                """.formatted(slow);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> values(running).equals(List.of("1")));

        new Leftovers(trino).endQueries(database);
        assertThat(values(running)).containsExactly("0");
        killed.join();
        assertThat(values("show tables from hive.%s__%s".formatted(database, schema)))
                .isEmpty();
        trino.execute("drop schema hive.%s__%s".formatted(database, schema));
    }

    @Test
    void refusesToRunNothing() {
        assertThatThrownBy(() ->
                        run(RunKind.RUN, new Selection(List.of("regions"), List.of(), Set.of()), new RunListener() {}))
                .isInstanceOf(MeterlakeException.class)
                .hasMessageContaining("Cannot run: nothing that it could work on is selected");
    }

    @Test
    void leavesOutATestThatIsOnlyTakenAlongAndReadsWhatWasNeverBuilt() {
        project.file("tests/all_counted.sql", """
                select 1 as fault from {{ ref('files') }}
                where (select max(total) from {{ ref('totals') }}) < 0
                """);
        List<String> heard = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void leftOut(String test, String missing) {
                heard.add(test + " misses " + missing);
            }
        };
        Selection files = new Selection(List.of("files"), List.of(), Set.of());
        RunResult first = run(RunKind.BUILD, files, listener);
        assertThat(first.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(heard).containsExactly("all_counted misses totals");
        assertThat(first.results()).extracting(one -> one.work().label()).noneMatch(one -> one.startsWith("test"));
        Selection named = new Selection(List.of("files", "all_counted"), List.of(), Set.of());
        assertThat(run(RunKind.BUILD, named, listener).exitCode())
                .as("asked for itself")
                .isEqualTo(ExitCode.FAILED);

        run(RunKind.BUILD);
        heard.clear();
        assertThat(run(RunKind.BUILD, files, listener).results())
                .extracting(one -> one.work().label())
                .contains("test all_counted");
        assertThat(heard).isEmpty();
    }

    private RunResult run(RunKind kind) {
        return run(kind, new RunListener() {});
    }

    private RunResult run(RunKind kind, RunListener listener) {
        return run(kind, Selection.ALL, listener);
    }

    private RunResult run(RunKind kind, Selection selection, RunListener listener) {
        Project loaded = project.load();
        RelationResolver live = RelationResolver.lakeDatabase(schema + "_lake");
        return new SnapshotRun(
                        trino,
                        lake,
                        records(),
                        new SnapshotRun.Sources(live, schema + "_lake"),
                        relations -> compile(loaded, relations),
                        (id, drop) -> {
                            if (!neededByReports.contains(id)) {
                                drop.run();
                            }
                        },
                        2,
                        clock)
                .run(compile(loaded, live), RunRequest.of(kind, selection), listener);
    }

    private static CompiledProject compile(Project project, RelationResolver relations) {
        return ProjectCompiler.compile(project, CompileOptions.defaults().withRelations(relations));
    }

    private Snapshots snapshots() {
        return new Snapshots(lake);
    }

    private RunRecords records() {
        return new RunRecords(folder.resolve("runs"));
    }

    private void ingest(String checksum, long rows) {
        lake.rowTable("ingested_files")
                .upsert(List.of(Map.of("file_checksum", checksum, "utility", "north", "rows_read", rows)));
    }

    private List<String> total() {
        return values("select total from " + view("totals"));
    }

    private Relation relation(String name) {
        return new Relation("hive", schema, name);
    }

    private String view(String name) {
        return relation(name).sql();
    }

    private List<String> values(String sql) {
        return trino.rows(sql).firstColumn();
    }
}
