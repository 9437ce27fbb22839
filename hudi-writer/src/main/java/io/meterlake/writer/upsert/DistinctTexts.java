package io.meterlake.writer.upsert;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A column of texts that are all different but begin alike: of each how many bytes it shares with the one before, and the
 * rest, which is how Parquet's DELTA_BYTE_ARRAY has them. To be set in the order of the rows. Not thread-safe while it is
 * filled.
 */
public final class DistinctTexts {
    private static final int EXPECTED_LENGTH = 4;

    private final int[] shared;
    /** Where the rest of each row's text ends. A text that is null has neither a shared part nor a rest. */
    private final int[] ends;

    private final BitSet absent;
    private byte[] rests;
    private int rows;

    /** With so many rows, which are all null at first. */
    public DistinctTexts(int rows) {
        this(new int[rows], new int[rows], new BitSet(), new byte[Math.multiplyExact(rows, EXPECTED_LENGTH)]);
    }

    private DistinctTexts(int[] shared, int[] ends, BitSet absent, byte[] rests) {
        this.shared = shared;
        this.ends = ends;
        this.absent = absent;
        this.rests = rests;
    }

    /** The same, with null in some more rows. */
    DistinctTexts without(BitSet more) {
        BitSet both = (BitSet) absent.clone();
        both.or(more);
        DistinctTexts without = new DistinctTexts(shared, ends, both, rests);
        without.rows = rows;
        return without;
    }

    /** The same, with each text as a whole, so that it can be {@linkplain #copy copied} at once. */
    DistinctTexts whole() {
        DistinctTexts whole = new DistinctTexts(ends.length);
        Cursor cursor = cursor();
        for (int row = 0; row < rows; row++) {
            if (cursor.moveNext()) {
                whole.set(row, cursor.text(), cursor.length());
            }
        }
        return whole;
    }

    public void set(int row, byte[] text) {
        set(row, text, text.length);
    }

    /** Sets the row's text to the first bytes of an array. */
    public void set(int row, byte[] text, int length) {
        skipTo(row);
        reserve(length);
        System.arraycopy(text, 0, rests, size(), length);
        ends[row] = size() + length;
        rows = row + 1;
    }

    /**
     * Sets the texts of rows that follow each other.
     *
     * @param sharedLengths how many bytes each text shares with the one before it; 0 of the first
     * @param restLengths the lengths of the rests, which are {@code bytes} from {@code from} on
     */
    public void set(int firstRow, int[] sharedLengths, int[] restLengths, byte[] bytes, int from) {
        skipTo(firstRow);
        System.arraycopy(sharedLengths, 0, shared, firstRow, sharedLengths.length);
        int end = size();
        for (int i = 0; i < restLengths.length; i++) {
            end += restLengths[i];
            ends[firstRow + i] = end;
        }
        int length = end - size();
        reserve(length);
        System.arraycopy(bytes, from, rests, size(), length);
        rows = firstRow + sharedLengths.length;
    }

    private void skipTo(int row) {
        Arrays.fill(ends, rows, row, size());
        rows = row;
    }

    private int size() {
        return from(rows);
    }

    private int from(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    private void reserve(int length) {
        int size = size();
        if (rests.length - size < length) {
            rests = Arrays.copyOf(rests, Math.addExact(rests.length, Math.max(length, rests.length / 2)));
        }
    }

    /**
     * Copies the row's text into an array, from its beginning; the text's length, or -1 if it is null. Looks at earlier rows
     * for what it shares with them.
     */
    public int copy(int row, byte[] target) {
        if (isNull(row) || absent.get(row)) {
            return -1;
        }
        int length = shared[row] + ends[row] - from(row);
        int missing = length;
        for (int source = row; missing > 0; source--) {
            if (shared[source] < missing && !isNull(source)) {
                System.arraycopy(rests, from(source), target, shared[source], missing - shared[source]);
                missing = shared[source];
            }
        }
        return length;
    }

    /** The length of the longest text. */
    public int longest() {
        int longest = 0;
        for (int row = 0; row < rows; row++) {
            longest = Math.max(longest, shared[row] + ends[row] - from(row));
        }
        return longest;
    }

    public byte @Nullable [] text(int row) {
        if (isNull(row)) {
            return null;
        }
        byte[] text = new byte[shared[row] + ends[row] - from(row)];
        return copy(row, text) < 0 ? null : text;
    }

    private boolean isNull(int row) {
        return row >= rows || (shared[row] == 0 && ends[row] == from(row));
    }

    /** Begins before the first row. */
    public Cursor cursor() {
        return new Cursor();
    }

    /** Goes through all rows in their order, and keeps the text that it is at. */
    public final class Cursor {
        private final byte[] text = new byte[longest()];
        private int row = -1;
        private int length;
        private boolean follows;
        private boolean isThere;

        private Cursor() {}

        /** Goes to the next row; false if it is null. */
        public boolean moveNext() {
            row++;
            follows = isThere;
            isThere = false;
            if (!isNull(row)) {
                System.arraycopy(rests, from(), text, shared[row], to() - from());
                length = shared[row] + to() - from();
                isThere = !absent.get(row);
            }
            return isThere;
        }

        /** Whether the row before is not null either: {@link #shared} is what this text shares with its text. */
        public boolean follows() {
            return follows;
        }

        public int shared() {
            return shared[row];
        }

        /** What does not stand in the text before: from {@link #from} to {@link #to}. To be read only. */
        public byte[] rest() {
            return rests;
        }

        public int from() {
            return DistinctTexts.this.from(row);
        }

        public int to() {
            return ends[row];
        }

        /** The text is its first {@link #length} bytes. To be read only. */
        public byte[] text() {
            return text;
        }

        public int length() {
            return length;
        }
    }
}
