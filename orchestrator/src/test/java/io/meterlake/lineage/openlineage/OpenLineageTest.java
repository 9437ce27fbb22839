package io.meterlake.lineage.openlineage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.compile.Selection;
import io.meterlake.lake.CompletedInstant;
import io.meterlake.project.TestProject;
import io.meterlake.run.BuildScope;
import io.meterlake.run.Plan;
import io.meterlake.run.RunKind;
import io.meterlake.run.RunResult;
import io.meterlake.run.Work;
import io.meterlake.run.WorkResult;
import io.meterlake.run.WorkStatus;
import io.meterlake.snapshot.PinnedTable;
import io.meterlake.snapshot.Snapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenLineageTest {
    private static final Instant START = Instant.parse("2026-02-01T00:00:00Z");
    private static final CompletedInstant COMMIT =
            new CompletedInstant("commit", "20260131120000000", "20260131120001000");

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private Ancestry ancestry = Ancestry.NONE;

    private EventLog log(EventTransport... transports) {
        return new EventLog(
                List.of(transports), "meterlake.shop", "trino://127.0.0.1:8080", "lake", ancestry, warnings::add);
    }

    /** A run of one model, which ends as told. */
    private void run(EventLog log, WorkStatus status) {
        CompiledProject project = ProjectCompiler.compile(
                new TestProject(folder.resolve("project"))
                        .file(
                                "models/_s.yml",
                                "sources: [{name: lake, database: hudi, tables: [{name: r, columns: [{name: id, data_type: varchar}]}]}]\n")
                        .model("m", "select id from {{ source('lake', 'r') }} where id > '0'")
                        .load(),
                CompileOptions.defaults());
        Plan plan = Plan.of(project, RunKind.RUN, BuildScope.of(project, RunKind.RUN, Selection.ALL));
        Work work = plan.works().getFirst();
        RunEvents events = new RunEvents(log, project, "run", Clock.fixed(START, ZoneOffset.UTC));
        events.pinned(
                new Snapshot(
                        "20260201000000000",
                        START,
                        "run",
                        List.of(new PinnedTable("r", List.of(COMMIT), List.of(), 1, 1, "ab"))),
                project);
        events.started(plan, 1);
        WorkResult result = new WorkResult(
                work, status, "line 1:8: no", List.of(), null, null, START.plusSeconds(1), START.plusSeconds(2));
        events.ended(1, 1, result);
        events.ended(new RunResult(List.of(result), START, START.plusSeconds(3)));
    }

    private List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            events.add(new ObjectMapper().readTree(line));
        }
        return events;
    }

    @Test
    void tellsOfARunWithTheCommitsThatItRead() throws IOException {
        Path file = folder.resolve("out/events.jsonl");

        run(log(new FileTransport(file)), WorkStatus.SUCCESS);

        List<JsonNode> events = lines(file);
        assertThat(events)
                .extracting(event -> event.at("/eventType").asText() + " "
                        + event.at("/job/name").asText() + " "
                        + event.at("/eventTime").asText())
                .containsExactly(
                        "START shop.run 2026-02-01T00:00:00Z",
                        "START model.shop.m 2026-02-01T00:00:01Z",
                        "COMPLETE model.shop.m 2026-02-01T00:00:02Z",
                        "COMPLETE shop.run 2026-02-01T00:00:03Z");
        JsonNode model = events.get(2);
        assertThat(model.at("/run/facets/parent/run/runId"))
                .isEqualTo(events.getFirst().at("/run/runId"));
        assertThat(model.at("/inputs/0/namespace").asText()).isEqualTo("trino://127.0.0.1:8080");
        assertThat(model.at("/inputs/0/name").asText()).isEqualTo("hudi.lake.r");
        assertThat(model.at("/inputs/0/facets/version/datasetVersion").asText())
                .isEqualTo("20260131120000000/20260131120001000");
        assertThat(model.at("/inputs/0/facets/schema/fields/0/type").asText()).isEqualTo("varchar");
        assertThat(model.at("/outputs/0/name").asText()).isEqualTo("hive.marts.m");
        JsonNode columns = model.at("/outputs/0/facets/columnLineage");
        assertThat(columns.at("/_schemaURL").asText())
                .endsWith("/1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet");
        assertThat(columns.get("fields"))
                .hasToString(
                        "{\"id\":{\"inputFields\":[{\"namespace\":\"trino://127.0.0.1:8080\",\"name\":\"hudi.lake.r\","
                                + "\"field\":\"id\",\"transformations\":[{\"type\":\"DIRECT\",\"subtype\":\"IDENTITY\"}]}]}}");
        assertThat(columns.at("/dataset/0/field").asText()).isEqualTo("id");
        assertThat(columns.at("/dataset/0/transformations/0/type").asText()).isEqualTo("INDIRECT");
        assertThat(columns.at("/dataset/0/transformations/0/subtype").asText()).isEqualTo("FILTER");
        assertThat(events.get(1).at("/outputs/0/facets").has("columnLineage"))
                .as("a model that has not ended built nothing")
                .isFalse();
        assertThat(model.at("/job/facets/sql/query").asText())
                .isEqualTo("select id from \"hudi\".\"lake\".\"r\" where id > '0'");
        assertThat(events.get(1).at("/run/runId")).isEqualTo(model.at("/run/runId"));
        assertThat(warnings).isEmpty();
    }

    @Test
    void hangsTheRunBelowTheTaskThatStartedIt() throws IOException {
        Path file = folder.resolve("events.jsonl");
        ancestry = Ancestry.of(
                Map.of(
                        "OPENLINEAGE_PARENT_ID",
                        "http://airflow/x/meterlake_daily.build/0199a0f0-0000-7000-8000-000000000001",
                        "OPENLINEAGE_ROOT_PARENT_ID",
                        "http://airflow/x/meterlake_daily/0199a0f0-0000-7000-8000-000000000002"),
                warnings::add);

        run(log(new FileTransport(file)), WorkStatus.SUCCESS);

        List<JsonNode> events = lines(file);
        JsonNode command = events.getFirst().at("/run/facets/parent");
        assertThat(command.at("/job/namespace").asText()).isEqualTo("http://airflow/x");
        assertThat(command.at("/job/name").asText()).isEqualTo("meterlake_daily.build");
        assertThat(command.at("/run/runId").asText()).isEqualTo("0199a0f0-0000-7000-8000-000000000001");
        JsonNode model = events.get(2).at("/run/facets/parent");
        assertThat(model.at("/run/runId")).isEqualTo(events.getFirst().at("/run/runId"));
        assertThat(List.of(command, model))
                .allSatisfy(parent ->
                        assertThat(parent.at("/root/job/name").asText()).isEqualTo("meterlake_daily"));
        assertThat(warnings).isEmpty();
    }

    @Test
    void leavesAParentOutThatIsNoneAndSaysSo() throws IOException {
        Path file = folder.resolve("events.jsonl");
        ancestry = Ancestry.of(Map.of("OPENLINEAGE_PARENT_ID", "meterlake_daily.build"), warnings::add);

        run(log(new FileTransport(file)), WorkStatus.SUCCESS);

        assertThat(lines(file).getFirst().at("/run/facets").has("parent")).isFalse();
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("OPENLINEAGE_PARENT_ID", "'meterlake_daily.build' is not namespace/job/run id");
    }

    @Test
    void fillsWhatTheSpecificationRequires() throws IOException {
        Path file = folder.resolve("events.jsonl");

        run(log(new FileTransport(file)), WorkStatus.ERROR);

        for (JsonNode event : lines(file)) {
            assertThat(event.fieldNames())
                    .toIterable()
                    .contains("eventType", "eventTime", "run", "job", "producer", "schemaURL");
            assertThat(UUID.fromString(event.at("/run/runId").asText()).version())
                    .isEqualTo(5);
            assertThat(URI.create(event.at("/producer").asText()).isAbsolute()).isTrue();
            assertThat(event.at("/schemaURL").asText()).endsWith("/2-0-2/OpenLineage.json#/$defs/RunEvent");
            assertThat(event.at("/job/namespace").asText()).isEqualTo("meterlake.shop");
            List<JsonNode> owners = new ArrayList<>(List.of(event.get("run"), event.get("job")));
            event.get("inputs").forEach(owners::add);
            event.get("outputs").forEach(owners::add);
            owners.forEach(owner -> owner.get("facets")
                    .forEach(
                            facet -> assertThat(facet.fieldNames()).toIterable().contains("_producer", "_schemaURL")));
        }
        JsonNode failed = lines(file).get(2);
        assertThat(failed.at("/eventType").asText()).isEqualTo("FAIL");
        assertThat(failed.at("/run/facets/errorMessage/message").asText()).isEqualTo("line 1:8: no");
        assertThat(failed.at("/run/facets/errorMessage/programmingLanguage").asText())
                .isEqualTo("JAVA");
        assertThat(lines(file).get(3).at("/eventType").asText()).isEqualTo("FAIL");
    }

    @Test
    void endsALineThatWasLeftHalfWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("events.jsonl"), "{\"half");

        new FileTransport(file).send("{}");

        assertThat(Files.readAllLines(file)).containsExactly("{\"half", "{}");
    }

    @Test
    void postsEventsWithTheKey() throws IOException {
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/lineage", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            received.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            run(log(new HttpTransport(url, "secret", Duration.ofSeconds(5))), WorkStatus.SUCCESS);
        } finally {
            server.stop(0);
        }

        assertThat(received).hasSize(4).allMatch(text -> text.startsWith("Bearer secret {\"eventType\":"));
        assertThat(warnings).isEmpty();
    }

    @Test
    void warnsOnceWhenTheServerRefusesAndGoesOn() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        server.start();
        Path file = folder.resolve("events.jsonl");
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            run(
                    log(new HttpTransport(url, "secret", Duration.ofSeconds(5)), new FileTransport(file)),
                    WorkStatus.SUCCESS);
        } finally {
            server.stop(0);
        }

        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("/api/v1/lineage: java.io.IOException: the server answered 500")
                .doesNotContain("secret");
        assertThat(lines(file)).as("the file still gets all").hasSize(4);
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThatThrownBy(() -> new HttpTransport("ftp://x", "", Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no http address: ftp://x");
    }
}
