package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How Metabase reaches Trino, by its driver "Starburst (Trino)".
 *
 * @param name Metabase's name of the connection
 * @param catalog that of the published views; it also shows the lake's Hudi tables, which it redirects to
 */
public record TrinoConnection(String name, String host, int port, boolean ssl, String user, String catalog) {
    static final String ENGINE = "starburst";

    /** That of an address {@code http://host:port}. */
    public static TrinoConnection of(String name, URI trino, String user) {
        return new TrinoConnection(
                name, trino.getHost(), trino.getPort(), "https".equals(trino.getScheme()), user, "hive");
    }

    /** As a server has it; nothing if it does not show the details, which administrators see only. */
    static Optional<TrinoConnection> read(JsonNode database) {
        JsonNode details = database.path("details");
        if (!details.has("host")) {
            return Optional.empty();
        }
        return Optional.of(new TrinoConnection(
                database.path("name").asText(),
                details.path("host").asText(),
                details.path("port").asInt(),
                details.path("ssl").asBoolean(),
                details.path("user").asText(),
                details.path("catalog").asText()));
    }

    /** @param known the details that are there already; what is not named here stays, passwords included */
    ObjectNode details(ObjectNode known, Optional<String> password) {
        ObjectNode details = known.deepCopy();
        details.put("host", host)
                .put("port", port)
                .put("catalog", catalog)
                .put("user", user)
                .put("ssl", ssl)
                .put("prepared-optimized", true);
        password.ifPresent(secret -> details.put("password", secret));
        return details;
    }

    ObjectNode details(Optional<String> password) {
        return details(JsonNodeFactory.instance.objectNode(), password);
    }

    List<Difference> differencesTo(TrinoConnection server) {
        return Difference.between(server.properties(), properties());
    }

    private Map<String, String> properties() {
        return new TreeMap<>(Map.of(
                "host",
                host,
                "port",
                String.valueOf(port),
                "catalog",
                catalog,
                "user",
                user,
                "ssl",
                ssl ? "yes" : "no"));
    }
}
