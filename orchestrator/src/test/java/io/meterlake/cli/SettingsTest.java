package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong settings, as the command line meets them. */
class SettingsTest {
    @TempDir
    private Path folder;

    @Test
    void namesAllThatIsWrongAtOnce() throws IOException {
        Files.writeString(folder.resolve("meterlake.yml"), "lake:\n  buckets: many\n  pth: /data\n");
        CommandRun run = CommandRun.in(
                folder,
                Map.of(
                        "METERLAKE_LAKE_PAHT",
                        "/data",
                        "METERLAKE_MODELS_THREADS",
                        "-1",
                        "METERLAKE_JAVA_OPTS",
                        "-Xmx4g"),
                "--set",
                "stack.trino-port=70000",
                "config",
                "show");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("meterlake.yml:3: unknown setting lake.pth; did you mean 'lake.path'?")
                .contains("METERLAKE_LAKE_PAHT: no setting has this environment variable; did you mean"
                        + " 'METERLAKE_LAKE_PATH'?")
                .contains("METERLAKE_MODELS_THREADS: models.threads: '-1' is not a whole number of 0 or more")
                .contains("meterlake.yml:2: lake.buckets: 'many' is not a whole number of 0 or more")
                .contains("flag: stack.trino-port: 70000 is no port")
                .contains("  5) ")
                .doesNotContain("METERLAKE_JAVA_OPTS");
    }

    @Test
    void areShownAsJsonWithoutTheirSecrets() throws IOException {
        CommandRun run = CommandRun.in(
                folder,
                Map.of("METERLAKE_NOTIFY_WEBHOOK_URL", "https://hook.example/s3cret"),
                "--set",
                "metabase.url=http://metabase:3000",
                "config",
                "show",
                "--output",
                "json");
        JsonNode shown = new ObjectMapper().readTree(run.out());
        assertThat(shown.at("/metabase.url/value").asText()).isEqualTo("http://metabase:3000");
        assertThat(shown.at("/metabase.url/origin").asText()).isEqualTo("flag");
        assertThat(shown.at("/notify.webhook.url/value").asText()).isEqualTo("***");
        assertThat(shown.at("/lake.path/origin").asText()).isEqualTo("default");
    }

    @ParameterizedTest
    @CsvSource({
        "trino.url, https://host, it has no port",
        "trino.url, localhost:8080, it does not begin with http:// or https://",
        "trino.url, http://:8080, it has no host",
        "trino.url, http://a b:8080, Illegal character",
        "metastore.uri, localhost:9083, it does not begin with thrift://",
        "metastore.uri, thrift://host, it has no port",
        "metastore.uri, thrift://host:99999, it has no port",
    })
    void refusesWhatIsNoAddress(String setting, String value, String reason) {
        String command = setting.equals("trino.url") ? "query" : "ingest";
        Path file = folder.resolve("day.csv");
        String argument = command.equals("query") ? "select 1" : file.toString();
        write(file, "meter_id,channel,interval_start,interval_minutes,value,unit,quality,quality_code,recorded_at\n");
        CommandRun run = CommandRun.offline(folder, "--set", setting + "=" + value, command, argument);
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.err())
                .contains("Cannot use setting " + setting + " (flag): '" + value + "' is no address: " + reason)
                .contains("Fix: Write " + setting + " as ");

        CommandRun doctor = CommandRun.offline(folder, "--set", setting + "=" + value, "doctor");
        assertThat(doctor.status()).isEqualTo(1);
        assertThat(doctor.out()).contains("PROBLEM").contains("is no address: " + reason);
    }

    @Test
    void tellsThatAPortOfTheStackIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandRun doctor = CommandRun.offline(
                    folder,
                    "--set",
                    "stack.trino-port=" + other.getLocalPort(),
                    "--set",
                    "stack.metastore-port=0",
                    "doctor");
            assertThat(doctor.out())
                    .contains("port " + other.getLocalPort()
                            + ", where `./meterlake stack up` would start it, is taken by another process")
                    .contains("set stack.trino-port to another port");
        }
    }

    @Test
    void tellsOfAFolderThatCannotBeMadeWithoutNamesOfClasses() {
        write(folder.resolve("lake"), "a file where the lake should be");
        CommandRun run = CommandRun.onStack(folder, "--set", "lake.path=lake", "snapshot", "list");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("Cannot open the lake in ")
                .contains("is there already, and is no folder")
                .contains("Fix: ")
                .doesNotContain("Exception")
                .doesNotContain("java.");
    }

    @Test
    void refusesAVariableWithoutAValueAndALimitBelowNone() {
        write(folder.resolve("sql-models/dbt_project.yml"), "name: shop\n");
        CommandRun vars = CommandRun.offline(folder, "parse", "--vars", "{x: }");
        assertThat(vars.status()).isEqualTo(2);
        assertThat(vars.err()).contains("Cannot read --vars '{x: }': variable x has no value");
        CommandRun limit = CommandRun.offline(folder, "show", "--inline", "select 1", "--limit", "-5");
        assertThat(limit.status()).isEqualTo(2);
        assertThat(limit.err()).contains("Cannot show -5 rows");
    }

    @Test
    void showsWhyAFileCannotBeRead() {
        CommandRun run = CommandRun.offline(folder, "inspect", "--format", "csv", "/proc/self/mem");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("/proc/self/mem: ")
                .contains("Fix: Check that its disk")
                .doesNotContain("Exception");
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
