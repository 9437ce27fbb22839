package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.lake.InputsLock;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import io.meterlake.project.TestProject;
import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run tells of what went wrong. */
class ProjectRunTest {
    @TempDir
    private Path folder;

    private TestProject project;
    private String schema = "";

    @BeforeEach
    void start() {
        schema = SharedStack.get().newSchema("project");
        project = new TestProject(folder.resolve("sql-models"))
                .takingSchemasAsTheyAre()
                .file("dbt_project.yml", "name: shop\nmodels:\n  +schema: " + schema + "\n")
                .model("energy", "{{ config(materialized='table') }}\nselect x from (values 1, -2) as t (x)")
                .file("tests/assert_energy_is_positive.sql", "select x from {{ ref('energy') }} where x < 0\n");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.onStack(
                folder,
                Stream.concat(Stream.of("--set", "lake.database=" + schema + "_lake"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    @Test
    void saysHowToSeeTheRowsOfAFailedTest() throws IOException {
        CommandRun build = run("build", "--output", "json");
        assertThat(build.status()).as(build.err()).isEqualTo(3);
        String file = "sql-models/target/failed/assert_energy_is_positive.sql";
        assertThat(build.err()).contains("found 1").contains("./meterlake query --file " + file);

        JsonNode document = new ObjectMapper().readTree(build.out());
        assertThat(document.get("command").asText()).isEqualTo("build");
        assertThat(document.get("exit_code").asInt()).isEqualTo(3);
        assertThat(document.get("snapshot").asText()).isNotEmpty();
        assertThat(document.at("/results/1/id").asText()).isEqualTo("test.shop.assert_energy_is_positive");
        assertThat(document.at("/results/1/status").asText()).isEqualTo("fail");
        assertThat(document.at("/results/1/rows_query").asText()).isEqualTo(file);

        CommandRun rows = run("query", "--file", file);
        assertThat(rows.out()).as(rows.err()).isEqualTo("x\n-2\n");
    }

    @Test
    void executesHooksBeforeAndAfterTheNodes() {
        String file = "name: shop\nmodels:\n  +schema: " + schema + "\n" + """
                on-run-start:
                  - create schema if not exists hive.%1$s_raw
                  - "create table if not exists hive.%1$s_raw.runs (target varchar);"
                  - "{%% if target.name == 'prod' %%} drop schema hive.%1$s_raw {%% endif %%}"
                on-run-end: insert into hive.%1$s_raw.runs select '{{ target.name }}' from {{ ref('energy') }}
                """.formatted(schema);
        project.file("dbt_project.yml", file)
                .file("tests/assert_energy_is_positive.sql", "select 1 as x where false\n");
        CommandRun run = run("run");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(SharedStack.get()
                        .trino()
                        .rows("select target from hive." + schema + "_raw.runs")
                        .firstColumn())
                .as("one for each row of the model that it had built")
                .isEqualTo(List.of("dev", "dev"));

        project.file("dbt_project.yml", file.replace("_raw.runs select", "_raw.absent select"));
        project.model("energy", "select 7 as x");
        CommandRun failed = run("run");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err())
                .contains("Cannot execute the hook of dbt_project.yml:8: ")
                .contains("absent");
        assertThat(SharedStack.get()
                        .trino()
                        .rows("select count(*) from hive." + schema + ".energy")
                        .firstColumn())
                .as("nothing is published")
                .isEqualTo(List.of("2"));
    }

    @Test
    void saysWhatToDoAboutAFailedWorkAndShowsItsTraceForDebugging() {
        project.model("energy", "select nothing from (values 1) as t (x)");
        CommandRun run = run("run");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("Column 'nothing' cannot be resolved")
                .contains("Fix: Mend the SQL")
                .doesNotContain("\tat ");
        assertThat(run("--debug", "run").err()).contains("EngineException").contains("\tat ");
    }

    @Test
    void keepsTheSnapshotOfAFailedRunWhileSomebodyProvesReports() {
        project.file("tests/assert_energy_is_positive.sql", "select x from {{ ref('energy') }} where x < -2\n");
        assertThat(run("build").status()).isZero();
        project.model("energy", "select nothing from (values 1) as t (x)");
        assertThat(run("build").status()).isEqualTo(1);
        assertThat(run("snapshot", "list").out().lines()).hasSize(2);
        String failed = run("snapshot", "list").out().lines().toList().getLast().substring(0, 17);

        URI metastore = SharedStack.get().metastoreUri();
        LakeConfig config = LakeConfig.of(folder.resolve(".meterlake/lake"), metastore.getHost(), metastore.getPort())
                .withDatabase(schema + "_lake");
        try (Lake lake = Lake.open(config, Clock.systemUTC());
                InputsLock proof = lake.readInputs()) {
            assertThat(proof).isNotNull();
            CommandRun test = run("test");
            assertThat(test.status()).as(test.err()).isZero();
            assertThat(run("snapshot", "list").out()).contains(failed);
        }
        assertThat(run("test").status()).isZero();
        assertThat(run("snapshot", "list").out().lines()).hasSize(1).noneMatch(line -> line.startsWith(failed));
    }

    @Test
    void leavesArtifactsInTheTargetAndKeepsCopiesBesideTheRunsRecord() throws IOException {
        assertThat(run("build", "--vars", "{limit: 7}").status()).isEqualTo(3);
        Path target = project.folder().resolve("target");
        JsonNode results =
                new ObjectMapper().readTree(target.resolve("run_results.json").toFile());
        assertThat(results.at("/args/which").asText()).isEqualTo("build");
        assertThat(results.at("/args/vars/limit").asInt()).isEqualTo(7);
        assertThat(results.get("results").findValuesAsText("status")).containsExactly("success", "fail");
        assertThat(results.at("/results/0/relation_name").asText()).isEqualTo("\"hive\".\"" + schema + "\".\"energy\"");
        String snapshot = results.at("/results/0/adapter_response/snapshot").asText();
        Path copies = folder.resolve(".meterlake/runs").resolve(snapshot);
        for (String name : List.of("manifest.json", "run_results.json")) {
            assertThat(copies.resolve(name)).hasSameTextualContentAs(target.resolve(name));
        }
        assertThat(new ObjectMapper()
                        .readTree(target.resolve("manifest.json").toFile())
                        .at("/metadata/invocation_id"))
                .isEqualTo(results.at("/metadata/invocation_id"));

        assertThat(run("compile").status()).isZero();
        assertThat(copies.resolve("run_results.json"))
                .as("a command that runs nothing leaves the results alone")
                .hasSameTextualContentAs(target.resolve("run_results.json"));
    }

    @Test
    void describesInTheCatalogWhatIsPublishedAndNamesWhatIsNot() throws IOException {
        project.model("energy", "{{ config(materialized='table') }}\nselect cast(1 as decimal(9, 3)) as x, 'a' as y");
        CommandRun before = run("docs", "generate");
        assertThat(before.status()).as(before.err()).isZero();
        assertThat(before.err()).contains("with 0 tables and views").contains("not in Trino: model.shop.energy");
        assertThat(run("build").status()).isZero();

        CommandRun after = run("docs", "generate");
        assertThat(after.err()).contains("with 1 tables and views").doesNotContain("not in Trino");
        Path target = project.folder().resolve("target");
        JsonNode energy = new ObjectMapper()
                .readTree(target.resolve("catalog.json").toFile())
                .at("/nodes/model.shop.energy");
        assertThat(energy.at("/metadata/type").asText()).isEqualTo("VIEW");
        assertThat(energy.at("/columns/x/type").asText()).isEqualTo("decimal(9,3)");
        assertThat(energy.at("/columns/x/index").asInt()).isEqualTo(1);
        assertThat(energy.at("/columns/y/name").asText()).isEqualTo("y");
        String snapshot = new ObjectMapper()
                .readTree(target.resolve("run_results.json").toFile())
                .at("/results/0/adapter_response/snapshot")
                .asText();
        assertThat(folder.resolve(".meterlake/runs").resolve(snapshot).resolve("catalog.json"))
                .hasSameTextualContentAs(target.resolve("catalog.json"));
    }

    @Test
    void warnsOfAReportWithoutRows() {
        addReport();
        CommandRun report = run("report", "run", "files", "--period", "2001-01");
        assertThat(report.status()).as(report.err()).isZero();
        assertThat(report.err())
                .contains("WARNING: the report has no rows: there are none from 2001-01-01 to before 2001-02-01");
    }

    @Test
    void makesNoReportOfDataWhoseBuildFailedUnlessToldTo() throws IOException {
        addReport();
        CommandRun build = run("build", "--output", "json");
        assertThat(build.status()).as(build.err()).isEqualTo(3);
        String failed = new ObjectMapper().readTree(build.out()).get("snapshot").asText();

        CommandRun refused = run("report", "run", "files", "--period", "2001-01");
        assertThat(refused.status()).isEqualTo(3);
        assertThat(refused.err())
                .contains("Cannot make report files-2001-01-initial-001: the data are those of snapshot " + failed
                        + ", whose build failed")
                .contains("with nothing left out; `--snapshot " + failed);
        assertThat(run("snapshot", "create").status()).isZero();
        assertThat(run("report", "run", "files", "--period", "2001-01").err())
                .as("the same data under another name")
                .contains("those of snapshot " + failed);
        assertThat(run("test").status())
                .as("nothing is published that it could test, and it drops what the failed build left")
                .isEqualTo(1);
        assertThat(run("snapshot", "list").out()).doesNotContain(failed);
        assertThat(run("run").status()).as("models without their tests").isZero();
        assertThat(run("build", "--exclude", "assert_energy_is_positive").status())
                .as("without the test that failed")
                .isZero();
        assertThat(run("report", "run", "files", "--period", "2001-01").err())
                .as("nothing has passed since")
                .contains("those of snapshot " + failed);
        Path delivery = Files.writeString(
                folder.resolve("void.csv"),
                "meter_id,channel,interval_start,interval_minutes,value,unit,quality,quality_code,recorded_at\nm,c,when\n");
        assertThat(run("ingest", delivery.toString()).status())
                .as("its row in the ledger makes other data")
                .isEqualTo(3);
        assertThat(run("report", "run", "files", "--period", "2001-01"))
                .satisfies(report -> assertThat(report.status()).isEqualTo(3))
                .satisfies(report -> assertThat(report.err())
                        .contains("what is newer than snapshot ", "whose build failed, has passed no build since"));
        assertThat(run("report", "list", "--output", "json").out()).isEqualTo("{\n  \"reports\" : [ ]\n}\n");

        CommandRun told = run("report", "run", "files", "--period", "2001-01", "--snapshot", newestSnapshot());
        assertThat(told.status()).as(told.err()).isZero();
        project.file("tests/assert_energy_is_positive.sql", "select x from {{ ref('energy') }} where x < -2\n");
        assertThat(run("build").status()).isZero();
        assertThat(run("doctor").out()).contains("ok       views          1 view of the run of snapshot ");
        SharedStack.get().trino().execute("drop view hive." + schema + ".energy");
        assertThat(run("doctor").out())
                .contains("PROBLEM  views          1 published view of the run of snapshot ")
                .contains("missing: hive." + schema + ".energy")
                .contains("Fix: Run `./meterlake build`.");
        CommandRun mended = run("report", "run", "files", "--period", "2001-01");
        assertThat(mended.status()).as(mended.err()).isZero();
    }

    private String newestSnapshot() throws IOException {
        JsonNode snapshots = new ObjectMapper()
                .readTree(run("snapshot", "list", "--output", "json").out())
                .get("snapshots");
        return snapshots.get(snapshots.size() - 1).get("snapshot_id").asText();
    }

    private void addReport() {
        project.file("dbt_project.yml", """
                        name: shop
                        vars: {period_start: '2026-01-01', period_end: '2026-02-01'}
                        models:
                          +schema: %s
                        """.formatted(schema))
                .file("models/_sources.yml", """
                        version: 2
                        sources:
                          - name: lake
                            database: hudi
                            tables: [{name: ingested_files}]
                        """)
                .file("analyses/files.sql", """
                        select utility, count(*) as files, sum(rows_read) as read_rows
                        from {{ source('lake', 'ingested_files') }}
                        where received_at >= timestamp '{{ var('period_start') }} 00:00:00'
                          and received_at < timestamp '{{ var('period_end') }} 00:00:00'
                        group by utility
                        order by utility
                        """)
                .file("analyses/_analyses.yml", """
                        version: 2
                        analyses:
                          - name: files
                            config:
                              meta:
                                report: {title: Files, period: month, time_zone: UTC}
                        """);
    }

    @Test
    void showsNoRowForALimitOfNone() {
        assertThat(run("show", "--inline", "select x from (values 1, 2) as t (x)", "--limit", "0")
                        .out())
                .isEqualTo("x\n");
        assertThat(run("show", "--inline", "select x from (values 1, 2) as t (x) order by x", "--limit", "-1")
                        .out())
                .isEqualTo("x\n1\n2\n");
    }

    @Test
    void saysWhichTablesThereAreWhereOneIsNot() {
        CommandRun run = run("query", "select * from hive." + schema + ".nothing");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("Fix: See which there are").contains("\"show tables from hive." + schema + "\"");
    }
}
