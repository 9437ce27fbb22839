package io.meterlake.writer.upsert;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column of texts that are all different, one after the other in one array. To be set in the order of the rows. Not
 * thread-safe while it is filled.
 */
public final class DistinctTexts {
    private static final int EXPECTED_LENGTH = 32;

    private final int[] ends;
    private byte[] bytes;
    private int size;
    private int rows;

    public DistinctTexts(int rows) {
        this.ends = new int[rows];
        this.bytes = new byte[Math.max(EXPECTED_LENGTH, Math.multiplyExact(rows, EXPECTED_LENGTH))];
    }

    public void set(int row, byte[] text) {
        set(row, text, text.length);
    }

    /** Sets the row's text to the first bytes of an array. */
    public void set(int row, byte[] text, int length) {
        Arrays.fill(ends, rows, row, size);
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, Math.addExact(bytes.length, Math.max(length, bytes.length / 2)));
        }
        System.arraycopy(text, 0, bytes, size, length);
        size += length;
        ends[row] = size;
        rows = row + 1;
    }

    /** Copies the row's text into an array, from its beginning; the text's length, or -1 if it is null. */
    public int copy(int row, byte[] target) {
        int from = row == 0 ? 0 : ends[row - 1];
        if (row >= rows || from == ends[row]) {
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
        return row >= rows || from == ends[row] ? null : Arrays.copyOfRange(bytes, from, ends[row]);
    }
}
