package io.meterlake.run;

import io.meterlake.engine.Trino;
import io.meterlake.project.Relation;
import io.meterlake.project.Seed;
import io.meterlake.project.SeedTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Loads seeds. The table's name carries a checksum of the content and the types, so that a report can name exactly the
 * rows it read; tables of earlier contents stay for the reports that name them.
 */
public final class SeedLoader {
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
        String checksum = HexFormat.of().formatHex(digest).substring(0, SeedNames.CHECKSUM_DIGITS);
        return SeedNames.whole(view, checksum);
    }

    Loaded load(Work.LoadSeed work) {
        SeedTable content = reader.apply(work.seed());
        Relation table = work.relation();
        long rows = content.rows().size();
        return isLoaded(trino, table, rows)
                ? new Loaded(List.of(), rows, false)
                : new Loaded(create(trino, table, content), rows, true);
    }

    /**
     * Makes a seed's immutable table, in place of one of its name. It is whole or not there at all, wherever this is cut
     * off. For the holder of the lake's lock for work on the models.
     *
     * @param table as {@link #tableOf} names it, in a schema that is there
     * @return the ids of the queries that did it
     */
    public static List<String> create(Trino trino, Relation table, SeedTable content) {
        return SeedFilling.fill(trino, table, content);
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
