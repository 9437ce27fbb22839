package io.meterlake.run;

import io.meterlake.engine.Completion;
import io.meterlake.engine.Trino;
import io.meterlake.project.Relation;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Builds a table model: a new table under the build's name, then the view, then the clearing away. Readers meet the old
 * build or the new one, never none. The build before stays, for a query that began on it.
 */
final class TableBuilder {
    private final Trino trino;
    private final PublishedViews views;
    private final String buildId;

    TableBuilder(Trino trino, String buildId) {
        this.trino = trino;
        this.views = new PublishedViews(trino);
        this.buildId = buildId;
    }

    Done build(Work.BuildTable work) {
        Relation view = work.relation();
        Relation table = view.withIdentifier(BuildId.tableName(view.identifier(), buildId));
        // By its text, not by a name taken out of it: a build that the view might read is never dropped.
        String definition = views.definition(view).orElse("");
        clearLeftovers(view, definition);
        Completion made = trino.execute("create table %s%s as%n%s".formatted(table.sql(), with(work), work.sql()));
        String published = views.publish(view, table);
        for (String name : builds(view)) {
            if (!name.equalsIgnoreCase(table.identifier()) && !definition.contains(name)) {
                drop(view.withIdentifier(name));
            }
        }
        return new Done(List.of(made.queryId(), published), rows(made));
    }

    /** Builds newer than the published one were left by a run that was cut off before it published them. */
    private void clearLeftovers(Relation view, String definition) {
        List<String> builds = builds(view);
        String published = builds.stream()
                .filter(definition::contains)
                .max(Comparator.naturalOrder())
                .orElse("");
        for (String name : builds) {
            if (name.compareTo(published) > 0) {
                drop(view.withIdentifier(name));
            }
        }
    }

    private List<String> builds(Relation view) {
        return views.tablesBehind(view).stream()
                .filter(name -> BuildId.in(name, view.identifier()).isPresent())
                .toList();
    }

    private void drop(Relation table) {
        trino.execute("drop table if exists " + table.sql());
    }

    private static String with(Work.BuildTable work) {
        Map<String, String> properties = new LinkedHashMap<>();
        // What the lake's own tables are; Trino's default is ORC.
        properties.put("format", "'PARQUET'");
        properties.putAll(work.properties());
        return properties.entrySet().stream()
                .map(property -> property.getKey() + " = " + property.getValue())
                .collect(Collectors.joining(", ", " with (", ")"));
    }

    private static long rows(Completion made) {
        return switch (made) {
            case Completion.Updated updated -> updated.rowCount();
            case Completion.Selected selected -> selected.rowCount();
        };
    }

    /** What was done, for the result. */
    record Done(List<String> queryIds, long rows) {}
}
