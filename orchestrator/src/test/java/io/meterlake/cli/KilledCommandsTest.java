package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.report.ReportLake;
import io.meterlake.run.RunRecord;
import io.meterlake.run.RunRecords;
import io.meterlake.snapshot.PinnedTable;
import io.meterlake.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that are killed between any two steps, and what the next one makes of what they left. */
class KilledCommandsTest {
    private static final String RUN = "io.meterlake.run.";

    @TempDir
    private static Path folder;

    private static CommandLake commands;
    private static ReportLake lake;
    private static int delivered;

    @BeforeAll
    static void makeLakeAndPublish() throws IOException {
        commands = new CommandLake(folder);
        lake = commands.lake;
        commands.project("models/totals.sql", """
                {{ config(materialized='table') }}
                select cast(sum(energy_kwh) as decimal(38, 6)) as energy_kwh from {{ ref('days') }}
                """);
        commands.project(
                "tests/assert_energy_is_positive.sql",
                "select energy_kwh from {{ ref('totals') }} where energy_kwh <= 0\n");
        commands.project("seeds/regions.csv", "region\nhill\n");
        deliver();
        CommandRun build = commands.command("build");
        assertThat(build.status()).as(build.err()).isZero();
    }

    @AfterAll
    static void close() {
        commands.close();
    }

    /** The meter's value is corrected to how many files there were. */
    private static void deliver() {
        delivered++;
        lake.ingest(
                delivered + ".csv",
                "2026-01-26T00:00:%02dZ".formatted(delivered),
                "M1 2026-01-25T10:00:00Z %d actual".formatted(delivered));
    }

    @ParameterizedTest(name = "at {0}.{1}, after {2}")
    @CsvSource({
        // Pinned, and not written down; written down, nothing built; built, not tested; tested.
        "RunRecords, write, 0",
        "PlanRunner, run, 0",
        "TestRunner, run, 0",
        "RunRecords, write, 1"
    })
    void aBuildThatHadNotBegunToPublishLeavesTheViewsAlone(String type, String method, int before) throws Exception {
        int earlier = Integer.parseInt(totals().getFirst());
        deliver();
        commands.kill(RUN + type, method, before, "build");

        assertPublished(earlier);
        assertEveryListedSnapshotIsProtected();
        CommandRun next = commands.command("build");
        assertThat(next.status()).as(next.err()).isZero();
        assertPublished(delivered);
        assertNothingIsLeftToDo();
    }

    @ParameterizedTest(name = "at {0}.{1}, after {2}")
    @CsvSource({
        // Before the first view; between two of them; after the last one.
        "RunFinishing, publish, 0",
        "PublishedViews, publish, 1",
        "PublishedViews, publish, 3",
        "RunRecords, write, 2"
    })
    void aBuildThatHadBegunToPublishIsFinishedByTheNextCommand(String type, String method, int before)
            throws Exception {
        deliver();
        commands.kill(RUN + type, method, before, "build");

        assertEveryListedSnapshotIsProtected();
        // It builds nothing itself.
        CommandRun next = commands.command("test");
        assertThat(next.status()).as(next.err()).isZero();
        assertThat(next.err()).contains("had built before it was cut off");
        assertPublished(delivered);
        assertNothingIsLeftToDo();
    }

    @ParameterizedTest(name = "at {0}.{1}, after {2}")
    @CsvSource({"PublishedViews, publish, 0", "PublishedViews, publish, 1", "RunRecords, endSeeds, 0"})
    void seedsAreFinishedByTheNextCommand(String type, String method, int before) throws Exception {
        String mark = "region" + delivered + method + before;
        commands.project("seeds/regions.csv", "region\n" + mark + "\n");
        commands.project("seeds/contracts.csv", "meter_id,partner_id\nM1,hill\nM2,hill\nM3," + mark + "\n");
        commands.kill(RUN + type, method, before, "seed");

        CommandRun next = commands.command("test");
        assertThat(next.status()).as(next.err()).isZero();
        assertThat(next.err()).contains("Published the 2 seeds of a command that was cut off");
        assertThat(commands.values("select region from " + commands.relation("regions")))
                .containsExactly(mark);
        assertThat(commands.values(
                        "select partner_id from " + commands.relation("contracts") + " where meter_id = 'M3'"))
                .containsExactly(mark);
        assertThat(folder.resolve("runs/seeds.publishing")).doesNotExist();
        assertThat(commands.command("test").err()).doesNotContain("cut off");
    }

