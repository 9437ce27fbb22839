package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the audit trail tells of commands, and that nothing is changed behind its back. */
class AuditCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEADER =
            "meter_id,channel,interval_start,interval_minutes,value,unit,quality,quality_code,recorded_at\n";

    @TempDir
    private Path folder;

    private List<JsonNode> entries(String... more) throws JsonProcessingException {
        CommandRun list = CommandRun.offline(
                folder,
                Stream.concat(Stream.of("audit", "list", "--output", "json"), Stream.of(more))
                        .toArray(String[]::new));
        assertThat(list.status()).as(list.err()).isZero();
        List<JsonNode> entries = new ArrayList<>();
        JSON.readTree(list.out()).get("entries").forEach(entries::add);
        return entries;
    }

    @Test
    void tellsWhoRanWhatAndWhatCameOfIt() throws IOException {
        String database = SharedStack.get().newSchema("audit") + "_lake";
        Files.writeString(
                folder.resolve("a.csv"),
                HEADER + "M1,E1,2026-01-25T10:00:00Z,30,1.5,kWh,actual,,\n" + "M2,E1,never,30,1.5,kWh,actual,,\n");
        CommandRun ingest = CommandRun.onStack(folder, "--set", "lake.database=" + database, "ingest", "a.csv");
        assertThat(ingest.status()).as(ingest.err()).isEqualTo(3);
        CommandRun query = CommandRun.onStack(folder, "query", "select 1");
        assertThat(query.status()).as(query.err()).isZero();

        List<JsonNode> entries = entries();
        assertThat(entries).hasSize(3);
        JsonNode asked = entries.get(0);
        assertThat(asked.get("command").asText()).isEqualTo("query");
        assertThat(asked.at("/arguments/1").asText()).isEqualTo("select 1");
        JsonNode ended = entries.get(1);
        assertThat(ended.get("event").asText()).isEqualTo("ended");
        assertThat(ended.get("exit_code").asInt()).isEqualTo(3);
        assertThat(ended.get("rows_rejected").asInt()).isEqualTo(1);
        assertThat(ended.get("objects").toString()).contains("a.csv", "table meter_readings");
        assertThat(ended.get("person").asText())
                .isEqualTo(ProcessHandle.current().info().user().orElseThrow());
        assertThat(ended.get("user").asText()).isEqualTo("meterlake");
        assertThat(entries.get(2).get("event").asText()).isEqualTo("began");
        assertThat(entries.get(2).get("process").asLong())
                .isEqualTo(ProcessHandle.current().pid());

        assertThat(entries("--command", "ingest", "--failed")).hasSize(1);
        assertThat(entries("--about", "a.csv")).hasSize(2);
        assertThat(entries("--since", "2999-01-01")).isEmpty();
        assertThat(entries("--person", "nobody-of-this-name")).isEmpty();
        assertThat(CommandRun.offline(folder, "audit", "list", "--last", "2").out())
                .contains("ended (3)  meterlake --set lake.database=" + database + " ingest a.csv; 1 rejected: ");
    }

    @ParameterizedTest
    @CsvSource({"query selekt, query, QUERY_FAILED", "seed --set trino.password=hunter2, seed, INVALID_CONFIG"})
    void tellsOfWhatWasRefused(String words, String command, String code) throws IOException {
        Files.createDirectories(folder.resolve(".meterlake/audit"));
        CommandRun refused = CommandRun.onStack(folder, words.split(" ", -1));
        assertThat(refused.status()).as(refused.err()).isPositive();
        JsonNode entry = entries("--failed").getFirst();
        assertThat(entry.get("command").asText()).isEqualTo(command);
        assertThat(entry.get("error_code").asText()).isEqualTo(code);
        assertThat(entry.get("exit_code").asInt()).isEqualTo(refused.status());
        assertThat(entry.toString()).doesNotContain("hunter2");
    }

    @Test
    void isNotAskedByWhatOnlyLooksAtTheProject() throws IOException {
        CommandRun.offline(folder, "config");
        CommandRun.offline(folder, "runs", "list");
        assertThat(folder.resolve(".meterlake/audit")).doesNotExist();
        assertThat(entries()).isEmpty();
    }

    @Test
    void keepsACommandFromBeginningThatCannotBeWrittenDown() throws IOException {
        String database = SharedStack.get().newSchema("audit") + "_lake";
        Files.writeString(folder.resolve("a.csv"), HEADER + "M1,E1,2026-01-25T10:00:00Z,30,1.5,kWh,actual,,\n");
        Files.writeString(folder.resolve("taken"), "");
        CommandRun refused = CommandRun.onStack(
                folder, "--set", "lake.database=" + database, "--set", "audit.path=taken", "ingest", "a.csv");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("Cannot write to the audit trail in " + folder.resolve("taken"));
        assertThat(folder.resolve(".meterlake/lake")).doesNotExist();
    }

    @Test
    void findsThatItWasChanged() throws IOException {
        CommandRun.offline(folder, "ingest", "none.csv");
        CommandRun whole = CommandRun.offline(folder, "audit", "verify");
        assertThat(whole.status()).as(whole.out()).isZero();
        assertThat(whole.out()).startsWith("2 entries, one chain.");
        String mark = whole.out().strip().replaceAll(".* ", "");
        assertThat(CommandRun.offline(folder, "audit", "verify", "--holds", mark)
                        .status())
                .isZero();
        assertThat(CommandRun.offline(folder, "audit", "verify", "--holds", "2:abc")
                        .err())
                .contains("Cannot look for the entry '2:abc'");

        try (Stream<Path> files = Files.list(folder.resolve(".meterlake/audit"))) {
            Path file = files.filter(one -> one.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(file, Files.readString(file).replace("none.csv", "some.csv"));
        }
        CommandRun changed = CommandRun.offline(folder, "audit", "verify", "--holds", mark);
        assertThat(changed.status()).isEqualTo(3);
        assertThat(changed.out()).contains("broken  audit-", "entry 1 is not what its hash was made from");
        JsonNode document = JSON.readTree(CommandRun.offline(folder, "audit", "verify", "--output", "json")
                .out());
        assertThat(document.get("whole").asBoolean()).isFalse();
        assertThat(document.get("problems")).hasSize(2);
    }
}
