package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Says what the server has in the words of {@link WantedStates}.
 *
 * @param connection its id; nothing if there is none yet
 * @param collections the slugs of our collections by id
 * @param cards the slugs of our cards by id
 */
record FoundStates(
        Optional<Integer> connection, Fields fields, Map<Integer, String> collections, Map<Integer, String> cards) {
    static ObjectState collection(ObjectKey key, JsonNode raw) {
        return new ObjectState(key, common(raw));
    }

    ObjectState card(ObjectKey key, JsonNode raw) {
        Map<String, String> properties = common(raw);
        properties.put("collection", collectionOf(raw));
        properties.put("display", raw.path("display").asText());
        Optional<NativeQuery> query = NativeQuery.read(raw.path("dataset_query"));
        properties.put(
                "sql", query.map(one -> Words.text(one.sql())).orElse("none: it was turned into a query without"));
        query.ifPresent(one -> {
            if (!connection.equals(Optional.of(one.connection()))) {
                properties.put("connection", "another one (id " + one.connection() + ")");
            }
            one.tags().forEach((name, tag) -> properties.put("template tag " + name, NativeQuery.words(tag, fields)));
        });
        properties.put("visualization settings", CanonicalJson.text(raw.path("visualization_settings")));
        return new ObjectState(key, properties);
    }

    ObjectState dashboard(ObjectKey key, JsonNode raw) {
        Map<String, String> properties = common(raw);
        properties.put("collection", collectionOf(raw));
        FoundParameters parameters = FoundParameters.of(raw, cards);
        properties.putAll(parameters.properties());
        if (raw.path("tabs").size() > 0) {
            properties.put("tabs", raw.path("tabs").size() + " made by hand");
        }
        Map<String, Integer> occurrences = new HashMap<>();
        for (JsonNode dashcard : inReadingOrder(raw.path("dashcards"))) {
            String card = cardOf(dashcard);
            properties.put(
                    Words.place(card, occurrences.merge(card, 1, Integer::sum)),
                    dashcardWords(dashcard, parameters.slugs()));
        }
        return new ObjectState(key, properties);
    }

    /** As the files list them: from the top, from the left. The server keeps no order. */
    static List<JsonNode> inReadingOrder(JsonNode dashcards) {
        List<JsonNode> sorted = new ArrayList<>();
        dashcards.forEach(sorted::add);
        sorted.sort(Comparator.comparingInt(
                        (JsonNode dashcard) -> dashcard.path("row").asInt())
                .thenComparingInt(dashcard -> dashcard.path("col").asInt()));
        return sorted;
    }

    private String cardOf(JsonNode dashcard) {
        JsonNode id = dashcard.path("card_id");
        if (!id.isInt()) {
            return "of text or a link, added by hand";
        }
        return Objects.requireNonNullElse(
                cards.get(id.asInt()), "\"" + dashcard.path("card").path("name").asText() + "\" (id " + id + ")");
    }

    private static String dashcardWords(JsonNode dashcard, Map<String, String> slugs) {
        List<String> mappings = new ArrayList<>();
        for (JsonNode mapping : dashcard.path("parameter_mappings")) {
            String parameter = mapping.path("parameter_id").asText();
            mappings.add(slugs.getOrDefault(parameter, "a parameter that is gone") + " to "
                    + NativeQuery.tagOf(mapping.path("target")).orElse("a column"));
        }
        mappings.sort(null);
        String settings = CanonicalJson.text(dashcard.path("visualization_settings"));
        return Words.dashcard(
                        dashcard.path("row").asInt(),
                        dashcard.path("col").asInt(),
                        dashcard.path("size_x").asInt(),
                        dashcard.path("size_y").asInt(),
                        mappings)
                + (settings.isEmpty() ? "" : "; settings " + settings)
                + (dashcard.path("series").size() > 0 ? "; with other cards in it" : "");
    }

    private String collectionOf(JsonNode raw) {
        JsonNode id = raw.path("collection_id");
        if (raw.path("dashboard_id").isInt()) {
            return "within a dashboard (id " + raw.path("dashboard_id").asText() + ")";
        }
        if (!id.isInt()) {
            return "none, at the top";
        }
        return Objects.requireNonNullElse(collections.get(id.asInt()), "another one (id " + id + ")");
    }

    private static Map<String, String> common(JsonNode raw) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("name", raw.path("name").asText());
        properties.put(
                "description", Words.text(Marker.without(raw.path("description").asText(""))));
        if (raw.path("archived").asBoolean()) {
            properties.put("state", Words.ARCHIVED);
        }
        return properties;
    }
}
