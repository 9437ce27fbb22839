package io.meterlake.compile.determinism;

import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;

/** Sets of columns as a message shows them. */
final class Keys {
    private Keys() {}

    /** The smallest key that is known, or how to make one known. */
    static String known(Set<Set<String>> keys) {
        return keys.stream()
                .filter(key -> !key.isEmpty())
                .min(Comparator.<Set<String>>comparingInt(Set::size).thenComparing(Keys::list))
                .map(key -> " (known here: " + list(key) + ")")
                .orElse(
                        "; none is known here: a `unique` or `unique_combination` test on what is read says what it is");
    }

    static String list(Set<String> tokens) {
        return tokens.stream()
                .map(token -> token.startsWith(".") ? token.substring(1) : token)
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
