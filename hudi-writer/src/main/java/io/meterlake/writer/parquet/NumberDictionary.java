package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.ReadingColumns;
import java.util.Arrays;

/** Numbers the distinct values of a column in the order in which they come; 0 is null. Not thread-safe. */
final class NumberDictionary {
    private static final long FIBONACCI = 0x9E37_79B9_7F4A_7C15L;

    private final int limit;
    private final int shift;
    private final long[] keys;
    private final int[] codeOfKey;
    private final long[] values;
    private int[] codes = new int[0];
    private int size;

    /** @param limit how many distinct values there may be: a power of two */
    NumberDictionary(int limit) {
        this.limit = limit;
        int slots = 4 * limit;
        this.shift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
        this.keys = new long[slots];
        this.codeOfKey = new int[slots];
        this.values = new long[limit + 1];
    }

    /** For columns of so many rows, and no more entries than make sense. */
    static NumberDictionary forRows(int rows) {
        int most = Math.max(1, Math.min(rows, RowGroupEncoder.DICTIONARY_LIMIT));
        return new NumberDictionary(Integer.highestOneBit(2 * most - 1));
    }

    /** Numbers the values; false if there are too many different ones. */
    boolean encode(long[] column) {
        Arrays.fill(codeOfKey, 0);
        size = 0;
        if (codes.length < column.length) {
            codes = new int[column.length];
        }
        long last = ReadingColumns.NULL;
        int lastCode = 0;
        for (int row = 0; row < column.length; row++) {
            long value = column[row];
            if (value != last) {
                lastCode = value == ReadingColumns.NULL ? 0 : code(value);
                if (lastCode > limit) {
                    return false;
                }
                last = value;
            }
            codes[row] = lastCode;
        }
        return true;
    }

    private int code(long value) {
        int mask = keys.length - 1;
        int slot = (int) ((value * FIBONACCI) >>> shift);
        while (codeOfKey[slot] != 0) {
            if (keys[slot] == value) {
                return codeOfKey[slot];
            }
            slot = (slot + 1) & mask;
        }
        size++;
        if (size <= limit) {
            keys[slot] = value;
            codeOfKey[slot] = size;
            values[size] = value;
        }
        return size;
    }

    /** How many distinct values there are, null not among them. */
    int size() {
        return size;
    }

    /** The value of a code from 1 to {@link #size()}. */
    long value(int code) {
        return values[code];
    }

    /** The codes of the rows; longer than the column. Good until the next call of {@link #encode}. */
    int[] codes() {
        return codes;
    }
}
