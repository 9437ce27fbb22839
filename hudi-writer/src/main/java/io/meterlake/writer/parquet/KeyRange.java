package io.meterlake.writer.parquet;

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

    void add(byte[] key) {
        if (first == null || Arrays.compareUnsigned(key, first) < 0) {
            first = key;
        }
        if (last == null || Arrays.compareUnsigned(key, last) > 0) {
            last = key;
        }
    }

    Optional<String> first() {
        return Optional.ofNullable(first).map(key -> new String(key, StandardCharsets.UTF_8));
    }

    Optional<String> last() {
        return Optional.ofNullable(last).map(key -> new String(key, StandardCharsets.UTF_8));
    }
}
