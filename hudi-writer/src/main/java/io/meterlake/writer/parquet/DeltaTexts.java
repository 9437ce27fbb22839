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

    void clear() {
        size = 0;
        suffixes.clear();
    }

    /** Adds the first bytes of an array as a text, of which so many are as those of the text before. */
    void add(byte[] text, int length, int shared) {
        if (size == prefixLengths.length) {
            prefixLengths = Arrays.copyOf(prefixLengths, 2 * size);
            suffixLengths = Arrays.copyOf(suffixLengths, 2 * size);
        }
        prefixLengths[size] = shared;
        suffixLengths[size] = length - shared;
        size++;
        suffixes.put(text, shared, length - shared);
    }

    int size() {
        return size;
    }

    void writeTo(ByteSink out) {
        int[] prefixes = prefixLengths;
        int[] rests = suffixLengths;
        lengths.encode(i -> prefixes[i], size, out);
        lengths.encode(i -> rests[i], size, out);
        out.put(suffixes.array(), 0, suffixes.size());
    }
}
