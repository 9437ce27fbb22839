package io.meterlake.writer.parquet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column of texts that are all different, one after the other in one array. To be set in the order of the rows. */
final class DistinctTexts {
    private static final int EXPECTED_LENGTH = 32;

    private final int[] ends;
    private byte[] bytes;
    private int size;
    private int rows;

    DistinctTexts(int rows) {
        this.ends = new int[rows];
        this.bytes = new byte[Math.max(EXPECTED_LENGTH, Math.multiplyExact(rows, EXPECTED_LENGTH))];
    }

    void set(int row, byte[] text) {
        Arrays.fill(ends, rows, row, size);
        if (bytes.length - size < text.length) {
            bytes = Arrays.copyOf(bytes, Math.addExact(bytes.length, Math.max(text.length, bytes.length / 2)));
        }
        System.arraycopy(text, 0, bytes, size, text.length);
        size += text.length;
        ends[row] = size;
        rows = row + 1;
    }

    byte @Nullable [] text(int row) {
        int from = row == 0 ? 0 : ends[row - 1];
        return row >= rows || from == ends[row] ? null : Arrays.copyOfRange(bytes, from, ends[row]);
    }
}
