package io.meterlake.dashboard.metabase;

import io.meterlake.dashboard.Card;
import io.meterlake.dashboard.Dashboard;
import io.meterlake.dashboard.Dashboards;
import java.util.List;

/** What the folder would hold after an edit. */
final class FilesChanged {
    private FilesChanged() {}

    static Dashboards rename(Dashboards all, String slug, String name) {
        return new Dashboards(
                all.collections(),
                all.cards().stream()
                        .map(card -> card.slug().equals(slug)
                                ? new Card(
                                        slug,
                                        name,
                                        card.description(),
                                        card.collection(),
                                        card.display(),
                                        card.numbers(),
                                        card.query(),
                                        card.templateTags(),
                                        card.visualizationSettings())
                                : card)
                        .toList(),
                all.dashboards());
    }

    /** One dashboard, its cards and those that its filters take their values from. */
    static Dashboards only(Dashboards all, String slug) {
        Dashboard one = all.dashboard(slug).orElseThrow();
        return new Dashboards(
                all.collections(),
                all.cards().stream()
                        .filter(card -> one.dashcards().stream()
                                        .anyMatch(dashcard -> dashcard.card().equals(card.slug()))
                                || one.parameters().stream()
                                        .flatMap(parameter -> parameter.offered().stream())
                                        .anyMatch(from -> from.card().equals(card.slug())))
                        .toList(),
                List.of(one));
    }

    /** Without a card, also on the dashboards. */
    static Dashboards without(Dashboards all, String slug) {
        return new Dashboards(
                all.collections(),
                all.cards().stream().filter(card -> !card.slug().equals(slug)).toList(),
                all.dashboards().stream()
                        .map(one -> new Dashboard(
                                one.slug(),
                                one.name(),
                                one.description(),
                                one.collection(),
                                one.parameters(),
                                one.dashcards().stream()
                                        .filter(dashcard -> !dashcard.card().equals(slug))
                                        .toList()))
                        .toList());
    }
}
