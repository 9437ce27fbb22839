package io.meterlake.dashboard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter of a dashboard.
 *
 * @param slug its name in the page's address
 * @param type Metabase's: {@code string/=}, {@code date/range} …
 * @param values the only ones to choose from; empty if any will do
 */
public record Parameter(
        String slug, String name, String type, @Nullable String defaultValue, List<String> values) {
    public Parameter {
        values = List.copyOf(values);
    }
}
