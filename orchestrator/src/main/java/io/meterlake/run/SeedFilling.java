package io.meterlake.run;

import static io.meterlake.engine.TrinoDialect.literal;
import static io.meterlake.engine.TrinoDialect.quoted;

import io.meterlake.engine.EngineException;
import io.meterlake.engine.Trino;
import io.meterlake.project.Relation;
import io.meterlake.project.SeedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes one table of a seed. It is filled under another name and then renamed, so that it is whole or not there at all,
 * wherever this is cut off. That name is of this load alone: Trino may still be at a statement of a load that was killed,
 * whose rows must not get into this one's table. What a killed load left, {@code retention apply} drops.
 */
final class SeedFilling {
    private static final Pattern SCHEMA_LOCATION = Pattern.compile("location = '([^']+)'");

    private final Trino trino;
    private final Relation table;
    private final SeedTable content;
    private final String load;
    private final Relation making;
    private final List<String> queryIds = new ArrayList<>();

    /** @param load tells this load from all others: the id of one of its queries, which Trino gives once */
    private SeedFilling(Trino trino, Relation table, SeedTable content, String load) {
        this.trino = trino;
        this.table = table;
        this.content = content;
        this.load = load;
        this.making = SeedNames.unfinished(table, load);
        queryIds.add(load);
    }

    /**
     * Makes the table, in place of one of its name.
     *
     * @return the ids of the queries that did it
     */
    static List<String> fill(Trino trino, Relation table, SeedTable content) {
        // There is one if a load was cut off before tables were filled under another name.
        String first = trino.execute("drop table if exists " + table.sql()).queryId();
        SeedFilling filling = new SeedFilling(trino, table, content, first);
        try {
            filling.make("");
        } catch (EngineException e) {
            if (!isFolderInUse(e)) {
                throw e;
            }
            filling.makeBeside(e);
        }
        return List.copyOf(filling.queryIds);
    }

    private void make(String properties) {
        try {
            List<String> selects = SeedSql.selects(content);
            begin(properties, selects.getFirst());
            selects.stream().skip(1).forEach(this::append);
            rename();
        } catch (RuntimeException e) {
            giveUp(e);
            throw e;
        }
    }

    private void begin(String properties, String rows) {
        execute("create table " + making.sql() + " with (format = 'PARQUET'" + properties + ") as\n" + rows);
    }

    private void append(String rows) {
        execute("insert into " + making.sql() + "\n" + rows);
    }

    private void rename() {
        execute("alter table " + making.sql() + " rename to " + table.sql());
    }

    private void giveUp(RuntimeException cause) {
        try {
            trino.execute("drop table if exists " + making.sql());
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private void execute(String sql) {
        queryIds.add(trino.execute(sql).queryId());
    }

    /**
     * A metastore that was set up anew does not know the table whose files are still in the warehouse. It moves no table
     * to a folder that is there, and nobody but Trino may be able to reach the warehouse: so the table goes into a folder
     * of its own beside it, where a rename leaves it.
     */
    private void makeBeside(EngineException inUse) {
        String schema = schemaLocation().orElseThrow(() -> inUse);
        String folder = schema + "/" + table.identifier().toLowerCase(Locale.ROOT) + "-" + load;
        make(", external_location = " + literal(folder));
    }

    private Optional<String> schemaLocation() {
        String sql = trino.rows("show create schema " + quoted(table.catalog()) + "." + quoted(table.schema()))
                .firstColumn()
                .getFirst();
        Matcher location = SCHEMA_LOCATION.matcher(sql);
        return location.find() ? Optional.of(location.group(1)) : Optional.empty();
    }

    private static boolean isFolderInUse(EngineException e) {
        return e.reason().contains("New location for this table") && e.reason().contains("already exists");
    }
}
