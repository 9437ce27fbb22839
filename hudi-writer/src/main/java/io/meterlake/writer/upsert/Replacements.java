package io.meterlake.writer.upsert;

import java.util.Arrays;

/** Remembers what is replaced, to tell it later on another thread. Not thread-safe. */
public final class Replacements implements ReplacedReadings {
    private ReadingColumns ofPresent = ReadingBlock.EMPTY;
    private ReadingColumns ofIncoming = ReadingBlock.EMPTY;
    private int[] presentRows = new int[0];
    private int[] incomingRows = new int[0];
    private int size;

    /** All calls are with the same two columns. */
    @Override
    public void replaced(ReadingColumns present, int presentRow, ReadingColumns incoming, int incomingRow) {
        if (size == presentRows.length) {
            int capacity = Math.max(64, 2 * size);
            presentRows = Arrays.copyOf(presentRows, capacity);
            incomingRows = Arrays.copyOf(incomingRows, capacity);
        }
        ofPresent = present;
        ofIncoming = incoming;
        presentRows[size] = presentRow;
        incomingRows[size] = incomingRow;
        size++;
    }

    /** Tells everything, in the order in which it came. */
    public void tell(ReplacedReadings listener) {
        for (int i = 0; i < size; i++) {
            listener.replaced(ofPresent, presentRows[i], ofIncoming, incomingRows[i]);
        }
    }
}
