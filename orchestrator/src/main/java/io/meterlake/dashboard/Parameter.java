package io.meterlake.dashboard;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A filter of a dashboard.
 *
 * @param slug its name in the page's address
 * @param type Metabase's: {@code string/=}, {@code date/range} …
 * @param values the only ones to choose from; empty if any will do
 * @param valuesFrom the card whose rows are offered while somebody types; null if nothing is offered
 */
public record Parameter(
        String slug,
        String name,
        String type,
        @Nullable String defaultValue,
        List<String> values,
        @Nullable ValuesFrom valuesFrom) {
    /** A column of a card, both by name. */
    public record ValuesFrom(String card, String column) {}

    public Parameter {
        values = List.copyOf(values);
    }

    /** What is offered while somebody types. */
    public Optional<ValuesFrom> offered() {
        return Optional.ofNullable(valuesFrom);
    }
}
