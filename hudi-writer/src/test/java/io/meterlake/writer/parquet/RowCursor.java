package io.meterlake.writer.parquet;

import static java.util.Objects.requireNonNull;

import io.meterlake.writer.upsert.ReadingColumns;
import io.meterlake.writer.upsert.ReadingColumns.Text;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stands on one row after the other of a merge, so that no row needs an object of its own. */
final class RowCursor {
    private final @Nullable ReadingColumns present;
    private final ReadingColumns incoming;
    private final Map<Integer, Integer> replaced;
    private ReadingColumns columns;
    private int row;
    private boolean isReading;

    /** @param replaced for each reading that takes the place of a row: that row */
    RowCursor(Optional<ReadingColumns> present, ReadingColumns incoming, Map<Integer, Integer> replaced) {
        this.replaced = replaced;
        this.present = present.orElse(null);
        this.incoming = incoming;
        this.columns = incoming;
    }

    /** To a row of a {@link io.meterlake.writer.upsert.Merge}. */
    void moveTo(int number) {
        isReading = number < 0 || present == null;
        if (isReading) {
            columns = incoming;
            row = ~number;
        } else {
            columns = requireNonNull(present);
            row = number;
        }
    }

    ReadingColumns columns() {
        return columns;
    }

    int row() {
        return row;
    }

    /** Of the row that a reading replaces, if the reading's file does not say one. */
    byte @Nullable [] utility() {
        byte[] given = columns.text(Text.UTILITY, row);
        Integer old = isReading ? replaced.get(row) : null;
        return given == null && old != null && present != null ? present.text(Text.UTILITY, old) : given;
    }
}
