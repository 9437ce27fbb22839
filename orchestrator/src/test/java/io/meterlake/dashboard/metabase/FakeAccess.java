package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.dashboard.metabase.FakeMetabase.Refused;
import java.util.List;
import java.util.Optional;

/**
 * Groups, both graphs of permissions and the cache of {@link FakeMetabase}, as the open-source edition has them: a graph's
 * named parts are overwritten, with the revision that is current; only the whole server has a policy, nocache or ttl.
 */
final class FakeAccess {
    final ArrayNode groups = JsonNodeFactory.instance.arrayNode();
    final ObjectNode data = FakeMetabase.object().put("revision", 1);
    final ObjectNode collections = FakeMetabase.object().put("revision", 1);
    final ObjectNode cache = FakeMetabase.object();

    FakeAccess() {
        for (String name : List.of("Administrators", "All Users")) {
            groups.addObject().put("id", groups.size()).put("name", name);
        }
        data.putObject("groups");
        collections.putObject("groups").putObject("2").put("root", "write");
        cache.putArray("data");
    }

    Optional<JsonNode> reply(String method, String path, JsonNode body) {
        return switch (method + " " + path) {
            case "GET /api/permissions/group" -> Optional.of(groups);
            case "POST /api/permissions/group" -> Optional.of(create(body));
            case "GET /api/permissions/graph" -> Optional.of(data);
            case "PUT /api/permissions/graph" -> Optional.of(overwrite(data, body));
            case "GET /api/collection/graph" -> Optional.of(collections);
            case "PUT /api/collection/graph" -> Optional.of(overwrite(collections, body));
            case "GET /api/cache" -> Optional.of(cache);
            case "PUT /api/cache" -> Optional.of(change(body));
            default -> Optional.empty();
        };
    }

    private JsonNode create(JsonNode body) {
        FakeMetabaseObjects.only(body, "name");
        FakeMetabaseObjects.required(body, "name");
        groups.forEach(one -> {
            if (one.path("name").equals(body.path("name"))) {
                throw new Refused(400, "{\"errors\": {\"name\": \"A group with that name already exists.\"}}");
            }
        });
        return groups.addObject().put("id", groups.size()).setAll((ObjectNode) body);
    }

    private static JsonNode overwrite(ObjectNode graph, JsonNode body) {
        FakeMetabaseObjects.only(body, "revision", "groups");
        FakeMetabaseObjects.required(body, "revision", "groups");
        if (!body.path("revision").equals(graph.path("revision"))) {
            throw new Refused(409, "\"Looks like someone else edited the permissions and your data is out of date.\"");
        }
        body.path("groups")
                .properties()
                .forEach(group -> group.getValue().properties().forEach(cell -> {
                    if (group.getKey().equals("0") || cell.getKey().equals("0")) {
                        throw new Refused(400, "\"Cannot parse permissions graph because it is invalid\"");
                    }
                    ObjectNode cells = (ObjectNode) graph.path("groups");
                    if (!cells.has(group.getKey())) {
                        cells.putObject(group.getKey());
                    }
                    ((ObjectNode) cells.path(group.getKey())).set(cell.getKey(), shown(cell.getValue()));
                }));
        return graph.put("revision", graph.path("revision").asInt() + 1);
    }

    /** The least is left out. */
    private static JsonNode shown(JsonNode value) {
        if (value instanceof ObjectNode cell) {
            FakeMetabaseObjects.only(cell, "view-data", "create-queries");
            ObjectNode shown = cell.deepCopy();
            if (cell.path("create-queries").asText().equals("no")) {
                shown.remove("create-queries");
            }
            return shown;
        }
        if (!List.of("read", "write", "none").contains(value.asText())) {
            throw new Refused(400, "{\"specific-errors\": {\"groups\": [\"should be one of read, write, none\"]}}");
        }
        return value;
    }

    private JsonNode change(JsonNode body) {
        FakeMetabaseObjects.only(body, "model", "model_id", "strategy");
        if (!body.path("model").asText().equals("root") || body.path("model_id").asInt(-1) != 0) {
            throw new Refused(402, "{\"message\": \"Granular Caching is a paid feature\"}");
        }
        FakeMetabaseObjects.only(body.path("strategy"), "type", "multiplier", "min_duration_ms");
        FakeMetabaseObjects.required(body.path("strategy"), "type", "multiplier", "min_duration_ms");
        cache.putArray("data").add(body);
        return FakeMetabase.object().put("id", 1);
    }
}
