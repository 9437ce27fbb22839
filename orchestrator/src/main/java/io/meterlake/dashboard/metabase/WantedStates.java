package io.meterlake.dashboard.metabase;

import io.meterlake.dashboard.Card;
import io.meterlake.dashboard.Collection;
import io.meterlake.dashboard.Dashboard;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.Dashcard;
import io.meterlake.dashboard.FieldReference;
import io.meterlake.dashboard.Parameter;
import io.meterlake.dashboard.TemplateTag;
import io.meterlake.json.JsonDocuments;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Says what the files describe as the server shall have it. */
final class WantedStates {
    private WantedStates() {}

    /** Collections, cards, dashboards. */
    static List<ObjectState> of(Dashboards dashboards) {
        return Stream.of(
                        dashboards.collections().stream().map(WantedStates::of),
                        dashboards.cards().stream().map(WantedStates::of),
                        dashboards.dashboards().stream().map(WantedStates::of))
                .flatMap(states -> states)
                .toList();
    }

    static ObjectState of(Collection collection) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("name", collection.name());
        properties.put("description", Words.text(collection.description()));
        return new ObjectState(new ObjectKey(Kind.COLLECTION, collection.slug()), properties);
    }

    /** A card's description says which numbers it shows, since Metabase has no place of its own for that. */
    static String description(Card card) {
        return ShownNumbers.join(card.description(), card.numbers());
    }

    static ObjectState of(Card card) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("name", card.name());
        properties.put("description", description(card));
        properties.put("collection", card.collection());
        properties.put("display", card.display());
        properties.put("sql", Words.text(card.query().text()));
        for (TemplateTag tag : card.templateTags().values()) {
            FieldReference dimension = tag.dimension();
            properties.put(
                    "template tag " + tag.name(),
                    Words.tag(
                            tag.type().word(),
                            tag.displayName(),
                            dimension == null ? "" : Fields.name(dimension),
                            tag.widgetType(),
                            tag.required(),
                            tag.fallback().orElse("")));
        }
        properties.put(
                "visualization settings",
                CanonicalJson.text(JsonDocuments.object(Map.of("settings", card.visualizationSettings()))
                        .path("settings")));
        return new ObjectState(new ObjectKey(Kind.CARD, card.slug()), properties);
    }

    static ObjectState of(Dashboard dashboard) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("name", dashboard.name());
        properties.put("description", Words.text(dashboard.description()));
        properties.put("collection", dashboard.collection());
        properties.put(
                "parameters",
                String.join(
                        ", ",
                        dashboard.parameters().stream().map(Parameter::slug).toList()));
        for (Parameter parameter : dashboard.parameters()) {
            String fallback = parameter.defaultValue();
            properties.put(
                    "parameter " + parameter.slug(),
                    Words.parameter(
                            parameter.type(),
                            parameter.name(),
                            fallback == null ? "" : fallback,
                            parameter.values(),
                            parameter
                                    .offered()
                                    .map(from -> Words.valuesFrom(from.card(), from.column()))
                                    .orElse("")));
        }
        Map<String, Integer> occurrences = new HashMap<>();
        for (Dashcard dashcard : inReadingOrder(dashboard)) {
            List<String> mappings = dashcard.parameterMappings().stream()
                    .map(mapping -> mapping.parameter() + " to " + mapping.tag())
                    .sorted()
                    .toList();
            properties.put(
                    Words.place(dashcard.card(), occurrences.merge(dashcard.card(), 1, Integer::sum)),
                    Words.dashcard(dashcard.row(), dashcard.col(), dashcard.sizeX(), dashcard.sizeY(), mappings));
        }
        return new ObjectState(new ObjectKey(Kind.DASHBOARD, dashboard.slug()), properties);
    }

    /** From the top, from the left, as {@link FoundStates#inReadingOrder} has those of the server. */
    static List<Dashcard> inReadingOrder(Dashboard dashboard) {
        return dashboard.dashcards().stream()
                .sorted(Comparator.comparingInt(Dashcard::row).thenComparingInt(Dashcard::col))
                .toList();
    }
}
