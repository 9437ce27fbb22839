package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.project.TestProject;
import io.meterlake.testing.KilledCommand;
import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are found again, and what they say to programs. */
class RunsCommandTest {
    private static final String HEADER =
            "meter_id,channel,interval_start,interval_minutes,value,unit,quality,quality_code,recorded_at\n";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private JsonNode newest() throws JsonProcessingException {
        String id = runs().at("/runs/0/id").asText();
        return JSON.readTree(CommandRun.offline(folder, "runs", "show", id, "--output", "json")
                .out());
    }

    private JsonNode runs(String... more) throws JsonProcessingException {
        CommandRun list = CommandRun.offline(
                folder,
                Stream.concat(Stream.of("runs", "list", "--output", "json"), Stream.of(more))
                        .toArray(String[]::new));
        assertThat(list.status()).as(list.err()).isZero();
        return JSON.readTree(list.out());
    }

    private static List<JsonNode> lines(String text) throws JsonProcessingException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    @Test
    void tellsWhatAnIngestTouched() throws IOException {
        String database = SharedStack.get().newSchema("runs") + "_lake";
        Files.writeString(folder.resolve("a.csv"), HEADER + "M1,E1,2026-01-25T10:00:00Z,30,1.5,kWh,actual,,\n");
        Files.writeString(folder.resolve("b.csv"), HEADER + "M1,E1,never,30,1.5,kWh,actual,,\n");
        CommandRun ingest =
                CommandRun.onStack(folder, "--set", "lake.database=" + database, "ingest", "a.csv", "b.csv");
        assertThat(ingest.status()).as(ingest.err()).isEqualTo(3);

        JsonNode show = newest();
        assertThat(show.at("/run/command").asText()).isEqualTo("ingest");
        assertThat(show.at("/run/status").asText()).isEqualTo("failed");
        assertThat(show.at("/run/exit_code").asInt()).isEqualTo(3);
        assertThat(show.at("/run/error/message").asText()).startsWith("b.csv: rejected");
        assertThat(show.at("/touched/tables/0").asText()).isEqualTo("meter_readings");
        assertThat(show.at("/touched/commits/0").asText()).matches("[0-9]{17}");
        assertThat(show.at("/touched/files")).hasSize(2);
        assertThat(ingest.out()).contains(show.at("/touched/commits/0").asText());

        CommandRun text =
                CommandRun.offline(folder, "runs", "show", show.at("/run/id").asText());
        assertThat(text.out())
                .contains("command   meterlake --set lake.database=" + database + " ingest a.csv b.csv")
                .contains("status    failed: ended with 3")
                .contains("table     meter_readings");
    }

