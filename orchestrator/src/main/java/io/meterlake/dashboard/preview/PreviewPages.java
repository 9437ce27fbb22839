package io.meterlake.dashboard.preview;

import io.meterlake.dashboard.Dashboard;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.Dashcard;
import io.meterlake.engine.Trino;
import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Finds the answer to an address. Thread-safe. */
final class PreviewPages {
    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    /** Files of the page: address → resource and type. */
    private static final Map<String, List<String>> FILES = Map.of(
            "/", List.of("page.html", "text/html; charset=utf-8"),
            "/page.css", List.of("page.css", "text/css; charset=utf-8"),
            "/filters.js", List.of("filters.js", "text/javascript; charset=utf-8"),
            "/chart.js", List.of("chart.js", "text/javascript; charset=utf-8"),
            "/page.js", List.of("page.js", "text/javascript; charset=utf-8"),
            "/uplot.js", List.of(CHARTS + "uPlot.iife.min.js", "text/javascript; charset=utf-8"),
            "/uplot.css", List.of(CHARTS + "uPlot.min.css", "text/css; charset=utf-8"));

    private final Supplier<Dashboards> dashboards;
    private final CardAnswer answers;
    private final MeterNames meters;
    private final ParameterValues offered;
    private final Semaphore queries;

    PreviewPages(Supplier<Dashboards> dashboards, Trino trino, Semaphore queries) {
        this.dashboards = dashboards;
        this.answers = new CardAnswer(trino);
        this.meters = new MeterNames(trino);
        this.offered = new ParameterValues(trino);
        this.queries = queries;
    }

    /** Never throws: what goes wrong is an answer, too, without a stack trace. */
    Reply reply(URI address) {
        try {
            List<String> file = FILES.get(address.getPath());
            if (file != null) {
                return new Reply(200, file.getLast(), resource(file.getFirst()));
            }
            return data(address.getPath(), parameters(address));
        } catch (MeterlakeException e) {
            return Reply.error(
                    e.code().exitCode() == ExitCode.USAGE ? 400 : 503, String.valueOf(e.getMessage()), e.hint());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.error(503, "Cannot answer: the page is being closed", "Start it again.");
        } catch (IOException | RuntimeException e) {
            return Reply.error(500, "Cannot answer: an error of Meterlake itself", "Please report it: " + e);
        }
    }

    private Reply data(String path, Map<String, List<String>> parameters) throws InterruptedException {
        queries.acquire();
        try {
            String[] parts = path.substring(1).split("/", -1);
            return switch (parts[0]) {
                case "dashboards" -> Reply.json(200, DashboardDocuments.of(dashboards.get()));
                case "values" -> parts.length == 3 ? values(parts[1], parts[2], parameters) : missing(path);
                case "days" -> Reply.json(200, meters.days());
                case "unknown" -> Reply.json(200, meters.unknown(parameters.getOrDefault("meters", List.of())));
                case "card" -> parts.length == 3 ? card(parts[1], parts[2], parameters) : missing(path);
                default -> missing(path);
            };
        } finally {
            queries.release();
        }
    }

    private Reply card(String dashboard, String place, Map<String, List<String>> parameters) {
        Dashboards all = dashboards.get();
        Optional<Dashboard> page = all.dashboard(dashboard);
        Optional<Dashcard> dashcard = page.flatMap(found -> found.dashcards().stream()
                .filter(one -> one.card().equals(place))
                .findFirst());
        return dashcard.flatMap(one -> all.card(one.card())
                        .map(card -> Reply.json(200, answers.answer(page.orElseThrow(), one, card, parameters))))
                .orElseGet(() -> missing(dashboard + "/" + place));
    }

    private Reply values(String dashboard, String slug, Map<String, List<String>> parameters) {
        Dashboards all = dashboards.get();
        String text = parameters.getOrDefault("q", List.of("")).getFirst();
        return all.dashboard(dashboard).stream()
                .flatMap(found -> found.parameters().stream())
                .filter(parameter -> parameter.slug().equals(slug))
                .findFirst()
                .map(parameter -> Reply.json(200, offered.containing(all, parameter, text)))
                .orElseGet(() -> missing(dashboard + "/" + slug));
    }

    private static Map<String, List<String>> parameters(URI address) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        String query = address.getRawQuery() == null ? "" : address.getRawQuery();
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2 && !parts[1].isEmpty()) {
                parameters
                        .computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>())
                        .add(decoded(parts[1]));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = PreviewPages.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("no resource " + name);
            }
            return stream.readAllBytes();
        }
    }

    private static Reply missing(String what) {
        return Reply.error(
                404, "Cannot find " + what + ": the dashboards have no such thing", "Go back to the first page.");
    }
}
