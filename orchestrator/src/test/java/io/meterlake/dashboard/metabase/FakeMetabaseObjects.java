package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.dashboard.metabase.FakeMetabase.Refused;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@link FakeMetabase} keeps, and the rules by which it changes. */
final class FakeMetabaseObjects {
    private static final Pattern PATH =
            Pattern.compile("/api/(collection|card|dashboard|database|table|field)(?:/(\\d+)(/[^?]+)?)?(?:\\?(.*))?");

    private static final String[] CARD = {
        "name",
        "type",
        "dataset_query",
        "parameters",
        "parameter_mappings",
        "description",
        "display",
        "visualization_settings",
        "collection_id",
        "collection_position",
        "result_metadata",
        "cache_ttl",
        "dashboard_id",
        "dashboard_tab_id"
    };
    private static final String[] PARAMETER = {
        "id",
        "name",
        "slug",
        "type",
        "sectionId",
        "default",
        "target",
        "values_query_type",
        "values_source_type",
        "values_source_config",
        "isMultiSelect",
        "required",
        "filteringParameters",
        "temporal_units",
        "mappings"
    };
    private static final String[] DATABASE = {
        "name",
        "engine",
        "details",
        "description",
        "is_full_sync",
        "is_on_demand",
        "schedules",
        "auto_run_queries",
        "cache_ttl"
    };

    final TreeMap<Integer, ObjectNode> collections = new TreeMap<>();
    final TreeMap<Integer, ObjectNode> cards = new TreeMap<>();
    final TreeMap<Integer, ObjectNode> dashboards = new TreeMap<>();
    final TreeMap<Integer, ObjectNode> databases = new TreeMap<>();

    final FakeAccess access = new FakeAccess();

    private final FakeTables tables;
    private final int release;
    private int lastId = 10;

    FakeMetabaseObjects(List<String> columns, int release) {
        this.tables = new FakeTables(columns);
        this.release = release;
    }

