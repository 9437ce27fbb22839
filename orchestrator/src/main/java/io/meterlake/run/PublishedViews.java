package io.meterlake.run;

import static io.meterlake.engine.TrinoDialect.storedName;

import io.meterlake.engine.Trino;
import io.meterlake.engine.TrinoDialect;
import io.meterlake.project.Relation;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The views by which readers know what runs build. Trino's Hive connector swaps a view in one call and has nothing of the
 * kind for a table, so a run builds under names of its own and a view takes the readers there. Thread-safe.
 */
public final class PublishedViews {
    private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[^\\s\".]+)";
    /** Trino prints a view's SQL in its own layout. */
    private static final Pattern DEFINITION = Pattern.compile(
            "select\\s+\\*\\s+from\\s+" + NAME + "\\." + NAME + "\\." + NAME + "\\s*", Pattern.CASE_INSENSITIVE);

    private final Trino trino;

    public PublishedViews(Trino trino) {
        this.trino = trino;
    }

    /**
     * What the published views of some schemas read. Names are in lower case, as the metastore keeps them; see
     * {@link #stored}. Views that are more than a name for something else are not in it.
     *
     * @param schemas by catalog
     */
    public Map<Relation, Relation> targets(Map<String, ? extends Collection<String>> schemas) {
        Map<Relation, Relation> targets = new HashMap<>();
        schemas.forEach((catalog, names) -> {
            if (names.isEmpty()) {
                return;
            }
            String list = names.stream().map(TrinoDialect::storedName).collect(Collectors.joining(", "));
            String sql = """
                    select table_schema, table_name, view_definition
                    from %s.information_schema.views
                    where table_schema in (%s)
                    """.formatted(TrinoDialect.quoted(catalog), list);
            for (List<@Nullable Object> row : trino.rows(sql).rows()) {
                target(String.valueOf(row.get(2)))
                        .ifPresent(target -> targets.put(
                                new Relation(catalog, String.valueOf(row.get(0)), String.valueOf(row.get(1))), target));
            }
        });
        return targets;
    }

    /** What one published view reads; empty if there is no such view. */
    public Optional<Relation> target(Relation view) {
        return trino
                .rows("""
                select view_definition
                from %s.information_schema.views
                where table_schema = %s and table_name = %s
                """.formatted(
                        TrinoDialect.quoted(view.catalog()), storedName(view.schema()), storedName(view.identifier())))
                .rows()
                .stream()
                .map(row -> String.valueOf(row.getFirst()))
                .findFirst()
                .flatMap(PublishedViews::target);
    }

    static Optional<Relation> target(String definition) {
        Matcher matcher = DEFINITION.matcher(definition.strip());
        return matcher.matches()
                ? Optional.of(new Relation(name(matcher.group(1)), name(matcher.group(2)), name(matcher.group(3))))
                : Optional.empty();
    }

    private static String name(String sql) {
        String name = sql.startsWith("\"") ? sql.substring(1, sql.length() - 1).replace("\"\"", "\"") : sql;
        return name.toLowerCase(Locale.ROOT);
    }

    /** A relation as the metastore keeps its names. */
    public static Relation stored(Relation relation) {
        return new Relation(
                relation.catalog().toLowerCase(Locale.ROOT),
                relation.schema().toLowerCase(Locale.ROOT),
                relation.identifier().toLowerCase(Locale.ROOT));
    }

    /** Whether there is a table or view of this name. */
    public boolean exists(Relation relation) {
        return !trino.rows("""
                select table_name
                from %s.information_schema.tables
                where table_schema = %s and table_name = %s
                """.formatted(
                                TrinoDialect.quoted(relation.catalog()),
                                storedName(relation.schema()),
                                storedName(relation.identifier())))
                .rows()
                .isEmpty();
    }

    /** Takes the readers of a view to what was built, at once. */
    void publish(Publication publication) {
        trino.execute(TrinoDialect.REPLACE_VIEW + publication.view().sql() + " as select * from "
                + publication.built().sql());
    }
}
