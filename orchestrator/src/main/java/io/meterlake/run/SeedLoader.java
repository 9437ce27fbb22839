package io.meterlake.run;

import static io.meterlake.engine.TrinoDialect.literal;
import static io.meterlake.engine.TrinoDialect.quoted;

import io.meterlake.engine.EngineException;
import io.meterlake.engine.Trino;
import io.meterlake.project.Relation;
import io.meterlake.project.Seed;
import io.meterlake.project.SeedTable;
import io.meterlake.project.SeedTable.SeedColumn;
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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Loads seeds. The table's name carries a checksum of the content and the types, so that a report can name exactly the
 * rows it read; tables of earlier contents stay for the reports that name them.
 */
public final class SeedLoader {
    /** Trino takes a statement of up to a million characters. */
    private static final int LONGEST_VALUES = 400_000;

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
        return new Loaded(create(trino, table, content), rows, true);
    }

    /**
     * Makes a seed's immutable table, in place of what a load that was cut off left.
     *
     * @param table as {@link #tableOf} names it, in a schema that is there
     * @return the ids of the queries that did it
     */
    public static List<String> create(Trino trino, Relation table, SeedTable content) {
        List<String> queryIds = new ArrayList<>();
        queryIds.add(trino.execute("drop table if exists " + table.sql()).queryId());
        boolean first = true;
        for (List<List<@Nullable String>> batch : batches(content.rows())) {
            String rows = select(content.columns(), batch);
            queryIds.add(
                    first
                            ? createAs(trino, table, rows)
                            : trino.execute("insert into " + table.sql() + "\n" + rows)
                                    .queryId());
            first = false;
        }
        return queryIds;
    }

    private static String createAs(Trino trino, Relation table, String rows) {
        try {
            return trino.execute(createSql(table, "", rows)).queryId();
        } catch (EngineException e) {
            if (!isFolderInUse(e)) {
                throw e;
            }
            return createBeside(trino, table, rows, e);
        }
    }

    /**
     * A metastore that was set up anew does not know the table whose files are still in the warehouse. Trino makes none
     * in a folder that is there, and nobody but Trino may be able to reach the warehouse: so it goes into one beside it.
     */
    private static String createBeside(Trino trino, Relation table, String rows, EngineException inUse) {
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
                return trino.execute(createSql(table, ", external_location = " + literal(folder), rows))
                        .queryId();
            } catch (EngineException e) {
                if (!isFolderInUse(e)) {
                    throw e;
                }
            }
        }
        throw inUse;
    }

    private static String createSql(Relation table, String properties, String rows) {
        return "create table " + table.sql() + " with (format = 'PARQUET'" + properties + ") as\n" + rows;
    }

    private static String storedIdentifier(Relation table) {
        return table.identifier().toLowerCase(Locale.ROOT);
    }

    private static boolean isFolderInUse(EngineException e) {
        return e.reason().contains("Target directory for table") && e.reason().contains("already exists");
    }

    /**
     * Whether a seed's immutable table is there, whole: a load that was cut off leaves one with too few rows.
     *
     * @param rows as many as the content has
     */
    public static boolean isLoaded(Trino trino, Relation table, long rows) {
        return new PublishedViews(trino).exists(table)
                && trino.rows("select count(*) from " + table.sql())
                        .firstColumn()
                        .equals(List.of(Long.toString(rows)));
    }

    private static String select(List<SeedColumn> columns, List<List<@Nullable String>> rows) {
        String casts = columns.stream()
                .map(column -> "cast(%1$s as %2$s) as %1$s".formatted(quoted(column.name()), column.type()))
                .collect(Collectors.joining(", "));
        String names = columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
        // Text for all, so that each VALUES column has one type; a seed without rows still has its columns.
        String values = rows.isEmpty()
                ? columns.stream().map(column -> "cast(null as varchar)").collect(Collectors.joining(", ", "(", ")"))
                : rows.stream().map(SeedLoader::row).collect(Collectors.joining(",\n"));
        return "select %s from (values\n%s\n) as seed (%s)%s"
                .formatted(casts, values, names, rows.isEmpty() ? " where false" : "");
    }

    private static String row(List<@Nullable String> values) {
        return IntStream.range(0, values.size())
                .mapToObj(i -> {
                    String value = values.get(i);
                    return value == null ? "cast(null as varchar)" : literal(value);
                })
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static List<List<List<@Nullable String>>> batches(List<List<@Nullable String>> rows) {
        List<List<List<@Nullable String>>> batches = new ArrayList<>();
        List<List<@Nullable String>> batch = new ArrayList<>();
        int length = 0;
        for (List<@Nullable String> row : rows) {
            int rowLength = row(row).length() + 2;
            if (!batch.isEmpty() && length + rowLength > LONGEST_VALUES) {
                batches.add(batch);
                batch = new ArrayList<>();
                length = 0;
            }
            batch.add(row);
            length += rowLength;
        }
        batches.add(batch);
        return batches;
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
