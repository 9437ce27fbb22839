package io.meterlake.compile.determinism;

import java.util.Set;

/**
 * How a SELECT groups its rows.
 *
 * @param grouped whether a row of the result stands for many
 * @param tokens what it groups by
 * @param keys sets of tokens that tell the rows after grouping apart
 */
record Grouping(boolean grouped, Set<String> tokens, Set<Set<String>> keys) {
    static Grouping none(Scope scope) {
        return new Grouping(false, Set.of(), scope.keys());
    }
}
