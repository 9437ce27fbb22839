package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.run.RunRecord;
import io.meterlake.run.RunRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code retry} makes of a run that failed or was killed: what was asked for, on the data that it had begun with. */
class RetryCommandTest {
    private static final String RUN = "io.meterlake.run.";

    @TempDir
    private Path folder;

    private CommandLake commands;
    private int delivered;

    @BeforeEach
    void publish() throws IOException {
        commands = new CommandLake(folder);
        commands.project("models/totals.sql", """
                {{ config(materialized='table') }}
                select cast(sum(energy_kwh) as decimal(38, 6)) as energy_kwh from {{ ref('days') }}
                """);
        commands.project("models/doubled.sql", "select energy_kwh * 2 as energy_kwh from {{ ref('totals') }}\n");
        deliver();
        CommandRun build = commands.command("build", "--threads", "1");
        assertThat(build.status()).as(build.err()).isZero();
    }

    @AfterEach
    void close() {
        commands.close();
    }

    private void deliver() {
        delivered++;
        commands.lake.ingest(
                delivered + ".csv",
                "2026-01-26T00:00:%02dZ".formatted(delivered),
                "M1 2026-01-25T10:00:00Z %d actual".formatted(delivered));
    }

    private List<String> published(String model) {
        return commands.values("select cast(energy_kwh as integer) from " + commands.relation(model));
    }

    private JsonNode results() throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve("project/target/run_results.json").toFile())
                .get("results");
    }

    /** The alarms that go on. */
    private String incidents() throws IOException {
        return Files.readString(folder.resolve("runs/incidents.state"));
    }

    private List<RunRecord> records() {
        return new RunRecords(folder.resolve("runs")).all();
    }

    @Test
    void goesOnWithAFailedRunOnItsOwnDataWhenTheModelIsMended() throws IOException {
        deliver();
        commands.project("models/doubled.sql", "select nothing from {{ ref('totals') }}\n");
        assertThat(commands.command("build").status()).isEqualTo(1);
        assertThat(published("totals")).containsExactly("1");
        assertThat(incidents()).contains("subject", "build");
        deliver();
        commands.project("models/doubled.sql", "select energy_kwh * 3 as energy_kwh from {{ ref('totals') }}\n");

        CommandRun retry = commands.command("retry");
        assertThat(retry.status()).as(retry.err()).isZero();
        assertThat(retry.err())
                .contains("Going on with the build of snapshot "
                        + records().getLast().snapshotId())
                .contains("totals (1 rows, before the retry)");
        assertThat(published("totals"))
                .as("of the data that the build had read")
                .containsExactly("2");
        assertThat(published("doubled")).containsExactly("6");
        assertThat(incidents()).as("the alarm of the build is over").doesNotContain("subject");
        assertThat(records()).hasSize(2).extracting(RunRecord::verdict).containsOnly(RunRecord.Verdict.PASSED);
        assertThat(results().findValuesAsText("status")).containsOnly("success");

        CommandRun again = commands.command("retry");
        assertThat(again.status()).isZero();
        assertThat(again.err()).contains("Nothing to retry: the build of snapshot ", " is published");
    }

    @Test
    void buildsAgainWhatWouldBeBuiltOtherwiseAndWhatReadsIt() throws IOException {
        deliver();
        commands.project("models/doubled.sql", "select nothing from {{ ref('totals') }}\n");
        assertThat(commands.command("run", "--vars", "{unused: 1}").status()).isEqualTo(1);
        commands.project("models/totals.sql", """
                {{ config(materialized='table') }}
                select cast(sum(energy_kwh) + 100 as decimal(38, 6)) as energy_kwh from {{ ref('days') }}
                """);
        commands.project("models/doubled.sql", "select energy_kwh * 2 as energy_kwh from {{ ref('totals') }}\n");
        CommandRun retry = commands.command("retry");
        assertThat(retry.status()).as(retry.err()).isZero();
        assertThat(retry.err()).contains("days (before the retry").doesNotContain("totals (1 rows, before");
        assertThat(published("doubled")).containsExactly("204");
    }

    @Test
    void saysWhenWhatTheRunHadBuiltIsGone() throws IOException {
        commands.project("models/doubled.sql", "select nothing from {{ ref('totals') }}\n");
        assertThat(commands.command("run", "--select", "totals", "doubled").status())
                .isEqualTo(1);
        commands.lake.snapshots().drop(records().getLast().snapshotId());
        CommandRun retry = commands.command("retry");
        assertThat(retry.status()).isEqualTo(2);
        assertThat(retry.err()).contains("its snapshot was dropped").contains("Fix: Run `meterlake run` again.");
        assertThat(commands.command("seed").status()).isZero();
        assertThat(commands.command("retry").err()).contains("Nothing to retry: the last seed went well");
    }

    @Test
    void runsOnlyTheTestsThatFailed() throws IOException {
        commands.project("tests/assert_small.sql", "select * from {{ ref('totals') }} where energy_kwh > 0\n");
        assertThat(commands.command("test").status()).isEqualTo(3);
        commands.project("tests/assert_small.sql", "select * from {{ ref('totals') }} where energy_kwh > 9\n");
        CommandRun retry = commands.command("retry");
        assertThat(retry.status()).as(retry.err()).isZero();
        assertThat(retry.err()).contains("Beginning to test 1 nodes");
        assertThat(commands.command("retry").err()).contains("Nothing to retry: the last test went well");
    }

    @ParameterizedTest(name = "at {0}.{1}, after {2}")
    @CsvSource({
        // Announced; pinned; written down; before the first work; some done; all done; while it publishes.
        "RunFinishing, recover, 0, no",
        "RunRecords, write, 0, no",
        "RunJournal, moveTo, 0, no",
        "PlanRunner, run, 0, yes",
        "DoneWork, of, 2, yes",
        "DoneWork, of, 4, yes",
        "RunRecords, write, 1, yes",
        "PublishedViews, publish, 1, yes"
    })
    void publishesTheWholeOfARunThatWasKilledAtAnyMoment(String type, String method, int before, String ownData)
            throws Exception {
        deliver();
        commands.kill(RUN + type, method, before, "build", "--threads", "1");
        if (!method.equals("publish")) {
            assertThat(published("totals")).as("nobody sees anything of it").containsExactly("1");
        }
        deliver();

        CommandRun retry = commands.command("retry");
        assertThat(retry.status()).as(retry.err()).isZero();
        String energy = ownData.equals("yes") ? "2" : "3";
        assertThat(published("totals")).as(retry.err()).containsExactly(energy);
        assertThat(published("doubled")).containsExactly(Integer.toString(2 * Integer.parseInt(energy)));
        assertThat(records().getLast().status()).isEqualTo(RunRecord.Status.PUBLISHED);
    }
}
