package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Says the filters of a dashboard of the server's, also what the files have no words for, so that it shows as a difference.
 *
 * @param slugs of the filters, by the ids that cards and other filters name them by
 * @param cards the slugs of our cards by id
 */
record FoundParameters(JsonNode raw, Map<String, String> slugs, Map<Integer, String> cards) {
    static FoundParameters of(JsonNode dashboard, Map<Integer, String> cards) {
        Map<String, String> slugs = new LinkedHashMap<>();
        for (JsonNode one : dashboard.path("parameters")) {
            slugs.put(one.path("id").asText(), one.path("slug").asText());
        }
        return new FoundParameters(dashboard.path("parameters"), slugs, cards);
    }

    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("parameters", String.join(", ", slugs.values()));
        for (JsonNode one : raw) {
            properties.put("parameter " + one.path("slug").asText(), words(one));
        }
        return properties;
    }

    private String words(JsonNode one) {
        StringBuilder words = new StringBuilder(Words.parameter(
                one.path("type").asText(),
                one.path("name").asText(),
                CanonicalJson.value(one.path("default")),
                values(one),
                valuesFrom(one)
                        .map(from -> Words.valuesFrom(cardOf(from), from.column()))
                        .orElse("")));
        if (one.path("required").asBoolean()) {
            words.append(", required");
        }
        List<String> filters = new ArrayList<>();
        one.path("filteringParameters")
                .forEach(id -> filters.add(slugs.getOrDefault(id.asText(), "a parameter that is gone")));
        if (!filters.isEmpty()) {
            words.append(", limited by ").append(String.join(", ", filters));
        }
        if (!one.path("temporal_units").isEmpty()) {
            words.append(", units ").append(CanonicalJson.text(one.path("temporal_units")));
        }
        return words.toString();
    }

    private String cardOf(OfferedColumn from) {
        return Objects.requireNonNullElse(cards.get(from.card()), "another one (id " + from.card() + ")");
    }

    static List<String> values(JsonNode parameter) {
        return StreamSupport.stream(
                        parameter.path("values_source_config").path("values").spliterator(), false)
                .map(CanonicalJson::value)
                .toList();
    }

    /** The card's id and the column's name, or its id if the card is one without SQL. */
    record OfferedColumn(int card, String column) {}

    /** What is offered while somebody types, if a card says it. */
    static Optional<OfferedColumn> valuesFrom(JsonNode parameter) {
        if (!parameter.path("values_source_type").asText().equals("card")) {
            return Optional.empty();
        }
        JsonNode config = parameter.path("values_source_config");
        String column = "";
        // ["field", "meter_id", {…}], or with the options first.
        for (JsonNode part : config.path("value_field")) {
            column = part.isValueNode() && !part.isNull() ? part.asText() : column;
        }
        return Optional.of(new OfferedColumn(config.path("card_id").asInt(), column));
    }
}
