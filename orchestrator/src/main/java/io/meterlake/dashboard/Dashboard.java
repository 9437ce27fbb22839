package io.meterlake.dashboard;

import java.util.List;

/**
 * A page of cards.
 *
 * @param slug its file's name without the ending
 */
public record Dashboard(
        String slug,
        String name,
        String description,
        String collection,
        List<Parameter> parameters,
        List<Dashcard> dashcards) {
    public Dashboard {
        parameters = List.copyOf(parameters);
        dashcards = List.copyOf(dashcards);
    }
}
