package io.meterlake.run;

import static io.meterlake.engine.TrinoDialect.literal;

import io.meterlake.engine.Trino;
import io.meterlake.engine.TrinoDialect;
import io.meterlake.project.Relation;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The views by which readers know the immutable tables. Trino's Hive connector swaps a view in one call and has nothing
 * of the kind for a table, so a table is built under a name of its own and a view takes the readers there.
 */
public final class PublishedViews {
    /** Trino prints a view's SQL in its own layout; the table is the last name of the only FROM. */
    private static final Pattern LAST_NAME = Pattern.compile("([a-z0-9_]+)\"?\\s*$", Pattern.CASE_INSENSITIVE);

    private final Trino trino;

    public PublishedViews(Trino trino) {
        this.trino = trino;
    }

    /** The table that a published view reads, if there is such a view and it reads a table beside it. */
    public Optional<String> tableOf(Relation view) {
        List<List<@Nullable Object>> rows = trino.rows("""
                select view_definition
                from %s.information_schema.views
                where table_schema = %s and table_name = %s
                """.formatted(
                        TrinoDialect.quoted(view.catalog()), literal(view.schema()), literal(view.identifier())))
                .rows();
        if (rows.isEmpty() || rows.getFirst().getFirst() == null) {
            return Optional.empty();
        }
        Matcher matcher = LAST_NAME.matcher(String.valueOf(rows.getFirst().getFirst()));
        return matcher.find() && matcher.group(1).startsWith(view.identifier() + "__")
                ? Optional.of(matcher.group(1))
                : Optional.empty();
    }

    /** The tables, not views, whose names begin with the published name. */
    List<String> tablesBehind(Relation view) {
        return trino
                .rows("""
                select table_name
                from %s.information_schema.tables
                where table_schema = %s and table_type = 'BASE TABLE'
                order by table_name
                """.formatted(TrinoDialect.quoted(view.catalog()), literal(view.schema())))
                .firstColumn()
                .stream()
                .filter(name -> name.startsWith(view.identifier() + "__"))
                .toList();
    }

    /** Takes the readers of a view to another table, at once. */
    String publish(Relation view, Relation table) {
        return trino.execute(TrinoDialect.REPLACE_VIEW + view.sql() + " as select * from " + table.sql())
                .queryId();
    }
}
