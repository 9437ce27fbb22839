package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.ChangedReadings;
import io.meterlake.writer.upsert.ReadingColumns;

/** Stands on one changed reading after the other, so that no row needs an object of its own. */
final class ChangeCursor {
    private ChangedReadings changes = new ChangedReadings();
    private int row;

    void moveTo(ChangedReadings ofBucket, int number) {
        changes = ofBucket;
        row = number;
    }

    ReadingColumns before() {
        return changes.before();
    }

    ReadingColumns after() {
        return changes.after();
    }

    int row() {
        return row;
    }
}
