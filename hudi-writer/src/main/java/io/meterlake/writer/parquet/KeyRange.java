package io.meterlake.writer.parquet;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first and the last of a base file's record keys, in the order of their texts: not quite that of the rows, as
 * {@code M1,channel} comes after {@code M10} there. Hudi's indexes skip files by it.
 */
final class KeyRange {
    private byte @Nullable [] first;
    private byte @Nullable [] last;

    /** Adds a key, which is not to be changed afterwards. */
    void add(byte[] key) {
        if (first == null || Arrays.compareUnsigned(key, first) < 0) {
            first = key;
        }
        if (last == null || Arrays.compareUnsigned(key, last) > 0) {
            last = key;
        }
    }

    /** Adds the first bytes of an array as a key. */
    void add(byte[] key, int length) {
        if (first == null || Arrays.compareUnsigned(key, 0, length, first, 0, first.length) < 0) {
            first = Arrays.copyOf(key, length);
        }
        if (last == null || Arrays.compareUnsigned(key, 0, length, last, 0, last.length) > 0) {
            last = Arrays.copyOf(key, length);
        }
    }

    /** Adds all that this one has to another one. */
    void addTo(KeyRange other) {
        if (first != null && last != null) {
            other.add(first);
            other.add(last);
        }
    }

    /** The first key; there must be one. */
    byte[] firstBytes() {
        return requireNonNull(first, "no keys");
    }

    /** The last key; there must be one. */
    byte[] lastBytes() {
        return requireNonNull(last, "no keys");
    }

    Optional<String> first() {
        return Optional.ofNullable(first).map(key -> new String(key, StandardCharsets.UTF_8));
    }

    Optional<String> last() {
        return Optional.ofNullable(last).map(key -> new String(key, StandardCharsets.UTF_8));
    }
}
