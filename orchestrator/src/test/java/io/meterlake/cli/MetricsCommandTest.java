package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.metrics.OpenMetricsText;
import io.meterlake.testing.MeterlakeProcess;
import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lake in numbers: on stdout, in a file, over HTTP. Prometheus' own parser reads them in {@code ./check demo}. */
class MetricsCommandTest {
    private static final String HEADER =
            "meter_id,channel,interval_start,interval_minutes,value,unit,quality,quality_code,recorded_at\n";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private String database = "";

    @BeforeEach
    void ingest() throws IOException {
        database = SharedStack.get().newSchema("metrics") + "_lake";
        Files.createDirectories(folder.resolve("landing"));
        Files.writeString(
                folder.resolve("landing/a.csv"),
                HEADER + "M1,E1,2026-01-25T10:00:00Z,30,1.5,kWh,actual,,\nM1,E1,never,30,1.5,kWh,actual,,\n");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.onStack(
                folder,
                Stream.concat(Stream.of("--set", "lake.database=" + database), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    @Test
    void tellWhatTheLedgerSnapshotsReportsAndRunsSay() throws IOException {
        assertThat(run("ingest", "--utility", "nord", "landing").status()).isEqualTo(3);
        assertThat(run("snapshot", "create").status()).isZero();
        CommandRun metrics = run("metrics");
        assertThat(metrics.status()).as(metrics.err()).isZero();
        assertThat(metrics.out())
                .contains("meterlake_lake_up 1\n")
                .contains("meterlake_ledger_files{status=\"ingested\",utility=\"nord\"} 1\n")
                .contains("meterlake_ledger_rows{outcome=\"new\",utility=\"nord\"} 1\n")
                .contains("meterlake_ledger_rows{outcome=\"rejected\",utility=\"nord\"} 1\n")
                .contains("meterlake_ledger_size_bytes{utility=\"nord\"} " + Files.size(folder.resolve("landing/a.csv"))
                        + "\n")
                .contains("# UNIT meterlake_delivery_lateness_seconds seconds\n")
                .contains("meterlake_last_interval_timestamp_seconds{utility=\"nord\"} 1769335200\n")
                .contains("meterlake_table_commit_timestamp_seconds{table=\"meter_readings\"} ")
                .contains("meterlake_snapshots{purpose=\"manual\"} 1\n")
                .contains("meterlake_snapshot_size_bytes{purpose=\"manual\"} ")
                .contains("meterlake_lineage_intact 1\n")
                .contains("meterlake_run_last_success_timestamp_seconds{command=\"snapshot-create\"} ")
                .contains("meterlake_run_last_failed{command=\"ingest\"} 1\n")
                .contains("meterlake_run_last_failed{command=\"snapshot-create\"} 0\n")
                .endsWith("\n# EOF\n");

        Path file = folder.resolve("textfiles/meterlake.prom");
        assertThat(run("metrics", "--file", "textfiles/meterlake.prom").out()).isEmpty();
        assertThat(file)
                .content()
                .startsWith("# TYPE meterlake_lake_up gauge\n")
                .endsWith("# EOF\n");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).as("nothing half-written is left").containsExactly(file);
        }
    }

    @Test
    void sayThatTheLakeCannotBeReadAndTellTheRest() {
        CommandRun.offline(folder, "report", "list");
        CommandRun metrics = CommandRun.offline(folder, "metrics", "--file", "m.prom");
        assertThat(metrics.status()).isEqualTo(1);
        assertThat(metrics.err()).contains("Cannot reach the servers");
        assertThat(folder.resolve("m.prom"))
                .content()
                .contains("meterlake_lake_up 0\n")
                .contains("meterlake_run_last_failed{command=\"report-list\"} 1\n")
                .doesNotContain("meterlake_ledger");
    }

    @Test
    void areServedWhileFoldersAreWatched() throws Exception {
        List<String> line = List.of(
                "--set",
                "trino.url=" + SharedStack.get().trinoUri(),
                "--set",
                "metastore.uri=" + SharedStack.get().metastoreUri(),
                "--set",
                "lake.database=" + database,
                "ingest",
                "--watch",
                "--settle",
                "0",
                "--utility",
                "nord",
                "--metrics-port",
                "0",
                "landing");
        try (MeterlakeProcess watch = MeterlakeProcess.start(folder, List.of(), line);
                HttpClient client = HttpClient.newHttpClient()) {
            Pattern told = Pattern.compile("Metrics are at (http://127\\.0\\.0\\.1:[0-9]+/metrics)");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(watch.err()).containsPattern(told));
            Matcher found = told.matcher(watch.err());
            assertThat(found.find()).isTrue();
            URI uri = URI.create(found.group(1));
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                HttpResponse<String> answer = get(client, uri);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("Content-Type")).contains(OpenMetricsText.CONTENT_TYPE);
                assertThat(answer.body())
                        .contains("meterlake_ledger_files{status=\"ingested\",utility=\"nord\"} 1\n")
                        .endsWith("# EOF\n");
            });
            assertThat(get(client, uri.resolve("/")).statusCode()).isEqualTo(404);
            assertThat(CommandRun.offline(folder, "runs", "list", "--output", "json")
                            .out())
                    .as("its own log is still held after it has read it")
                    .contains("\"status\" : \"running\"");
            watch.process().toHandle().destroy();
            assertThat(watch.status()).isEqualTo(143);
        }
        assertThat(CommandRun.offline(folder, "runs", "list", "--output", "json")
                        .out())
                .containsAnyOf("\"status\" : \"interrupted\"", "\"status\" : \"ok\"");
    }

    private static HttpResponse<String> get(HttpClient client, URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void needAnIngestThatStaysAndAFreePort() {
        CommandRun run = run("ingest", "--metrics-port", "0", "landing");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("Cannot serve metrics").contains("Add --watch");
    }
}
