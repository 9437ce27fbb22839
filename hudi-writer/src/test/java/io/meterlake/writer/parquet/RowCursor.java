package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.ReadingColumns;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stands on one row after the other of a merge, so that no row needs an object of its own. */
final class RowCursor {
    private final @Nullable ReadingColumns present;
    private final ReadingColumns incoming;
    private ReadingColumns columns;
    private int row;

    RowCursor(Optional<ReadingColumns> present, ReadingColumns incoming) {
        this.present = present.orElse(null);
        this.incoming = incoming;
        this.columns = incoming;
    }

    /** To a row of a {@link io.meterlake.writer.upsert.Merge}. */
    void moveTo(int number) {
        if (number < 0 || present == null) {
            columns = incoming;
            row = ~number;
        } else {
            columns = present;
            row = number;
        }
    }

    ReadingColumns columns() {
        return columns;
    }

    int row() {
        return row;
    }
}
