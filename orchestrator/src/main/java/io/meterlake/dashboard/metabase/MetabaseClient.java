package io.meterlake.dashboard.metabase;

import static io.meterlake.dashboard.metabase.MetabaseErrorCode.CALL_REFUSED;
import static io.meterlake.dashboard.metabase.MetabaseErrorCode.LOGIN_REFUSED;
import static io.meterlake.dashboard.metabase.MetabaseErrorCode.METABASE_DOWN;
import static io.meterlake.dashboard.metabase.MetabaseErrorCode.NOT_METABASE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.json.JsonDocuments;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls Metabase's REST API. Each call is tried once: what it does is idempotent as a whole, so the command is run again
 * instead. Not thread-safe, since a login changes it.
 */
public final class MetabaseClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** All cards of a big server come in one answer. */
    private static final Duration ANSWER = Duration.ofMinutes(2);

    private static final String AGAIN =
            "See the reason above; then run the command again: it goes on where this ended.";

    private final String base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private Optional<Header> login = Optional.empty();

    private record Header(String name, String value) {}

    /** @param url {@code http://host:port}, with a path if Metabase is not at the root */
    public MetabaseClient(URI url) {
        this.base = url.toString().replaceAll("/+$", "");
    }

    /** Where the server is. */
    public String url() {
        return base;
    }

    /** What the server says of itself before a login: {@code GET /api/session/properties}. */
    JsonNode properties() {
        JsonNode properties = get("/api/session/properties");
        if (!properties.has("version")) {
            throw notMetabase("it names no version");
        }
        return properties;
    }

    /** @throws MeterlakeException {@code LOGIN_REFUSED} */
    void logIn(Credentials.Login with) {
        switch (with) {
            case Credentials.Login.ApiKey(String key) -> {
                login = Optional.of(new Header("x-api-key", key));
                // A wrong key is nobody's, which shows in calls that want somebody.
                get("/api/user/current");
            }
            case Credentials.Login.Password(String user, String password) -> {
                ObjectNode body = JsonNodeFactory.instance.objectNode();
                body.put("username", user).put("password", password);
                HttpResponse<String> reply = send("POST", "/api/session", body);
                if (reply.statusCode() / 100 != 2) {
                    throw reply.statusCode() < 500 ? loginRefused(reason(reply)) : refused("log in", reply);
                }
                session(json(reply));
            }
        }
    }

    /** Goes on as the session that an answer names. */
    void session(JsonNode reply) {
        login = Optional.of(new Header("X-Metabase-Session", reply.path("id").asText()));
    }

    JsonNode get(String path) {
        return checked("read " + path, send("GET", path, null));
    }

    /** Nothing if the server answers that there is no such thing. */
    Optional<JsonNode> find(String path) {
        HttpResponse<String> reply = send("GET", path, null);
        return reply.statusCode() == 404 ? Optional.empty() : Optional.of(checked("read " + path, reply));
    }

    /** @param what for the error: such as {@code create card meter_curve} */
    JsonNode post(String what, String path, JsonNode body) {
        return checked(what, send("POST", path, body));
    }

    JsonNode put(String what, String path, JsonNode body) {
        return checked(what, send("PUT", path, body));
    }

    private HttpResponse<String> send(String method, String path, @Nullable JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JsonDocuments.compact(body)));
        login.ifPresent(header -> request.header(header.name(), header.value()));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw down(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw down(e);
        }
    }

    private JsonNode checked(String what, HttpResponse<String> reply) {
        return switch (reply.statusCode() / 100) {
            case 2 -> json(reply);
            case 3 ->
                throw notMetabase("it sends elsewhere, to "
                        + reply.headers().firstValue("Location").orElse("nowhere"));
            default -> {
                if (reply.statusCode() == 401) {
                    throw loginRefused(reason(reply));
                }
                throw refused(what, reply);
            }
        };
    }

    private JsonNode json(HttpResponse<String> reply) {
        try {
            // 204 and 202 have no body.
            return reply.body().isBlank() ? JsonNodeFactory.instance.objectNode() : JsonDocuments.tree(reply.body());
        } catch (JsonProcessingException e) {
            throw notMetabase("its answer is no JSON");
        }
    }

    /** The reason within an answer: Metabase has three forms of it. */
    private static String reason(HttpResponse<String> reply) {
        String text = reply.body().strip();
        try {
            JsonNode body = JsonDocuments.tree(text);
            for (String key : new String[] {"specific-errors", "errors", "message"}) {
                JsonNode part = body.path(key);
                if (part.isTextual() || !part.isEmpty()) {
                    text = part.isTextual() ? part.asText() : JsonDocuments.compact(part);
                    break;
                }
            }
        } catch (JsonProcessingException e) {
            // Some refusals are plain text.
        }
        return text.length() > 500 ? text.substring(0, 500) + " …" : text;
    }

    private MeterlakeException down(Exception e) {
        String reason = e.getMessage() == null ? "no connection" : e.getMessage();
        return new MeterlakeException(
                METABASE_DOWN,
                "Cannot reach Metabase at " + base + ": " + reason,
                "Start it, or correct metabase.url; then run the command again.",
                e);
    }

    private MeterlakeException notMetabase(String reason) {
        return new MeterlakeException(
                NOT_METABASE,
                "Cannot use " + base + " as Metabase: " + reason,
                "Write metabase.url as the address at which a browser shows Metabase.");
    }

    private MeterlakeException loginRefused(String reason) {
        return new MeterlakeException(
                LOGIN_REFUSED,
                "Cannot log in to Metabase at " + base + ": it answers " + reason,
                "Correct the API key, or the user and the password.");
    }

    private MeterlakeException refused(String what, HttpResponse<String> reply) {
        String hint = reply.statusCode() == 403
                ? "Give the account or the API key's group the rights of an administrator, or have one do this."
                : AGAIN;
        return new MeterlakeException(
                CALL_REFUSED,
                "Cannot %s: Metabase answers %d, %s".formatted(what, reply.statusCode(), reason(reply)),
                hint);
    }

    @Override
    public void close() {
        http.close();
    }
}
