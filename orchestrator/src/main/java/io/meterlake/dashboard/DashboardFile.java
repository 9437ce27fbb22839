package io.meterlake.dashboard;

import io.meterlake.dashboard.Dashcard.ParameterMapping;
import io.meterlake.dashboard.Parameter.ValuesFrom;
import io.meterlake.project.Problems;
import io.meterlake.project.YamlMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one dashboard. */
final class DashboardFile {
    /** Columns of Metabase's grid. */
    private static final int GRID = 24;

    private static final List<String> KEYS = List.of("name", "description", "collection", "parameters", "dashcards");
    private static final List<String> PARAMETER_KEYS =
            List.of("slug", "name", "type", "default", "values", "values_from");
    private static final List<String> CARD_KEYS =
            List.of("card", "row", "col", "size_x", "size_y", "parameter_mappings");
    private static final List<String> MAPPING_KEYS = List.of("parameter", "tag");
    private static final List<String> PARAMETER_TYPES = List.of("string/=", "date/range", "date/single", "number/=");

    private final List<String> collections;
    private final List<Card> cards;
    private final Problems problems;

    DashboardFile(List<String> collections, List<Card> cards, Problems problems) {
        this.collections = collections;
        this.cards = cards;
        this.problems = problems;
    }

    Optional<Dashboard> dashboard(String file, YamlMapping root) {
        root.refuseUnknownKeys("a dashboard", KEYS);
        String collection = DashboardLoader.reference(problems, root, "collection", "collection", collections);
        List<Parameter> parameters = new ArrayList<>();
        root.mappings("parameters").forEach(one -> parameter(one).ifPresent(parameters::add));
        List<String> slugs = parameters.stream().map(Parameter::slug).toList();
        List<Dashcard> dashcards = new ArrayList<>();
        for (YamlMapping one : root.mappings("dashcards")) {
            Dashcard dashcard = dashcard(one, slugs);
            if (dashcards.stream().anyMatch(dashcard::overlaps)) {
                problems.add(one.location(), "card " + dashcard.card() + " overlaps another card");
            }
            dashcards.add(dashcard);
        }
        return root.required("name")
                .map(name -> new Dashboard(
                        DashboardLoader.slug(file),
                        name,
                        root.text("description").orElse("").strip(),
                        collection,
                        parameters,
                        dashcards));
    }

    private Optional<Parameter> parameter(YamlMapping one) {
        one.refuseUnknownKeys("a parameter", PARAMETER_KEYS);
        String type = DashboardLoader.reference(problems, one, "type", "parameter type", PARAMETER_TYPES);
        return one.required("slug")
                .map(slug -> new Parameter(
                        slug,
                        one.text("name").orElse(slug),
                        type,
                        one.text("default").orElse(null),
                        one.texts("values"),
                        one.mapping("values_from").map(this::valuesFrom).orElse(null)));
    }

    private ValuesFrom valuesFrom(YamlMapping one) {
        one.refuseUnknownKeys("values_from", List.of("card", "column"));
        String card = DashboardLoader.reference(
                problems, one, "card", "card", cards.stream().map(Card::slug).toList());
        cards.stream()
                .filter(found -> found.slug().equals(card))
                .flatMap(found -> found.templateTags().values().stream())
                .filter(tag -> tag.required() && tag.fallback().isEmpty())
                .forEach(tag -> problems.add(
                        one.location("card"), "card %s has no rows without a value of %s".formatted(card, tag.name())));
        return new ValuesFrom(card, one.required("column").orElse(""));
    }

    private Dashcard dashcard(YamlMapping one, List<String> parameters) {
        one.refuseUnknownKeys("a dashcard", CARD_KEYS);
        String slug = DashboardLoader.reference(
                problems, one, "card", "card", cards.stream().map(Card::slug).toList());
        Optional<Card> card = cards.stream()
                .filter(candidate -> candidate.slug().equals(slug))
                .findFirst();
        List<ParameterMapping> mappings = new ArrayList<>();
        for (YamlMapping mapping : one.mappings("parameter_mappings")) {
            mapping.refuseUnknownKeys("a parameter mapping", MAPPING_KEYS);
            String parameter = DashboardLoader.reference(problems, mapping, "parameter", "parameter", parameters);
            String tag = card.map(found -> DashboardLoader.reference(
                            problems,
                            mapping,
                            "tag",
                            "template tag",
                            found.templateTags().keySet()))
                    .orElseGet(() -> mapping.required("tag").orElse(""));
            mappings.add(new ParameterMapping(parameter, tag));
        }
        int col = number(one, "col", 0);
        int width = number(one, "size_x", 1);
        if (col + width > GRID) {
            problems.add(one.location("size_x"), "the card ends at column %d of %d".formatted(col + width, GRID));
        }
        return new Dashcard(slug, number(one, "row", 0), col, width, number(one, "size_y", 1), mappings);
    }

    private int number(YamlMapping one, String key, int least) {
        String text = one.required(key).orElse("");
        if (text.matches("[0-9]{1,4}") && Integer.parseInt(text) >= least) {
            return Integer.parseInt(text);
        }
        problems.add(one.location(key), "%s: '%s' is not a whole number of %d or more".formatted(key, text, least));
        return least;
    }
}
