package io.meterlake.run;

import static io.meterlake.engine.TrinoDialect.literal;
import static io.meterlake.engine.TrinoDialect.quoted;

import io.meterlake.engine.EngineException;
import io.meterlake.engine.Trino;
import io.meterlake.project.Relation;
import io.meterlake.project.Seed;
import io.meterlake.project.SeedTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Loads seeds. The table's name carries a checksum of the content and the types, so that a report can name exactly the
 * rows it read; tables of earlier contents stay for the reports that name them.
 */
public final class SeedLoader {
    /** Ends the name of a table that is being filled. */
    private static final String MAKING = "__making";

    private static final int CHECKSUM_DIGITS = 12;
    private static final int MOST_FOLDERS = 100;
    private static final Pattern SCHEMA_LOCATION = Pattern.compile("location = '([^']+)'");

    private final Trino trino;
    private final Function<Seed, SeedTable> reader;

    /** @param reader reads a seed's file */
    public SeedLoader(Trino trino, Function<Seed, SeedTable> reader) {
        this.trino = trino;
        this.reader = reader;
    }

    /** The immutable table that holds exactly this content. */
    public static Relation tableOf(Relation view, Seed seed, SeedTable content) {
        String types = content.columns().stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(","));
        byte[] digest = sha256().digest((seed.checksum() + "\n" + types).getBytes(StandardCharsets.UTF_8));
        String checksum = HexFormat.of().formatHex(digest).substring(0, CHECKSUM_DIGITS);
        return view.withIdentifier(view.identifier() + "__" + checksum);
    }

    Loaded load(Work.LoadSeed work) {
        SeedTable content = reader.apply(work.seed());
        Relation table = work.relation();
        long rows = content.rows().size();
        if (isLoaded(trino, table, rows)) {
            return new Loaded(List.of(), rows, false);
        }
        // One with too few rows is of a load that was cut off before tables were filled under another name.
        trino.execute("drop table if exists " + table.sql());
        return new Loaded(create(trino, table, content), rows, true);
    }

    /**
     * Makes a seed's immutable table. It is filled under another name and then renamed, so that it is whole or not there
     * at all, wherever this is cut off. For the holder of the lake's lock for work on the models.
     *
     * @param table as {@link #tableOf} names it, in a schema that is there; there is none of this name
     * @return the ids of the queries that did it
     */
    public static List<String> create(Trino trino, Relation table, SeedTable content) {
        List<String> queryIds = new ArrayList<>();
        try {
            make(trino, table, content, "", queryIds);
        } catch (EngineException e) {
            if (!isFolderInUse(e)) {
                throw e;
            }
            makeBeside(trino, table, content, e, queryIds);
        }
        return queryIds;
    }

    private static void make(Trino trino, Relation table, SeedTable content, String properties, List<String> queryIds) {
        Relation making = table.withIdentifier(table.identifier() + MAKING);
        List<String> statements = new ArrayList<>();
        statements.add("drop table if exists " + making.sql());
        String opening = "create table " + making.sql() + " with (format = 'PARQUET'" + properties + ") as\n";
        for (String rows : SeedSql.selects(content)) {
            statements.add(opening + rows);
            opening = "insert into " + making.sql() + "\n";
        }
        statements.add("alter table " + making.sql() + " rename to " + table.sql());
        statements.forEach(sql -> queryIds.add(trino.execute(sql).queryId()));
    }

    /**
     * A metastore that was set up anew does not know the table whose files are still in the warehouse. No table is made
     * in a folder that is there, nor moved to one, and nobody but Trino may be able to reach the warehouse: so it goes
     * into one beside it, where a rename leaves it.
     */
    private static void makeBeside(
            Trino trino, Relation table, SeedTable content, EngineException inUse, List<String> queryIds) {
        String schema = trino.rows("show create schema " + quoted(table.catalog()) + "." + quoted(table.schema()))
                .firstColumn()
                .getFirst();
        Matcher location = SCHEMA_LOCATION.matcher(schema);
        if (!location.find()) {
            throw inUse;
        }
        for (int number = 2; number <= MOST_FOLDERS; number++) {
            String folder = location.group(1) + "/" + storedIdentifier(table) + "-" + number;
            try {
                make(trino, table, content, ", external_location = " + literal(folder), queryIds);
                return;
            } catch (EngineException e) {
                if (!isFolderInUse(e)) {
                    throw e;
                }
            }
        }
        throw inUse;
    }

    private static String storedIdentifier(Relation table) {
        return table.identifier().toLowerCase(Locale.ROOT);
    }

    /** When a table is made in a folder, and when one is moved to it. */
    private static boolean isFolderInUse(EngineException e) {
        return (e.reason().contains("Target directory for table") || e.reason().contains("New location for this table"))
                && e.reason().contains("already exists");
    }

    /**
     * Whether a seed's immutable table is there, whole.
     *
     * @param rows as many as the content has
     */
    public static boolean isLoaded(Trino trino, Relation table, long rows) {
        return new PublishedViews(trino).exists(table)
                && trino.rows("select count(*) from " + table.sql())
                        .firstColumn()
                        .equals(List.of(Long.toString(rows)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What was done, for the result. */
    record Loaded(List<String> queryIds, long rows, boolean changed) {}
}
