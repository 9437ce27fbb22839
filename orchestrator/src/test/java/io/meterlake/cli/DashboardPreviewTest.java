package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meterlake.dashboard.Card;
import io.meterlake.dashboard.Dashboard;
import io.meterlake.dashboard.DashboardLoader;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.Dashcard;
import io.meterlake.dashboard.Numbers;
import io.meterlake.dashboard.TemplateTag;
import io.meterlake.dashboard.preview.PreviewServer;
import io.meterlake.engine.Column;
import io.meterlake.engine.Trino;
import io.meterlake.json.JsonDocuments;
import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards on the real stack, over real HTTP: two meters in Berlin around the night that loses an hour. */
class DashboardPreviewTest {
    private static final Dashboards DASHBOARDS = DashboardLoader.load(Path.of("../metabase"));
    private static final String SHORT_DAY = "range=2026-03-29~2026-03-29";

    private static final Trino TRINO = SharedStack.get().trino();
    private static PreviewServer server;

    @BeforeAll
    static void publish(@TempDir Path folder) throws IOException {
        StringBuilder csv = new StringBuilder("meter,start,value\n");
        Instant start = Instant.parse("2026-03-28T23:00:00Z");
        // 23 hours and then a whole day, in quarters of an hour.
        for (int i = 0; i < 23 * 4 + 24 * 4; i++) {
            Instant at = start.plus(Duration.ofMinutes(15L * i));
            csv.append("D1,%s,%d.%03d%n".formatted(at, i == 50 ? 999 : 0, i));
            csv.append("D2,%s,1%n".formatted(at));
        }
        Files.writeString(folder.resolve("berlin.csv"), csv);
        Files.writeString(folder.resolve("berlin.yml"), """
                utility: berlin
                time_zone: Europe/Berlin
                columns:
                  meter_id: meter
                  channel: constant:import
                  interval_start: start
                  interval_minutes: constant:15
                  value: value
                  unit: constant:kWh
                  quality: constant:actual
                """);
        run(
                folder,
                "ingest",
                "berlin.csv",
                "--mapping",
                folder.resolve("berlin.yml").toString());
        run(folder, "build", "--set", "models.path=" + Path.of("../sql-models").toAbsolutePath());
        server = PreviewServer.start(() -> DASHBOARDS, TRINO, 0);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void theCurveHasTheNumbersOfTheTable() throws Exception {
        JsonNode curve = get("/card/meter_explorer/meter_curve?meters=D1&meters=D2&" + SHORT_DAY);
        assertThat(curve.at("/granularity").asText()).isEqualTo("15 min");
        assertThat(curve.at("/time_zone").asText()).isEqualTo("Europe/Berlin");
        assertThat(curve.at("/row_count").asInt()).as("23 hours of two meters").isEqualTo(2 * 23 * 4);
        assertThat(sum(curve))
                .isEqualByComparingTo(TRINO.rows(
                                "select sum(value) from hudi.lake.meter_readings where meter_id in ('D1', 'D2') and reading_date = date '2026-03-29'")
                        .firstColumn()
                        .getFirst());
        assertThat(curve.at("/series/0/at")).hasSize(23 * 4);
    }

    @Test
    void coarserStepsAddUpToTheSame() throws Exception {
        for (String step : List.of("hour", "day", "month")) {
            JsonNode curve = get("/card/meter_explorer/meter_curve?meters=D1&" + SHORT_DAY + "&granularity=" + step);
            assertThat(curve.at("/granularity").asText()).isEqualTo(step);
            assertThat(curve.at("/row_count").asInt()).isEqualTo(step.equals("hour") ? 23 : 1);
            assertThat(sum(curve)).isEqualByComparingTo("1003.186");
        }
    }

    @Test
    void theFinestStepThatFitsIsTaken() {
        Card card = DASHBOARDS.card("meter_curve").orElseThrow();
        for (Map.Entry<String, String> one :
                Map.of("200", "15 min", "60", "hour", "10", "day", "1", "month").entrySet()) {
            var query = card.query()
                    .bind(
                            card.templateTags(),
                            Map.of(
                                    "meters", List.of("D1"),
                                    "range", List.of("2026-03-29~2026-03-30"),
                                    "version_meters", List.of("D1"),
                                    "version_range", List.of("2026-03-29~2026-03-30"),
                                    "row_limit", List.of(one.getKey())));
            var rows = TRINO.rows(query.sql(), query.values());
            assertThat(rows.rows()).hasSizeLessThanOrEqualTo(Integer.parseInt(one.getKey()));
            assertThat(rows.rows().getFirst().get(3)).isEqualTo(one.getValue());
        }
    }

    @Test
    void everyCardAnswersWithAndWithoutRows() {
        for (Card card : DASHBOARDS.cards()) {
            for (String meter : List.of("D1", "nobody' or '1'='1")) {
                Map<String, List<String>> values = new HashMap<>();
                for (TemplateTag tag : card.templateTags().values()) {
                    if (tag.fallback().isEmpty()) {
                        values.put(
                                tag.name(),
                                List.of(
                                        switch (tag.type()) {
                                            case DATE -> "2026-03-31";
                                            case NUMBER -> "1";
                                            case TEXT -> meter;
                                            case DIMENSION ->
                                                tag.widgetType().equals("date/range") ? "2026-03-01~2026-03-31" : meter;
                                        }));
                    }
                }
                for (Map<String, List<String>> given :
                        tagsRequired(card) ? List.of(values) : List.of(values, Map.<String, List<String>>of())) {
                    var query = card.query().bind(card.templateTags(), given);
                    assertThat(TRINO.rows(query.sql(), query.values()).columns())
                            .extracting(Column::name)
                            .as("%s says which numbers it shows, and as of when", card.slug())
                            .contains("numbers", "data_as_of");
                }
            }
        }
    }

    @Test
    void everyCardOfThePageSaysWhichNumbersItShowsAndAsOfWhen() throws Exception {
        String asOf = TRINO.rows("select max(received_at) from hudi.lake.ingested_files")
                .firstColumn()
                .getFirst()
                .substring(0, 19)
                .replace(' ', 'T');
        for (Dashboard dashboard : DASHBOARDS.dashboards()) {
            for (Dashcard place : dashboard.dashcards()) {
                for (String filters : List.of(
                        "?meters=D1&" + SHORT_DAY,
                        "?meters=D1&range=2020-01-01~2020-01-31&received=2020-01-01~2020-01-31")) {
                    JsonNode answer = get("/card/%s/%s%s".formatted(dashboard.slug(), place.card(), filters));
                    if (place.card().equals("freshness")) {
                        assertThat(answer.at("/columns"))
                                .extracting(JsonNode::asText)
                                .contains("numbers", "data_as_of");
                        continue;
                    }
                    Card card = DASHBOARDS.card(place.card()).orElseThrow();
                    assertThat(answer.at("/facts/numbers").asText())
                            .as(place.card())
                            .isEqualTo(card.numbers().word());
                    assertThat(answer.at("/facts/data_as_of").asText())
                            .as(place.card())
                            .startsWith(card.numbers() == Numbers.SIGNED ? "" : asOf);
                }
            }
        }
    }

    @Test
    void chartsStandOnADashboardThatSaysHowFreshEachKindOfNumbersIs() {
        for (Dashboard dashboard : DASHBOARDS.dashboards()) {
            assertThat(dashboard.dashcards())
                    .as("Metabase's charts show no column of text: %s", dashboard.slug())
                    .extracting(Dashcard::card)
                    .contains("freshness");
        }
    }

    @Test
    void emptyRangesAndUnknownMetersAreToldApart() throws Exception {
        assertThat(get("/card/meter_explorer/meter_curve?meters=D1&range=2020-01-01~2020-01-31")
                        .at("/row_count")
                        .asInt())
                .isZero();
        assertThat(get("/unknown?meters=D1&meters=D9"))
                .extracting(JsonNode::asText)
                .containsExactly("D9");
        assertThat(get("/values/meter_explorer/meters?q=d"))
                .extracting(JsonNode::asText)
                .contains("D1", "D2");
        assertThat(get("/values/data_quality/utility?q="))
                .extracting(JsonNode::asText)
                .contains("berlin");
        assertThat(get("/values/meter_explorer/granularity?q=")).isEmpty();
    }

    @Test
    void saysWhatIsMissingWithoutAStackTrace() throws Exception {
        HttpResponse<String> reply = send("/card/meter_explorer/meter_curve?meters=D1");
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body())
                .contains("Cannot use the filter Days: it has no value")
                .doesNotContain("\\tat ");
        assertThat(send("/card/meter_explorer/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void servesThePageAndItsChartLibrary() throws Exception {
        for (String file :
                List.of("/", "/page.js", "/filters.js", "/chart.js", "/page.css", "/uplot.js", "/uplot.css")) {
            assertThat(send(file).statusCode()).as(file).isEqualTo(200);
        }
    }

    @Test
    void refusesAnotherHostsName() throws IOException {
        try (Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), server.uri().getPort());
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write("GET /dashboards HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 421");
        }
    }

    private static boolean tagsRequired(Card card) {
        return card.templateTags().values().stream().anyMatch(TemplateTag::required);
    }

    private static BigDecimal sum(JsonNode curve) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode row : curve.at("/rows")) {
            sum = sum.add(new BigDecimal(row.get(2).asText()));
        }
        return sum;
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> reply = send(path);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return JsonDocuments.tree(reply.body());
    }

    private static HttpResponse<String> send(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(server.uri() + path.substring(1)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void run(Path folder, String... arguments) {
        CommandRun run = CommandRun.onStack(folder, arguments);
        assertThat(run.status()).as(run.err()).isZero();
    }
}
