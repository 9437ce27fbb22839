package io.meterlake.lake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A small table: its rows are maps from column names to values. A STRING is a {@link String}, INT an {@link Integer},
 * BIGINT a {@link Long}, DECIMAL a {@link java.math.BigDecimal}, TIMESTAMP an {@link java.time.Instant} and DATE a
 * {@link java.time.LocalDate}; null and absence mean null. Not for millions of rows: they are all held in memory.
 * Thread-safe; writers wait for each other: those to data tables as {@link Lake#lock} tells, those to a bookkeeping table
 * for one another only.
 */
public interface RowTable {
    TableDefinition definition();

    /**
     * Writes the rows in one atomic commit; a row whose key is there already takes its place. No rows, no commit.
     *
     * @param metadata what the commit is to say of itself, by keys of the caller's own
     */
    void upsert(List<? extends Map<String, ? extends @Nullable Object>> rows, Map<String, String> metadata);

    /** The same, by a commit with nothing to say. */
    default void upsert(List<? extends Map<String, ? extends @Nullable Object>> rows) {
        upsert(rows, Map.of());
    }

    /**
     * Takes the rows with these keys out in one atomic commit; keys that are not there don't matter.
     *
     * @param metadata as of an upsert
     */
    void delete(List<? extends Map<String, ? extends @Nullable Object>> keys, Map<String, String> metadata);

    /** The same, by a commit with nothing to say. */
    default void delete(List<? extends Map<String, ? extends @Nullable Object>> keys) {
        delete(keys, Map.of());
    }

    /** What the newest of the completed commits that have this key in their metadata says. Opens no data file. */
    Optional<String> newest(String key);

    /** All rows as of the latest completed commit, in no order. */
    List<Map<String, @Nullable Object>> rows();
}
