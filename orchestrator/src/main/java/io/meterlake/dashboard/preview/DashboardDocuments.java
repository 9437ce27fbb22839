package io.meterlake.dashboard.preview;

import io.meterlake.dashboard.Card;
import io.meterlake.dashboard.Dashboard;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.Dashcard;
import io.meterlake.dashboard.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the page what the dashboards are made of, as documents for JSON. */
final class DashboardDocuments {
    private DashboardDocuments() {}

    /** {@code slug}, {@code name}, {@code description}, {@code parameters} and {@code cards} of each. */
    static List<Map<String, Object>> of(Dashboards all) {
        return all.dashboards().stream().map(one -> document(one, all)).toList();
    }

    private static Map<String, Object> document(Dashboard dashboard, Dashboards all) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("slug", dashboard.slug());
        document.put("name", dashboard.name());
        document.put("description", dashboard.description());
        document.put(
                "parameters",
                dashboard.parameters().stream()
                        .map(one -> parameter(one, !all.feedsVariable(dashboard, one)))
                        .toList());
        document.put(
                "cards",
                dashboard.dashcards().stream()
                        .map(place ->
                                card(dashboard, place, all.card(place.card()).orElseThrow()))
                        .toList());
        return document;
    }

    /** @param isMultiple whether it takes several values */
    private static Map<String, Object> parameter(Parameter parameter, boolean isMultiple) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("slug", parameter.slug());
        document.put("name", parameter.name());
        document.put("type", parameter.type());
        document.put("default_value", parameter.defaultValue());
        document.put("values", parameter.values());
        document.put("is_offered", parameter.offered().isPresent());
        document.put("is_multiple", isMultiple);
        return document;
    }

    private static Map<String, Object> card(Dashboard dashboard, Dashcard place, Card card) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("place", place);
        document.put("name", card.name());
        document.put("description", card.description());
        document.put("needs", needs(dashboard, place, card));
        document.put("display", card.display());
        document.put("numbers", card.numbers().word());
        document.put("meaning", card.numbers().meaning());
        return document;
    }

    /** The parameters without whose values the card has no answer. */
    private static List<String> needs(Dashboard dashboard, Dashcard place, Card card) {
        return place.parameterMappings().stream()
                .filter(mapping -> Optional.ofNullable(card.templateTags().get(mapping.tag()))
                        .filter(tag -> tag.required() && tag.fallback().isEmpty())
                        .isPresent())
                .map(Dashcard.ParameterMapping::parameter)
                .filter(slug -> dashboard.parameters().stream()
                        .noneMatch(one -> one.slug().equals(slug) && one.defaultValue() != null))
                .distinct()
                .toList();
    }
}
