package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.dashboard.ServerSettings;
import io.meterlake.dashboard.ServerSettings.CachePolicy;
import io.meterlake.dashboard.ServerSettings.ReaderGroup;
import io.meterlake.dashboard.metabase.DashboardPlan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Who may read, and what the server keeps of results. Both graphs of permissions are changed in the cells that the files
 * name, with the revision that was read, so that the server refuses when somebody else changed them meanwhile.
 *
 * @param groups their ids by name
 */
record ServerAccess(Map<String, Integer> groups, JsonNode data, JsonNode collections, Optional<CachePolicy> cache) {
    static final ServerAccess NONE = new ServerAccess(
            Map.of(), JsonNodeFactory.instance.objectNode(), JsonNodeFactory.instance.objectNode(), Optional.empty());

    private static final String DATA = "/api/permissions/graph";
    private static final String COLLECTIONS = "/api/collection/graph";
    private static final String CACHE = "/api/cache";

    ServerAccess {
        groups = Map.copyOf(groups);
    }

    /** Only what the files name: nothing else is asked for, which takes the rights of an administrator. */
    static ServerAccess read(MetabaseClient client, ServerSettings wanted) {
        Map<String, Integer> groups = new HashMap<>();
        boolean hasGroups = !wanted.groups().isEmpty();
        if (hasGroups) {
            for (JsonNode one : client.get("/api/permissions/group")) {
                groups.put(one.path("name").asText(), one.path("id").asInt());
            }
        }
        Optional<CachePolicy> cache = Optional.empty();
        if (wanted.cache().isPresent()) {
            JsonNode strategy = client.get(CACHE).path("data").path(0).path("strategy");
            if (strategy.path("type").asText().equals("ttl")) {
                cache = Optional.of(new CachePolicy(
                        strategy.path("multiplier").asInt(),
                        strategy.path("min_duration_ms").asInt()));
            }
        }
        return new ServerAccess(
                groups,
                hasGroups ? client.get(DATA) : NONE.data,
                hasGroups ? client.get(COLLECTIONS) : NONE.collections,
                cache);
    }

    /**
     * What has to be done.
     *
     * @param collectionId the ids of our collections by slug
     */
    List<Step> steps(
            ServerSettings wanted, Optional<Integer> connection, Function<String, Optional<Integer>> collectionId) {
        List<Step> steps = new ArrayList<>();
        for (ReaderGroup group : wanted.groups()) {
            Integer id = groups.get(group.name());
            if (id == null) {
                steps.add(new Step.CreateGroup(group.name()));
            }
            List<Difference> differences = Difference.between(
                    id == null ? Map.of() : found(group, id, connection, collectionId), properties(group));
            if (!differences.isEmpty()) {
                steps.add(new Step.Permit(group, differences));
            }
        }
        wanted.cache().filter(policy -> !cache.equals(Optional.of(policy))).ifPresent(policy -> {
            String before = cache.map(ServerAccess::words).orElse("");
            steps.add(new Step.ChangeCache(policy, List.of(new Difference("cache", before, words(policy)))));
        });
        return steps;
    }

    private static Map<String, String> properties(ReaderGroup group) {
        Map<String, String> properties = new TreeMap<>();
        group.reads().forEach(slug -> properties.put("collection " + slug, "read"));
        properties.put("view data", "unrestricted");
        properties.put("create queries", group.createQueries());
        return properties;
    }

    private Map<String, String> found(
            ReaderGroup group, int id, Optional<Integer> connection, Function<String, Optional<Integer>> collectionId) {
        Map<String, String> properties = new TreeMap<>();
        for (String slug : group.reads()) {
            // What is not named has none.
            properties.put(
                    "collection " + slug,
                    collectionId
                            .apply(slug)
                            .map(one -> cell(collections, id, one).asText("none"))
                            .orElse(""));
        }
        if (connection.isPresent()) {
            JsonNode cell = cell(data, id, connection.get());
            // The least is left out.
            properties.put("view data", word(cell.path("view-data"), "blocked"));
            properties.put("create queries", word(cell.path("create-queries"), "no"));
        }
        return properties;
    }

    private static JsonNode cell(JsonNode graph, int group, int of) {
        return graph.path("groups").path(String.valueOf(group)).path(String.valueOf(of));
    }

    private static String word(JsonNode value, String least) {
        return value.isMissingNode() ? least : CanonicalJson.value(value);
    }

    private static String words(CachePolicy policy) {
        return "results of queries of %d ms or more for %d times as long"
                .formatted(policy.minDurationMs(), policy.multiplier());
    }

    static int createGroup(MetabaseClient client, String name) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name);
        return client.post("create the group " + name, "/api/permissions/group", body)
                .path("id")
                .asInt();
    }

    static void permit(
            MetabaseClient client, ReaderGroup group, int id, int connection, Map<String, Integer> collectionIds) {
        ObjectNode data = body(client.get(DATA));
        data.putObject("groups")
                .putObject(String.valueOf(id))
                .putObject(String.valueOf(connection))
                .put("view-data", "unrestricted")
                .put("create-queries", group.createQueries());
        client.put("let the group " + group.name() + " see the data", DATA, data);
        if (!group.reads().isEmpty()) {
            JsonNode graph = client.get(COLLECTIONS);
            ObjectNode collections = body(graph);
            ObjectNode cells = collections.putObject("groups").putObject(String.valueOf(id));
            // Some releases take what is not named for none.
            graph.path("groups")
                    .path(String.valueOf(id))
                    .properties()
                    .forEach(one -> cells.set(one.getKey(), one.getValue()));
            group.reads().forEach(slug -> cells.put(String.valueOf(collectionIds.getOrDefault(slug, 0)), "read"));
            client.put("let the group " + group.name() + " read the collections", COLLECTIONS, collections);
        }
    }

    private static ObjectNode body(JsonNode graph) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("revision", graph.path("revision"));
        return body;
    }

    static void changeCache(MetabaseClient client, CachePolicy policy) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("model", "root").put("model_id", 0);
        body.putObject("strategy")
                .put("type", "ttl")
                .put("multiplier", policy.multiplier())
                .put("min_duration_ms", policy.minDurationMs());
        client.put("change the cache", CACHE, body);
    }
}
