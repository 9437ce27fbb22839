package io.meterlake.dashboard;

import java.util.List;
import java.util.Optional;

/** All that the folder {@code metabase/} describes; every name in it leads to something that is there. */
public record Dashboards(
        List<Collection> collections, List<Card> cards, List<Dashboard> dashboards, ServerSettings server) {
    /** Without settings of a server. */
    public Dashboards(List<Collection> collections, List<Card> cards, List<Dashboard> dashboards) {
        this(collections, cards, dashboards, ServerSettings.NONE);
    }

    public Dashboards {
        collections = List.copyOf(collections);
        cards = List.copyOf(cards);
        dashboards = List.copyOf(dashboards);
    }

    /** The card of that slug. */
    public Optional<Card> card(String slug) {
        return cards.stream().filter(card -> card.slug().equals(slug)).findFirst();
    }

    /** The dashboard of that slug. */
    public Optional<Dashboard> dashboard(String slug) {
        return dashboards.stream()
                .filter(dashboard -> dashboard.slug().equals(slug))
                .findFirst();
    }

    /** Whether a parameter goes to a plain variable of a card, which has room for one value. */
    public boolean feedsVariable(Dashboard dashboard, Parameter parameter) {
        return dashboard.dashcards().stream()
                .anyMatch(dashcard -> dashcard.parameterMappings().stream()
                        .filter(mapping -> mapping.parameter().equals(parameter.slug()))
                        .anyMatch(mapping -> card(dashcard.card())
                                .map(card -> card.templateTags().get(mapping.tag()))
                                .filter(tag -> tag.dimension() == null)
                                .isPresent()));
    }
}