    @Test
    void sayInJsonWhatTheySayInTextWithTheFieldsThatProgramsWant() throws IOException {
        String database = SharedStack.get().newSchema("runs") + "_lake";
        Files.writeString(folder.resolve("a.csv"), HEADER + "M1,E1,2026-01-25T10:00:00Z,30,1.5,kWh,actual,,\n");
        CommandRun ingest = CommandRun.onStack(
                folder, "--log-format", "json", "--set", "lake.database=" + database, "ingest", "a.csv");
        assertThat(ingest.status()).as(ingest.err()).isZero();
        List<JsonNode> lines = lines(ingest.err());
        String id = runs().at("/runs/0/id").asText();
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.get("run_id").asText()).isEqualTo(id);
            assertThat(line.get("time").asText()).endsWith("Z");
            assertThat(line.get("level").asText()).isEqualTo("info");
        });
        assertThat(lines.getFirst().get("event").asText()).isEqualTo("started");
        assertThat(lines.getLast().get("exit_code").asInt()).isZero();
        assertThat(lines).anySatisfy(line -> {
            assertThat(line.path("table").asText()).isEqualTo("meter_readings");
            assertThat(line.path("commit").asText()).matches("[0-9]{17}");
            assertThat(line.path("file").asText()).endsWith("a.csv");
            assertThat(line.path("rows_new").asInt()).isEqualTo(1);
        });
        assertThat(ingest.out()).as("the result is the result").startsWith("a.csv: 1 new");
    }

    @Test
    void areListedWithHowTheyEnded() throws IOException {
        assertThat(CommandRun.offline(folder, "build").status()).isEqualTo(2);
        assertThat(CommandRun.offline(folder, "report", "list").status()).isEqualTo(1);
        assertThat(CommandRun.offline(folder, "config", "show").status()).isZero();
        assertThat(CommandRun.offline(folder, "ingest", "--help").status()).isZero();

        JsonNode all = runs().get("runs");
        assertThat(all).hasSize(2);
        assertThat(all.at("/0/command").asText()).isEqualTo("report-list");
        assertThat(all.at("/0/error/code").asText()).isEqualTo("STACK_DOWN");
        assertThat(all.at("/0/error/fix").asText()).contains("stack up");
        assertThat(runs("--command", "report").get("runs")).hasSize(1);
        assertThat(runs("--command", "build", "--failed").get("runs")).hasSize(1);
        assertThat(runs("--last", "1").get("runs")).hasSize(1);
        assertThat(CommandRun.offline(folder, "runs", "list").out())
                .contains("failed (1)")
                .contains("Cannot reach the servers");
        assertThat(CommandRun.offline(folder, "runs", "list", "--last", "-1").status())
                .isEqualTo(2);
    }

    @Test
    void areCutOffWhenTheyAreKilled() throws Exception {
        new TestProject(folder.resolve("sql-models"))
                .file("dbt_project.yml", "name: shop\n")
                .model("energy", "select 1 as x");
        KilledCommand.at(new KilledCommand.Step("io.meterlake.cli.EngineSession", "open", 0), folder, List.of("build"));
        JsonNode run = runs("--failed").at("/runs/0");
        assertThat(run.get("command").asText()).isEqualTo("build");
        assertThat(run.get("status").asText()).isEqualTo("cut_off");
        assertThat(run.get("exit_code").isNull()).isTrue();
        assertThat(CommandRun.offline(folder, "runs", "list").out()).contains("cut off");
    }

    @Test
    void goOnWithoutALogWhereNoneCanBeKept() throws IOException {
        Files.writeString(folder.resolve("runs"), "in the way");
        CommandRun report = CommandRun.offline(folder, "--set", "runs.path=runs", "report", "list");
        assertThat(report.status()).isEqualTo(1);
        assertThat(report.err()).contains("Cannot keep this command's log in ").contains("Cannot reach the servers");
    }

    @Test
    void hideSecrets() throws IOException {
        String trino = "http://clerk:geheim@127.0.0.1:1";
        CommandRun.offline(folder, "--set", "trino.url=" + trino, "report", "run", "x", "--period", "2026-01");
        assertThat(newest().toString()).contains("http://***@127.0.0.1:1").doesNotContain("geheim");
    }

    @Test
    void sayInJsonWhatIsWrongWithTheCommandLineAndTheSettings() throws IOException {
        JsonNode usage = lines(CommandRun.offline(folder, "--log-format", "json", "ingst")
                        .err())
                .getFirst();
        assertThat(usage.get("level").asText()).isEqualTo("error");
        assertThat(usage.get("message").asText()).startsWith("Cannot read the command line: ");
        CommandRun config =
                CommandRun.in(folder, Map.of("METERLAKE_LAKE_PTH", "x"), "--log-format=json", "report", "list");
        assertThat(lines(config.err()).getFirst().get("code").asText()).isEqualTo("INVALID_CONFIG");
        JsonNode set = lines(CommandRun.in(folder, Map.of("METERLAKE_LOG_FORMAT", "json"), "report", "list")
                        .err())
                .getLast();
        assertThat(set.get("exit_code").asInt()).isEqualTo(1);
        assertThat(CommandRun.in(folder, Map.of("METERLAKE_LOG_FORMAT", "xml"), "report", "list")
                        .err())
                .contains("METERLAKE_LOG_FORMAT: log.format: 'xml' is neither text nor json");
    }
}
