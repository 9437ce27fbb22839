package io.meterlake.run;

import static io.meterlake.engine.TrinoDialect.literal;
import static io.meterlake.engine.TrinoDialect.quoted;

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
import java.util.function.Function;
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
        List<String> queryIds = new ArrayList<>();
        queryIds.add(trino.execute("drop table if exists " + table.sql()).queryId());
        boolean first = true;
        for (List<List<@Nullable String>> batch : batches(content.rows())) {
            String start = first
                    ? "create table " + table.sql() + " with (format = 'PARQUET') as\n"
                    : "insert into " + table.sql() + "\n";
            queryIds.add(trino.execute(start + select(content.columns(), batch)).queryId());
            first = false;
        }
        return new Loaded(queryIds, rows, true);
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
