package io.meterlake.dashboard;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A question of Metabase with native SQL.
 *
 * @param slug its file's name without the ending
 * @param display Metabase's word: line, bar, table …
 * @param query the SQL with its template tags
 * @param templateTags by name, in the file's order
 * @param visualizationSettings as Metabase takes them, such as {@code graph.metrics}
 */
public record Card(
        String slug,
        String name,
        String description,
        String collection,
        String display,
        Numbers numbers,
        CardSql query,
        Map<String, TemplateTag> templateTags,
        Map<String, Object> visualizationSettings) {
    public Card {
        templateTags = Collections.unmodifiableMap(new LinkedHashMap<>(templateTags));
        visualizationSettings = Collections.unmodifiableMap(new LinkedHashMap<>(visualizationSettings));
    }
}
