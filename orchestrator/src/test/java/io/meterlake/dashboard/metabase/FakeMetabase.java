package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meterlake.json.JsonDocuments;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Metabase's endpoints as its documentation and its sources (0.50 to 0.63) have them: credentials wanted, unknown fields
 * refused, ids given, a dashboard's arrays replaced as a whole, passwords masked. Calls can be made to fail, before or
 * after they did their work. On 127.0.0.1; calls are handled one after the other.
 */
public final class FakeMetabase implements AutoCloseable {
    public static final String API_KEY = "mb_a-key-of-the-test";
    public static final String USER = "admin@example.org";
    public static final String PASSWORD = "a-pass-word-1";
    static final String SETUP_TOKEN = "5a1f2c7e-setup";

    /** How a call fails. */
    public enum Failure {
        /** Refused, nothing was done. */
        BEFORE,
        /** It was done, and the connection broke before the answer. */
        AFTER
    }

    /** A refusal with Metabase's status and body. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final int status;

        Refused(int status, String body) {
            super(body);
            this.status = status;
        }
    }

    final FakeMetabaseObjects objects;
    private final HttpServer server;
    private final String tag;
    private final List<String> writes = new ArrayList<>();
    private final Set<String> sessions = new HashSet<>();
    private boolean isNew;
    private int failingWrite;
    private Failure failure = Failure.BEFORE;

    /**
     * Starts one.
     *
     * @param columns {@code schema.table.column} that its sync finds
     */
    public FakeMetabase(String tag, List<String> columns) throws IOException {
        this.tag = tag;
        int release = Integer.parseInt(tag.split("\\.", -1)[1]);
        this.objects = new FakeMetabaseObjects(columns, release);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** It has no user yet. */
    void makeNew() {
        isNew = true;
    }

    /** The n-th write from now on fails, 1 is the next; 0: none. */
    public void failAt(int write, Failure how) {
        writes.clear();
        failingWrite = write;
        failure = how;
    }

    /** POSTs and PUTs since {@link #failAt}, such as {@code PUT /api/card/3}. */
    public List<String> writes() {
        return List.copyOf(writes);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().toString();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean isWrite = !method.equals("GET") && !path.equals("/api/session");
            if (isWrite) {
                writes.add(method + " " + path);
            }
            boolean fails = isWrite && writes.size() == failingWrite;
            try {
                if (fails && failure == Failure.BEFORE) {
                    throw new Refused(500, "{\"message\": \"the application database is gone\"}");
                }
                JsonNode reply = reply(exchange, method, path, body.isEmpty() ? "{}" : body);
                if (fails) {
                    // Without an answer: the connection is closed.
                    return;
                }
                send(exchange, 200, JsonDocuments.compact(reply));
            } catch (Refused e) {
                send(exchange, e.status, Objects.requireNonNullElse(e.getMessage(), ""));
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private JsonNode reply(HttpExchange exchange, String method, String path, String text) throws IOException {
        JsonNode body = JsonDocuments.tree(text);
        return switch (method + " " + path) {
            case "GET /api/session/properties" -> properties();
            case "POST /api/session" -> logIn(body);
            case "POST /api/setup" -> setUp(body);
            default -> {
                String key = exchange.getRequestHeaders().getFirst("x-api-key");
                String session = exchange.getRequestHeaders().getFirst("X-Metabase-Session");
                if (!API_KEY.equals(key) && (session == null || !sessions.contains(session))) {
                    throw new Refused(401, "Unauthenticated");
                }
                yield path.equals("/api/user/current") ? object().put("id", 1) : objects.reply(method, path, body);
            }
        };
    }

    private JsonNode properties() {
        ObjectNode properties = object();
        properties.putObject("version").put("tag", tag).put("date", "2026-01-01");
        properties.put("has-user-setup", !isNew);
        properties.put("setup-token", isNew ? SETUP_TOKEN : null);
        return properties;
    }

    private JsonNode logIn(JsonNode body) {
        FakeMetabaseObjects.only(body, "username", "password");
        if (!body.path("username").asText().equals(USER)
                || !body.path("password").asText().equals(PASSWORD)
                || isNew) {
            throw new Refused(401, "{\"errors\": {\"password\": \"did not match stored password\"}}");
        }
        return session();
    }

    private JsonNode setUp(JsonNode body) {
        FakeMetabaseObjects.only(body, "token", "user", "prefs");
        FakeMetabaseObjects.only(body.path("user"), "email", "password", "first_name", "last_name", "site_name");
        FakeMetabaseObjects.only(body.path("prefs"), "site_name", "site_locale", "allow_tracking");
        if (!isNew) {
            throw new Refused(403, "\"The /api/setup route can only be used to create the first user\"");
        }
        if (!body.path("token").asText().equals(SETUP_TOKEN)) {
            throw new Refused(400, "{\"errors\": {\"token\": \"Token does not match the setup token.\"}}");
        }
        if (!body.path("user").path("email").asText().equals(USER)
                || !body.path("user").path("password").asText().equals(PASSWORD)
                || body.path("prefs").path("site_name").asText().isEmpty()) {
            throw new Refused(400, "{\"errors\": {\"user\": \"missing\"}}");
        }
        isNew = false;
        return session();
    }

    private JsonNode session() {
        String id = "session-" + (sessions.size() + 1);
        sessions.add(id);
        return object().put("id", id);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
