package io.meterlake.lake;

import java.util.List;
import java.util.Map;
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
     */
    void upsert(List<? extends Map<String, ? extends @Nullable Object>> rows);

    /** Takes the rows with these keys out in one atomic commit; keys that are not there don't matter. */
    void delete(List<? extends Map<String, ? extends @Nullable Object>> keys);

    /** All rows as of the latest completed commit, in no order. */
    List<Map<String, @Nullable Object>> rows();
}
