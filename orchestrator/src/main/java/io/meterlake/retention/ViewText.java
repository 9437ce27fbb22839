package io.meterlake.retention;

import static java.util.Objects.requireNonNull;

import io.meterlake.engine.Trino;
import io.meterlake.engine.TrinoDialect;
import io.meterlake.snapshot.Snapshot;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A view in Trino: a published one, one that a run built, or anybody's.
 *
 * @param schema in lower case
 * @param definition its SQL
 */
public record ViewText(String schema, String name, String definition) {
    private static final Pattern SNAPSHOT = Pattern.compile(Snapshot.DATABASE_PREFIX + "([0-9]{17})(?![0-9])");

    public ViewText {
        requireNonNull(schema, "schema is null");
        requireNonNull(name, "name is null");
        requireNonNull(definition, "definition is null");
    }

    /** All views where models are built. */
    public static List<ViewText> all(Trino trino) {
        return trino.rows("""
                select table_schema, table_name, view_definition
                from %s.information_schema.views
                """.formatted(TrinoDialect.quoted(TrinoDialect.MODEL_CATALOG))).rows().stream()
                .map(row -> new ViewText(
                        String.valueOf(row.get(0)),
                        String.valueOf(row.get(1)),
                        String.valueOf(row.get(2)).toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** The snapshot that it was built from; empty text for a view outside of snapshots. */
    String snapshotId() {
        Matcher matcher = SNAPSHOT.matcher(schema);
        return matcher.lookingAt() ? matcher.group(1) : "";
    }

    /** The snapshots whose databases it names, in whatever way. */
    Set<String> reads() {
        Set<String> ids = new TreeSet<>();
        Matcher matcher = SNAPSHOT.matcher(definition);
        while (matcher.find()) {
            ids.add(matcher.group(1));
        }
        ids.remove(snapshotId());
        return ids;
    }

    String dotted() {
        return schema + "." + name;
    }
}
