package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.Merge;
import io.meterlake.writer.upsert.MergeCounts;
import io.meterlake.writer.upsert.ReadingBlock;
import io.meterlake.writer.upsert.ReplacedReadings;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what would become of readings that belong to a row group, reading no more of it than that takes: first the
 * keys and when the rows were recorded, and the values only if that does not tell. Not thread-safe.
 */
final class Comparison {
    /** All row groups as one. */
    static final int ALL = -1;

    private final PresentFile file;
    private final int group;
    private @Nullable ReadingBlock keys;
    private @Nullable ReadingBlock rows;

    Comparison(PresentFile file, int group) {
        this.file = file;
        this.group = group;
    }

    /** What becomes of the readings. If one of them would be written, the counts are not those of all. */
    MergeCounts with(ReadingBlock readings) throws IOException {
        if (group != ALL) {
            if (keys == null) {
                keys = RowOrder.sorted(file.readKeys(group).decode(), file.path());
            }
            Merge.ByTime byTime = Merge.byTime(keys, readings);
            if (byTime.written() > 0) {
                return new MergeCounts(byTime.added(), byTime.later(), 0, byTime.late());
            } else if (byTime.equal() == 0) {
                return Merge.allLate(readings);
            }
        }
        return withAll(readings);
    }

    /** What becomes of the readings, of all of them. */
    MergeCounts withAll(ReadingBlock readings) throws IOException {
        if (rows == null) {
            rows = RowOrder.sorted(
                    group == ALL ? file.decodeAll() : file.read(group).decode(), file.path());
        }
        return Merge.of(rows, readings, ReplacedReadings.NONE).counts();
    }
}
