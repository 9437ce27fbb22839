package io.meterlake.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import io.meterlake.metrics.MetricFamily;
import io.meterlake.metrics.OpenMetricsText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Answers {@code GET /metrics}. What was read is told for {@value #KEPT_SECONDS} seconds, however many ask: the lake is not
 * read over and over for a scrape. Thread-safe.
 */
final class MetricsServer implements AutoCloseable {
    static final int KEPT_SECONDS = 10;
    private static final String PATH = "/metrics";

    private final HttpServer server;
    private final ExecutorService threads;
    private final Supplier<List<MetricFamily>> source;
    private final InstantSource clock;
    private String text = "";
    private Instant readAt = Instant.MIN;

    private MetricsServer(HttpServer server, Supplier<List<MetricFamily>> source, InstantSource clock) {
        this.server = server;
        this.source = source;
        this.clock = clock;
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Starts it.
     *
     * @param host the address to listen at
     * @param port 0: a free one
     * @throws MeterlakeException {@code PORT_TAKEN}
     */
    static MetricsServer start(String host, int port, Supplier<List<MetricFamily>> source, InstantSource clock) {
        try {
            InetSocketAddress address = new InetSocketAddress(host, port);
            return new MetricsServer(HttpServer.create(address, 0), source, clock);
        } catch (IOException e) {
            throw new MeterlakeException(
                    CliErrorCode.PORT_TAKEN,
                    "Cannot serve metrics at %s:%d: %s".formatted(host, port, FailedIo.reason(e)),
                    "Take another --metrics-port, or 0 for a free one; --metrics-host must be an address of this machine.",
                    e);
        }
    }

    /** Where they are. */
    URI uri() {
        String host = server.getAddress().getHostString();
        return URI.create("http://%s:%d%s"
                .formatted(
                        host.contains(":") ? "[" + host + "]" : host,
                        server.getAddress().getPort(),
                        PATH));
    }

    private synchronized String text() {
        Instant now = clock.instant();
        if (readAt.equals(Instant.MIN) || !now.isBefore(readAt.plus(Duration.ofSeconds(KEPT_SECONDS)))) {
            text = OpenMetricsText.of(source.get());
            readAt = now;
        }
        return text;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                reply(exchange, 404, "text/plain; charset=utf-8", "There is " + PATH + " only.\n");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                reply(exchange, 405, "text/plain; charset=utf-8", "Metrics are only read.\n");
            } else {
                reply(exchange, 200, OpenMetricsText.CONTENT_TYPE, text());
            }
        } catch (RuntimeException e) {
            reply(exchange, 500, "text/plain; charset=utf-8", "Cannot read the metrics: " + e.getMessage() + "\n");
        }
    }

    private static void reply(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
