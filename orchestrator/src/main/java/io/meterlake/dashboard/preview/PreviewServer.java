package io.meterlake.dashboard.preview;

import static io.meterlake.dashboard.DashboardErrorCode.PORT_TAKEN;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.engine.Trino;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Serves the dashboards on 127.0.0.1 until it is closed. Only answers requests that name it as 127.0.0.1 or localhost, so
 * that no page of the web can read the lake through a name that it points here. Thread-safe.
 */
public final class PreviewServer implements AutoCloseable {
    /** Queries at once: Trino's own work is parallel, and a page has half a dozen cards. */
    private static final int QUERIES = 4;

    private final HttpServer server;
    private final ExecutorService threads;

    private PreviewServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts it.
     *
     * @param dashboards read for each request, so that a reload of the page shows a changed file
     * @param port 0: a free one
     * @throws MeterlakeException {@code PORT_TAKEN} if it cannot listen there
     */
    public static PreviewServer start(Supplier<Dashboards> dashboards, Trino trino, int port) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new MeterlakeException(
                    PORT_TAKEN,
                    "Cannot serve the dashboards at port " + port + ": " + e.getMessage(),
                    "Take another port, or --port 0 for a free one.",
                    e);
        }
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        PreviewPages pages = new PreviewPages(dashboards, trino, new Semaphore(QUERIES));
        server.createContext("/", exchange -> handle(exchange, pages));
        server.setExecutor(threads);
        server.start();
        return new PreviewServer(server, threads);
    }

    /** Where the page is. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void handle(HttpExchange exchange, PreviewPages pages) throws IOException {
        try (exchange) {
            int port = exchange.getLocalAddress().getPort();
            String host = exchange.getRequestHeaders().getFirst("Host");
            Reply reply;
            if (host == null
                    || !Set.of("127.0.0.1:" + port, "localhost:" + port).contains(host)) {
                reply = Reply.text(421, "This page answers as http://127.0.0.1:" + port + "/ only.");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                reply = Reply.text(405, "This page is only read.");
            } else {
                reply = pages.reply(exchange.getRequestURI());
            }
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders()
                    .set(
                            "Content-Security-Policy",
                            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'");
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            exchange.getResponseBody().write(reply.body());
        }
    }
}
