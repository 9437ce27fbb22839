package io.meterlake.run;

import static io.meterlake.engine.TrinoDialect.storedName;

import io.meterlake.engine.Trino;
import io.meterlake.engine.TrinoDialect;
import io.meterlake.project.Relation;
import java.util.List;
import java.util.Locale;
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
    private static final Pattern LAST_NAME = Pattern.compile("([^\\s\".]+)\"?\\s*$");

    private final Trino trino;

    public PublishedViews(Trino trino) {
        this.trino = trino;
    }

    /** The SQL of a view, in lower case as the names of tables are; empty if there is no such view. */
    Optional<String> definition(Relation view) {
        List<List<@Nullable Object>> rows = trino.rows("""
                select view_definition
                from %s.information_schema.views
                where table_schema = %s and table_name = %s
                """.formatted(
                        TrinoDialect.quoted(view.catalog()), storedName(view.schema()), storedName(view.identifier())))
                .rows();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(rows.getFirst().getFirst())
                        .map(sql -> sql.toString().toLowerCase(Locale.ROOT));
    }

    /** The table that a published view reads, if there is such a view and it reads a table beside it. */
    public Optional<String> tableOf(Relation view) {
        return definition(view)
                .map(LAST_NAME::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .filter(table -> table.startsWith(view.identifier().toLowerCase(Locale.ROOT) + "__"));
    }

    /** The tables, not views, whose names begin with the published name. */
    List<String> tablesBehind(Relation view) {
        return trino
                .rows("""
                select table_name
                from %s.information_schema.tables
                where table_schema = %s and table_type = 'BASE TABLE'
                order by table_name
                """.formatted(TrinoDialect.quoted(view.catalog()), storedName(view.schema())))
                .firstColumn()
                .stream()
                .filter(name -> name.startsWith(view.identifier().toLowerCase(Locale.ROOT) + "__"))
                .toList();
    }

    /** Takes the readers of a view to another table, at once. */
    String publish(Relation view, Relation table) {
        return trino.execute(TrinoDialect.REPLACE_VIEW + view.sql() + " as select * from " + table.sql())
                .queryId();
    }
}
