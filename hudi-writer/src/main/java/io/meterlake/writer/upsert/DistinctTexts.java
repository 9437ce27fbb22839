package io.meterlake.writer.upsert;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A column of texts that are all different, one after the other in one array. To be set in the order of the rows. Not
 * thread-safe while it is filled.
 */
public final class DistinctTexts {
    private static final int EXPECTED_LENGTH = 32;

    private final int[] ends;
    private final BitSet absent;
    private byte[] bytes;
    private int size;
    private int rows;

    /** With so many rows, which are all null at first. */
    public DistinctTexts(int rows) {
        this(
                new int[rows],
                new BitSet(),
                new byte[Math.max(EXPECTED_LENGTH, Math.multiplyExact(rows, EXPECTED_LENGTH))]);
    }

    private DistinctTexts(int[] ends, BitSet absent, byte[] bytes) {
        this.ends = ends;
        this.absent = absent;
        this.bytes = bytes;
    }

    /** The same, with null in some more rows. */
    DistinctTexts without(BitSet more) {
        BitSet both = (BitSet) absent.clone();
        both.or(more);
        DistinctTexts without = new DistinctTexts(ends, both, bytes);
        without.size = size;
        without.rows = rows;
        return without;
    }

    public void set(int row, byte[] text) {
        set(row, text, text.length);
    }

    /** Sets the row's text to the first bytes of an array. */
    public void set(int row, byte[] text, int length) {
        reserve(row, length);
        System.arraycopy(text, 0, bytes, size, length);
        end(row, length);
    }

    /** Sets the row's text to the first bytes of the row before, and some more. */
    public void set(int row, int shared, byte[] rest, int from, int to) {
        int length = shared + to - from;
        reserve(row, length);
        int last = row < 2 ? 0 : ends[row - 2];
        System.arraycopy(bytes, last, bytes, size, shared);
        System.arraycopy(rest, from, bytes, size + shared, to - from);
        end(row, length);
    }

    private void reserve(int row, int length) {
        Arrays.fill(ends, rows, row, size);
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, Math.addExact(bytes.length, Math.max(length, bytes.length / 2)));
        }
    }

    private void end(int row, int length) {
        size += length;
        ends[row] = size;
        rows = row + 1;
    }

    /** Copies the row's text into an array, from its beginning; the text's length, or -1 if it is null. */
    public int copy(int row, byte[] target) {
        int from = row == 0 ? 0 : ends[row - 1];
        if (isNull(row, from)) {
            return -1;
        }
        System.arraycopy(bytes, from, target, 0, ends[row] - from);
        return ends[row] - from;
    }

    /** The length of the longest text. */
    public int longest() {
        int longest = 0;
        for (int row = 0; row < rows; row++) {
            longest = Math.max(longest, ends[row] - (row == 0 ? 0 : ends[row - 1]));
        }
        return longest;
    }

    public byte @Nullable [] text(int row) {
        int from = row == 0 ? 0 : ends[row - 1];
        return isNull(row, from) ? null : Arrays.copyOfRange(bytes, from, ends[row]);
    }

    private boolean isNull(int row, int from) {
        return row >= rows || from == ends[row] || absent.get(row);
    }
}
