package io.meterlake.writer.upsert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The readings of files that are taken in together, by day and bucket, and in each by channel and start, one reading a
 * key: of several for one interval the one that was recorded last stays, and of those the one that came last. Good until
 * the {@link IncomingReadings} that made it is closed. Immutable, thread-safe.
 */
public final class SortedReadings {
    private final FileTexts texts;
    private final List<ReadingRun> runs;
    private final List<Slot> slots;

    SortedReadings(FileTexts texts, List<ReadingRun> runs) {
        this.texts = texts;
        this.runs = List.copyOf(runs);
        TreeSet<Long> all = new TreeSet<>();
        runs.forEach(run -> all.addAll(run.slots()));
        this.slots = all.stream()
                .map(slot -> new Slot(SlotNumbers.day(slot), SlotNumbers.bucket(slot)))
                .toList();
    }

    /** In the order of day and bucket. */
    public List<Slot> slots() {
        return slots;
    }

    /** A slot's readings, once through. */
    public ReadingWindows windows(Slot slot) throws IOException {
        long number = SlotNumbers.slot(Math.toIntExact(slot.day().toEpochDay()), slot.bucket());
        List<RunCursor> cursors = new ArrayList<>();
        for (ReadingRun run : runs) {
            if (run.slots().contains(number)) {
                cursors.add(run.cursor(number, texts.channelOfSeries()));
            }
        }
        return new MergedWindows(texts, cursors);
    }
}
