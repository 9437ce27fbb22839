package io.meterlake.writer.parquet;

import java.util.Arrays;

/**
 * A page of DELTA_BYTE_ARRAY (Encodings.md, "Delta Strings"): of each text how much it shares with the one before, and
 * the rest. Not thread-safe.
 */
final class DeltaTexts {
    private final DeltaEncoding lengths = new DeltaEncoding();
    private final ByteSink suffixes = new ByteSink();
    private int[] prefixLengths = new int[1 << 14];
    private int[] suffixLengths = new int[1 << 14];
    private int size;
    private byte[] last = new byte[64];
    private int lastLength;
    private KeyRange range = new KeyRange();

    /** Begins a page, which is told by its own bytes alone. */
    void clear() {
        size = 0;
        lastLength = 0;
        suffixes.clear();
        range = new KeyRange();
    }

    int size() {
        return size;
    }

    /** Adds the first bytes of an array as a text. */
    void add(byte[] text, int length) {
        int shared = Arrays.mismatch(last, 0, lastLength, text, 0, length);
        add(shared < 0 ? length : shared, text, shared < 0 ? length : shared, length);
    }

    /**
     * Adds a text: the first bytes of the last one, as many as it shares with it, and {@code rest[from..to)}.
     *
     * @param shared no more than are really shared; if fewer, the page is only larger
     */
    void add(int shared, byte[] rest, int from, int to) {
        int length = shared + to - from;
        // The least and the greatest text stand where a rising stretch begins or ends.
        boolean rising =
                size > 0 && (shared == lastLength || (from < to && Byte.compareUnsigned(rest[from], last[shared]) > 0));
        if (!rising && size > 0) {
            range.add(last, lastLength);
        }
        if (last.length < length) {
            last = Arrays.copyOf(last, 2 * length);
        }
        System.arraycopy(rest, from, last, shared, to - from);
        lastLength = length;
        if (!rising) {
            range.add(last, length);
        }
        if (size == prefixLengths.length) {
            prefixLengths = Arrays.copyOf(prefixLengths, 2 * size);
            suffixLengths = Arrays.copyOf(suffixLengths, 2 * size);
        }
        prefixLengths[size] = shared;
        suffixLengths[size] = to - from;
        size++;
        suffixes.put(rest, from, to - from);
    }

    /** The least and the greatest text of the page, once all are in it. */
    KeyRange range() {
        if (size > 0) {
            range.add(last, lastLength);
        }
        return range;
    }

    void writeTo(ByteSink out) {
        lengths.encode(prefixLengths, size, out);
        lengths.encode(suffixLengths, size, out);
        out.put(suffixes.array(), 0, suffixes.size());
    }
}
