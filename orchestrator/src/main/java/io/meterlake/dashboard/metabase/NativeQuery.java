package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A card's SQL, read from either form: since 0.57 {@code stages} of MBQL 5, before {@code native}; with the template tags
 * by name, or in a list.
 */
record NativeQuery(int connection, String sql, Map<String, JsonNode> tags) {
    /** Nothing if the card was turned into one without SQL. */
    static Optional<NativeQuery> read(JsonNode query) {
        JsonNode stage = query.path("stages").path(0);
        JsonNode sql = stage.path("native").isTextual()
                ? stage.path("native")
                : query.path("native").path("query");
        if (!sql.isTextual()) {
            return Optional.empty();
        }
        JsonNode tags =
                stage.isMissingNode() ? query.path("native").path("template-tags") : stage.path("template-tags");
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        if (tags.isArray()) {
            tags.forEach(tag -> byName.put(tag.path("name").asText(), tag));
        } else {
            tags.properties().forEach(one -> byName.put(one.getKey(), one.getValue()));
        }
        return Optional.of(new NativeQuery(query.path("database").asInt(), sql.asText(), byName));
    }

    /** A tag as {@link Words} say it. */
    static String words(JsonNode tag, Fields fields) {
        JsonNode dimension = tag.path("dimension");
        return Words.tag(
                tag.path("type").asText(),
                tag.path("display-name").asText(),
                dimension.isMissingNode()
                        ? ""
                        : fieldId(dimension).map(fields::name).orElse("no column"),
                tag.path("widget-type").asText(),
                tag.path("required").asBoolean(),
                CanonicalJson.value(tag.path("default")));
    }

    /** The id within {@code ["field", 7, null]} or {@code ["field", {…}, 7]}. */
    static Optional<Integer> fieldId(JsonNode dimension) {
        for (JsonNode part : dimension) {
            if (part.isInt()) {
                return Optional.of(part.asInt());
            }
        }
        return Optional.empty();
    }

    /** The tag within {@code ["dimension", ["template-tag", "meters"], …]}, wherever a release puts options. */
    static Optional<String> tagOf(JsonNode target) {
        for (JsonNode part : target) {
            if (part.isArray() && part.path(0).asText().equals("template-tag")) {
                JsonNode name = MissingNode.getInstance();
                for (JsonNode one : part) {
                    name = one.isTextual() ? one : name;
                }
                return Optional.of(name.asText());
            }
        }
        return Optional.empty();
    }
}
