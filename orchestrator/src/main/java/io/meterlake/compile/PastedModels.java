package io.meterlake.compile;

import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Puts models in front of a query as common table expressions, as dbt does with ephemeral models. */
final class PastedModels {
    private PastedModels() {}

    /**
     * The query with the models in front of it.
     *
     * @param models SQL by the name that the query knows it by, each after those that it reads itself
     */
    static String inFrontOf(String query, SequencedMap<String, String> models) {
        if (models.isEmpty()) {
            return query;
        }
        // The line break before the parenthesis ends a comment in the last line.
        String expressions = models.entrySet().stream()
                .map(model -> model.getKey() + " as (\n" + model.getValue() + "\n)")
                .collect(Collectors.joining(", "));
        int after = SqlText.afterLeadingWith(query);
        return after < 0
                ? "with " + expressions + "\n" + query
                : query.substring(0, after) + " " + expressions + "," + query.substring(after);
    }
}
