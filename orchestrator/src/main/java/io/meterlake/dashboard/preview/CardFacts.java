package io.meterlake.dashboard.preview;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a card says of its numbers in columns of its own: which kind they are, the moment of the last file that is in them,
 * and how many rows of all are shown. Where a column holds the same in each row it is said once, above the rows. Not
 * thread-safe.
 */
final class CardFacts {
    /** The columns of Meterlake's cards that say it, whatever the card shows. */
    private static final List<String> COLUMNS = List.of("numbers", "data_as_of", "rows_shown");

    private final Map<Integer, String> names = new TreeMap<>();
    private final Map<Integer, String> values = new LinkedHashMap<>();
    private boolean started;

    CardFacts(List<String> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (COLUMNS.contains(columns.get(i))) {
                names.put(i, columns.get(i));
            }
        }
    }

    void row(List<@Nullable Object> row) {
        if (!started) {
            started = true;
            names.keySet().forEach(column -> values.put(column, CellText.of(row.get(column))));
        } else {
            values.entrySet().removeIf(one -> !one.getValue().equals(CellText.of(row.get(one.getKey()))));
        }
    }

    /** Whether a column is said above the rows. */
    boolean has(int column) {
        return values.containsKey(column);
    }

    /** By the column's name; those that differ from row to row are missing. */
    Map<String, String> said() {
        Map<String, String> said = new LinkedHashMap<>();
        values.forEach((column, value) -> said.put(names.getOrDefault(column, ""), value));
        return said;
    }

    /** Whether the rows say it, each for itself. */
    boolean isInRows(String column) {
        return started && names.containsValue(column) && !said().containsKey(column);
    }
}