    @ParameterizedTest(name = "at {0}.{1}")
    @CsvSource({
        // Pinned; checksums recorded; files written; in their place; lineage written; reports written.
        "io.meterlake.report.ReportFiles, begin, no, first-correction",
        "io.meterlake.report.ReportAnswer, write, no, second-correction",
        "io.meterlake.report.ReportFiles, finish, no, third-correction",
        "io.meterlake.lineage.LakeLineage, upsert, yes, fourth-correction",
        "io.meterlake.report.LakeReports, upsert, yes, fifth-correction",
        "io.meterlake.report.ReportFiles, noteLineage, yes, final"
    })
    void aReportIsThereWithItsRowsAfterTheNextCommandOrNotAtAll(
            String type, String method, String there, String runType) throws Exception {
        String[] run = {"report", "run", "energy", "--period", "2026-01", "--run-type", runType};
        deliver();
        commands.kill(type, method, 0, run);

        assertEveryLineageRowHasItsFiles();
        assertEveryListedSnapshotIsProtected();
        CommandRun next = commands.command(run);
        assertThat(next.status()).as(next.err()).isZero();
        List<String> expected = new ArrayList<>(List.of("energy-2026-01-" + runType + "-001"));
        if (there.equals("yes")) {
            expected.add("energy-2026-01-" + runType + "-002");
        }
        assertThat(reportIds(runType)).isEqualTo(expected);
        for (String id : expected) {
            CommandRun verified = commands.command("report", "verify", id);
            assertThat(verified.status()).as(verified.out() + verified.err()).isZero();
        }
        CommandRun lineage = commands.command("lineage", "verify");
        assertThat(lineage.status()).as(lineage.out() + lineage.err()).isZero();
        assertEveryLineageRowHasItsFiles();
        try (Stream<Path> left = Files.list(folder.resolve("reports/energy/2026-01"))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(".unfinished"));
        }
    }

    @Test
    void aBuildHasSaidWhatItReadsWhenItIsKilled() throws Exception {
        String said = commands.kill(RUN + "PublishedViews", "targets", 0, "build");

        assertThat(said.lines())
                .containsSubsequence(
                        "Beginning to build 6 nodes",
                        "Run %1$s reads snapshot %1$s"
                                .formatted(lake.snapshots().list().getLast().id()));
        assertThat(commands.command("build").status()).isZero();
    }

    /** All published views tell of the same state. */
    private static void assertPublished(int value) {
        assertThat(totals()).containsExactly(Integer.toString(value));
        assertThat(commands.values("select cast(sum(energy_kwh) as integer) from " + commands.relation("days")))
                .containsExactly(Integer.toString(value));
        assertThat(commands.values("select cast(sum(energy_kwh) as integer) from " + commands.relation("readings")))
                .containsExactly(Integer.toString(value));
    }

    private static List<String> totals() {
        return commands.values("select cast(energy_kwh as integer) from " + commands.relation("totals"));
    }

    private static void assertEveryListedSnapshotIsProtected() {
        List<Snapshot> listed = lake.snapshots().list();
        assertThat(listed).isNotEmpty();
        for (Snapshot snapshot : listed) {
            assertThat(lake.snapshots().verify(snapshot).problems()).isEmpty();
            for (PinnedTable table : snapshot.tables()) {
                assertThat(table.files() == 0 || !table.savepoints().isEmpty())
                        .as(snapshot.id() + " " + table.table())
                        .isTrue();
            }
        }
    }

    private static void assertNothingIsLeftToDo() {
        assertThat(new RunRecords(folder.resolve("runs")).all())
                .extracting(RunRecord::status)
                .doesNotContain(RunRecord.Status.RUNNING, RunRecord.Status.PUBLISHING);
        assertEveryListedSnapshotIsProtected();
    }

    private static void assertEveryLineageRowHasItsFiles() {
        for (String id :
                commands.values("select distinct report_id from hudi.%s_lake.report_lineage".formatted(lake.schema))) {
            assertThat(folder.resolve("reports/energy/2026-01").resolve(id).resolve("manifest.json"))
                    .exists();
        }
    }

    private static List<String> reportIds(String runType) {
        return commands.values("select report_id from hudi.%s_lake.reports where run_type = '%s' order by 1"
                .formatted(lake.schema, runType));
    }
}
