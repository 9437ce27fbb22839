package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.meterlake.dashboard.Collection;
import io.meterlake.dashboard.Numbers;
import io.meterlake.json.JsonDocuments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes what the server has as our files say it; what they cannot say is left out, and found by comparing. */
final class FileTexts {
    private FileTexts() {}

    static Map<String, String> collections(List<Collection> all) {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Collection one : all) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("slug", one.slug());
            entry.put("name", one.name());
            put(entry, "description", one.description());
            entries.add(entry);
        }
        return Map.of("collections.yml", yaml(Map.of("collections", entries)));
    }

    /** @param shows unless the description says it */
    static Map<String, String> card(ObjectState state, JsonNode raw, NativeQuery query, Fields fields, Numbers shows) {
        ShownNumbers description = ShownNumbers.split(state.properties().getOrDefault("description", ""));
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("name", state.name());
        put(card, "description", description.text());
        card.put("collection", state.properties().getOrDefault("collection", ""));
        card.put("display", raw.path("display").asText());
        card.put("shows", description.numbers().orElse(shows).word());
        Map<String, Object> tags = new LinkedHashMap<>();
        query.tags().forEach((name, tag) -> tags.put(name, tag(name, tag, fields)));
        put(card, "template_tags", tags);
        put(card, "visualization_settings", settings(raw));
        String file = Kind.CARD.file(state.key().slug());
        return Map.of(file, yaml(card), file.substring(0, file.length() - 4) + ".sql", Words.text(query.sql()) + "\n");
    }

    private static Map<String, Object> tag(String name, JsonNode tag, Fields fields) {
        Map<String, Object> entry = new LinkedHashMap<>();
        if (!tag.path("display-name").asText().equals(name)) {
            put(entry, "display_name", tag.path("display-name").asText());
        }
        entry.put("type", tag.path("type").asText());
        if (!tag.path("dimension").isMissingNode()) {
            String column =
                    NativeQuery.fieldId(tag.path("dimension")).map(fields::name).orElse("");
            // Which catalog makes no difference to Metabase; the lake's tables are named as the models name them.
            entry.put("dimension", (column.startsWith("lake.") ? "hudi." : "hive.") + column);
            entry.put("widget_type", tag.path("widget-type").asText());
        }
        if (tag.path("required").asBoolean()) {
            entry.put("required", true);
        }
        put(entry, "default", CanonicalJson.value(tag.path("default")));
        return entry;
    }

    private static Map<?, ?> settings(JsonNode raw) {
        try {
            return raw.path("visualization_settings").isObject()
                    ? JsonDocuments.read(JsonDocuments.compact(raw.path("visualization_settings")), Map.class)
                    : Map.of();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON that was just written", e);
        }
    }

    static Map<String, String> dashboard(ObjectState state, JsonNode raw, Map<Integer, String> cards) {
        Map<String, Object> dashboard = new LinkedHashMap<>();
        dashboard.put("name", state.name());
        put(dashboard, "description", state.properties().getOrDefault("description", ""));
        dashboard.put("collection", state.properties().getOrDefault("collection", ""));
        Map<String, String> slugs = new LinkedHashMap<>();
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (JsonNode one : raw.path("parameters")) {
            slugs.put(one.path("id").asText(), one.path("slug").asText());
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("slug", one.path("slug").asText());
            entry.put("name", one.path("name").asText());
            entry.put("type", one.path("type").asText());
            put(entry, "default", CanonicalJson.value(one.path("default")));
            put(entry, "values", FoundParameters.values(one));
            FoundParameters.valuesFrom(one).ifPresent(from -> {
                if (cards.containsKey(from.card())) {
                    entry.put("values_from", Map.of("card", cards.get(from.card()), "column", from.column()));
                }
            });
            parameters.add(entry);
        }
        put(dashboard, "parameters", parameters);
        List<Map<String, Object>> dashcards = new ArrayList<>();
        for (JsonNode one : FoundStates.inReadingOrder(raw.path("dashcards"))) {
            String card = cards.get(one.path("card_id").asInt());
            if (card != null) {
                dashcards.add(dashcard(card, one, slugs));
            }
        }
        put(dashboard, "dashcards", dashcards);
        return Map.of(Kind.DASHBOARD.file(state.key().slug()), yaml(dashboard));
    }

    private static Map<String, Object> dashcard(String card, JsonNode raw, Map<String, String> slugs) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("card", card);
        for (String key : List.of("row", "col", "size_x", "size_y")) {
            entry.put(key, raw.path(key).asInt());
        }
        List<Map<String, Object>> mappings = new ArrayList<>();
        for (JsonNode one : raw.path("parameter_mappings")) {
            String parameter = slugs.get(one.path("parameter_id").asText());
            Optional<String> tag = NativeQuery.tagOf(one.path("target"));
            if (parameter != null && tag.isPresent()) {
                Map<String, Object> mapping = new LinkedHashMap<>();
                mapping.put("parameter", parameter);
                mapping.put("tag", tag.get());
                mappings.add(mapping);
            }
        }
        put(entry, "parameter_mappings", mappings);
        return entry;
    }

    private static void put(Map<String, Object> entry, String key, Object value) {
        boolean isEmpty = switch (value) {
            case String text -> text.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            case List<?> list -> list.isEmpty();
            default -> false;
        };
        if (!isEmpty) {
            entry.put(key, value);
        }
    }

    private static String yaml(Map<String, Object> document) {
        DumperOptions options = new DumperOptions();
        // What holds single values only stands in one line, as in the files that people write.
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
        options.setWidth(120);
        options.setAllowUnicode(true);
        options.setSplitLines(true);
        return new Yaml(options).dump(document);
    }
}
