package io.meterlake.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What Slack's incoming webhooks do, on a free port of 127.0.0.1: takes {@code {"text": …}} and answers. */
public final class HookServer implements AutoCloseable {
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile int status = 200;
    private volatile boolean hangs;

    public HookServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/services/secret", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                if (hangs) {
                    closed.await();
                }
                if (status == 200) {
                    var document = new ObjectMapper().readTree(body);
                    if (document.size() != 1 || !document.path("text").isTextual()) {
                        throw new IOException("no {\"text\": …}: " + document);
                    }
                    texts.add(document.get("text").asText());
                }
                exchange.sendResponseHeaders(status, -1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.setExecutor(threads);
        server.start();
    }

    /** Its address, with what is secret of it in the path. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/services/secret");
    }

    /** What it has taken. */
    public List<String> texts() {
        return texts;
    }

    /** From now on it answers so. */
    public void answer(int status) {
        this.status = status;
    }

    /** From now on it does not answer. */
    public void hang() {
        hangs = true;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
