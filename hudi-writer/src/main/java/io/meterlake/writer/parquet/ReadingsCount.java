package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.Merge;
import io.meterlake.writer.upsert.MergeCounts;
import io.meterlake.writer.upsert.ReadingBlock;
import io.meterlake.writer.upsert.ReadingWindows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Counts what would become of readings, of all of them; writes nothing. */
public final class ReadingsCount {
    private static final int ROWS_A_WINDOW = 100_000;

    private ReadingsCount() {}

    /**
     * Counts the readings of a slot.
     *
     * @param present the base file that is there
     */
    public static MergeCounts of(Optional<Path> present, ReadingWindows incoming) throws IOException {
        if (present.isEmpty()) {
            return added(incoming);
        }
        MergeCounts counts = MergeCounts.NONE;
        try (PresentFile file = PresentFile.open(present.get())) {
            boolean sorted = file.isSorted();
            int groups = sorted ? file.groups() : 1;
            for (int group = 0; group < groups; group++) {
                byte[] limit = sorted && group + 1 < groups ? file.firstMeter(group + 1) : null;
                ReadingBlock window = incoming.next(limit, ROWS_A_WINDOW);
                if (window.size() == 0) {
                    continue;
                }
                ReadingBlock rows = RowOrder.sorted(sorted ? file.read(group).decode() : file.decodeAll(), file.path());
                while (window.size() > 0) {
                    counts = counts.plus(Merge.of(rows, window).counts());
                    window = incoming.next(limit, ROWS_A_WINDOW);
                }
            }
        }
        return counts;
    }

    private static MergeCounts added(ReadingWindows incoming) throws IOException {
        MergeCounts counts = MergeCounts.NONE;
        ReadingBlock window = incoming.next(null, ROWS_A_WINDOW);
        while (window.size() > 0) {
            counts = counts.plus(Merge.allAdded(window));
            window = incoming.next(null, ROWS_A_WINDOW);
        }
        return counts;
    }
}