    JsonNode reply(String method, String path, JsonNode body) {
        Optional<JsonNode> ofAccess = access.reply(method, path, body);
        if (ofAccess.isPresent()) {
            return ofAccess.get();
        }
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw new Refused(404, "API endpoint does not exist.");
        }
        String kind = parts.group(1);
        Optional<Integer> id = Optional.ofNullable(parts.group(2)).map(Integer::valueOf);
        String rest = Objects.requireNonNullElse(parts.group(3), "");
        String query = Objects.requireNonNullElse(parts.group(4), "");
        if (kind.equals("table") && id.isPresent() && rest.equals("/query_metadata")) {
            return tables.columnsOf(id.get());
        }
        if (kind.equals("database") && id.isPresent() && !rest.isEmpty()) {
            found("database", id.get());
            return tables.reply(method, rest);
        }
        if (kind.equals("field") && id.isPresent() && rest.isEmpty() && method.equals("GET")) {
            return tables.column(id.get());
        }
        if (kind.equals("table") || kind.equals("field") || !rest.isEmpty()) {
            throw new Refused(404, "API endpoint does not exist.");
        }
        return switch (method + (id.isPresent() ? " one" : "")) {
            case "GET" -> list(kind, query);
            case "GET one" -> read(kind, found(kind, id.orElseThrow()));
            case "POST" -> create(kind, body);
            case "PUT one" -> read(kind, change(kind, found(kind, id.orElseThrow()), body));
            default -> throw new Refused(404, "API endpoint does not exist.");
        };
    }

    Map<Integer, ObjectNode> of(String kind) {
        return switch (kind) {
            case "collection" -> collections;
            case "card" -> cards;
            case "dashboard" -> dashboards;
            default -> databases;
        };
    }

    private JsonNode list(String kind, String query) {
        boolean archived = query.equals(kind.equals("collection") ? "archived=true" : "f=archived");
        if (!query.isEmpty() && !archived) {
            throw new Refused(400, "{\"specific-errors\": {\"f\": [\"should be one of\"]}}");
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        if (kind.equals("collection")) {
            all.addObject().put("id", "root").put("name", "Our analytics");
        }
        of(kind).values().stream()
                .filter(one -> one.path("archived").asBoolean() == archived)
                .forEach(one -> {
                    ObjectNode shown = read(kind, one);
                    shown.remove("dashcards");
                    all.add(shown);
                });
        if (kind.equals("database")) {
            ObjectNode page = FakeMetabase.object();
            page.set("data", all);
            return page.put("total", all.size());
        }
        return all;
    }

    private ObjectNode found(String kind, int id) {
        ObjectNode one = of(kind).get(id);
        if (one == null) {
            throw new Refused(404, "Not found.");
        }
        return one;
    }

    /** As the API shows it: more than was sent, and queries in the release's own form. */
    private ObjectNode read(String kind, ObjectNode kept) {
        ObjectNode shown = kept.deepCopy();
        shown.put("created_at", "2026-01-01T00:00:00Z").put("can_write", true);
        switch (kind) {
            case "card" -> {
                shown.putObject("creator").put("id", 1);
                shown.putArray("result_metadata");
                shown.put("query_type", "native").put("type", "question");
                if (release >= 57) {
                    shown.set("dataset_query", FakeQueries.inStages(kept.path("dataset_query"), release));
                }
            }
            case "dashboard" -> {
                for (JsonNode one : shown.path("dashcards")) {
                    ObjectNode dashcard = (ObjectNode) one;
                    dashcard.put("dashboard_id", kept.path("id").asInt()).put("entity_id", "abcdefghijklmnopqrstu");
                    ObjectNode card = cards.get(dashcard.path("card_id").asInt());
                    dashcard.set("card", card == null ? FakeMetabase.object() : card.deepCopy());
                    if (release >= 57) {
                        dashcard.path("parameter_mappings")
                                .forEach(mapping -> ((ArrayNode) mapping.path("target"))
                                        .addObject()
                                        .put("stage-number", 0));
                    }
                }
            }
            case "database" -> {
                if (shown.path("details").has("password")) {
                    ((ObjectNode) shown.path("details")).put("password", "**MetabasePass**");
                }
            }
            default -> {}
        }
        return shown;
    }

    private JsonNode create(String kind, JsonNode body) {
        ObjectNode one = FakeMetabase.object().put("archived", false);
        switch (kind) {
            case "collection" -> {
                only(body, "name", "description", "parent_id", "namespace", "authority_level");
                one.put("location", "/");
            }
            case "card" -> {
                only(body, with(CARD, "entity_id", "size", "source_card_id"));
                required(body, "dataset_query", "display", "visualization_settings");
            }
            case "dashboard" -> {
                only(body, "name", "parameters", "description", "cache_ttl", "collection_id", "collection_position");
                one.putArray("dashcards");
                one.putArray("tabs");
                one.putArray("parameters");
            }
            default -> {
                only(body, DATABASE_ON_CREATE);
                required(body, "engine", "details");
            }
        }
        required(body, "name");
        checkValues(kind, body);
        one.setAll((ObjectNode) body);
        one.put("id", ++lastId);
        of(kind).put(lastId, one);
        return read(kind, one);
    }

    private static final String[] DATABASE_ON_CREATE = {
        "name",
        "engine",
        "details",
        "is_full_sync",
        "is_on_demand",
        "schedules",
        "auto_run_queries",
        "cache_ttl",
        "connection_source",
        "provider_name"
    };

    private ObjectNode change(String kind, ObjectNode one, JsonNode body) {
        switch (kind) {
            case "collection" -> only(body, "name", "description", "archived", "parent_id", "authority_level");
            case "card" ->
                only(
                        body,
                        with(
                                CARD,
                                "archived",
                                "enable_embedding",
                                "embedding_type",
                                "embedding_params",
                                "collection_preview"));
            case "dashboard" ->
                only(
                        body,
                        "name",
                        "description",
                        "caveats",
                        "points_of_interest",
                        "show_in_getting_started",
                        "enable_embedding",
                        "embedding_type",
                        "embedding_params",
                        "parameters",
                        "position",
                        "width",
                        "archived",
                        "auto_apply_filters",
                        "collection_id",
                        "collection_position",
                        "cache_ttl",
                        "dashcards",
                        "tabs");
            default -> only(body, DATABASE);
        }
        checkValues(kind, body);
        ObjectNode update = body.deepCopy();
        if (kind.equals("dashboard") && body.has("dashcards")) {
            if (one.path("archived").asBoolean()) {
                throw new Refused(404, "{\"message\": \"The object has been archived.\"}");
            }
            update.set("dashcards", dashcards(one, body));
            update.set("tabs", tabs(body));
        }
        if (kind.equals("database")
                && update.path("details").path("password").asText("").contains("**")) {
            ((ObjectNode) update.path("details"))
                    .set("password", one.path("details").path("password"));
        }
        one.setAll(update);
        if (kind.equals("collection") && body.has("archived")) {
            for (Map<Integer, ObjectNode> inside : List.of(cards, dashboards)) {
                inside.values().stream()
                        .filter(item -> item.path("collection_id").asInt()
                                == one.path("id").asInt())
                        .forEach(item -> item.set("archived", body.path("archived")));
            }
        }
        return one;
    }

    /** The array that is sent takes the place of the one that is there; ids that are not there make new ones. */
    private ArrayNode dashcards(ObjectNode dashboard, JsonNode body) {
        Set<Integer> known = new HashSet<>();
        Set<Integer> tabs = new HashSet<>();
        body.path("tabs").forEach(tab -> tabs.add(tab.path("id").asInt()));
        for (JsonNode one : dashboard.path("dashcards")) {
            JsonNode tab = one.path("dashboard_tab_id");
            if (!tab.isInt() || tabs.contains(tab.asInt())) {
                known.add(one.path("id").asInt());
            }
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Set<Integer> sent = new HashSet<>();
        for (JsonNode one : body.path("dashcards")) {
            only(
                    one,
                    "id",
                    "size_x",
                    "size_y",
                    "row",
                    "col",
                    "card_id",
                    "action_id",
                    "dashboard_tab_id",
                    "parameter_mappings",
                    "visualization_settings",
                    "inline_parameters",
                    "series");
            required(one, "id", "size_x", "size_y", "row", "col");
            if (!sent.add(one.path("id").asInt())) {
                throw new Refused(400, "{\"errors\": {\"dashcards\": \"values for id must be unique\"}}");
            }
            if (one.path("card_id").isInt()
                    && found("card", one.path("card_id").asInt())
                            .path("archived")
                            .asBoolean()) {
                throw new Refused(404, "{\"message\": \"The object has been archived.\"}");
            }
            for (JsonNode mapping : one.path("parameter_mappings")) {
                only(mapping, "parameter_id", "card_id", "target");
                required(mapping, "parameter_id", "target");
            }
            ObjectNode kept = one.deepCopy();
            if (!known.contains(one.path("id").asInt())) {
                kept.put("id", ++lastId);
            }
            all.add(kept);
        }
        return all;
    }

    private ArrayNode tabs(JsonNode body) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (JsonNode tab : body.path("tabs")) {
            only(tab, "id", "name", "position");
            all.add(tab);
        }
        return all;
    }

    private void checkValues(String kind, JsonNode body) {
        if (body.has("name") && body.path("name").asText().isBlank()) {
            throw new Refused(400, "{\"errors\": {\"name\": \"value must be a non-blank string.\"}}");
        }
        if (body.path("collection_id").isInt()) {
            found("collection", body.path("collection_id").asInt());
        }
        for (JsonNode parameter : body.path("parameters")) {
            only(parameter, PARAMETER);
            required(parameter, "id", "type");
            JsonNode source = parameter.path("values_source_config");
            only(source, "values", "card_id", "value_field", "label_field");
            if (parameter.path("values_source_type").asText().equals("card")) {
                required(source, "card_id", "value_field");
                found("card", source.path("card_id").asInt());
            }
        }
        if (kind.equals("card") && body.has("dataset_query")) {
            found("database", body.path("dataset_query").path("database").asInt());
            FakeQueries.check(body.path("dataset_query"), tables.columns());
        }
    }

    private static String[] with(String[] names, String... more) {
        List<String> all = new ArrayList<>(List.of(names));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    static void only(JsonNode body, String... known) {
        body.fieldNames().forEachRemaining(name -> {
            if (!List.of(known).contains(name)) {
                throw new Refused(400, "{\"specific-errors\": {\"%s\": [\"disallowed key\"]}}".formatted(name));
            }
        });
    }

    static void required(JsonNode body, String... names) {
        for (String name : names) {
            if (!body.hasNonNull(name)) {
                throw new Refused(400, "{\"specific-errors\": {\"%s\": [\"missing required key\"]}}".formatted(name));
            }
        }
    }
}
