package io.meterlake.writer.upsert;

import io.meterlake.writer.upsert.ReadingColumns.Text;
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

    /**
     * These readings with the utility of the row that they take the place of where their file does not say one: what is
     * not known must not hide what is.
     *
     * @param incoming the readings of all calls
     */
    public ReadingBlock withKnownUtility(ReadingBlock present, ReadingBlock incoming) {
        CodedTexts given = incoming.texts(Text.UTILITY);
        if (size == 0 || !given.isConstant() || given.code(0) != 0) {
            return incoming;
        }
        CodedTexts known = present.texts(Text.UTILITY);
        int[] codes = new int[incoming.size()];
        for (int i = 0; i < size; i++) {
            codes[incomingRows[i]] = known.code(presentRows[i]);
        }
        return incoming.withTexts(Text.UTILITY, CodedTexts.of(known.texts(), codes));
    }

    /** Tells everything, in the order in which it came. */
    public void tell(ReplacedReadings listener) {
        for (int i = 0; i < size; i++) {
            listener.replaced(ofPresent, presentRows[i], ofIncoming, incomingRows[i]);
        }
    }
}
