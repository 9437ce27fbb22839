package io.meterlake.compile.determinism;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of a relation without asking Trino. Names are in lower case.
 *
 * @param columns in order, as far as they are known
 * @param complete whether {@code columns} are all of them
 * @param floating the columns that are known to be DOUBLE or REAL; any other is taken for exact
 * @param keys sets of columns no two rows share the values of; the empty set: there is one row at most
 */
record Facts(List<String> columns, boolean complete, Set<String> floating, Set<Set<String>> keys) {
    static final Facts UNKNOWN = new Facts(List.of(), false, Set.of(), Set.of());

    Facts {
        columns = List.copyOf(columns);
        floating = Set.copyOf(floating);
        keys = Set.copyOf(keys);
    }

    static String name(String written) {
        return written.toLowerCase(Locale.ROOT);
    }

    /** The same relation with its columns called otherwise, as {@code as t (a, b)} does. */
    Facts renamed(List<String> names) {
        if (!complete || names.size() != columns.size()) {
            return new Facts(names, true, Set.of(), Set.of());
        }
        return new Facts(
                names,
                true,
                floating.stream()
                        .map(column -> names.get(columns.indexOf(column)))
                        .collect(Collectors.toSet()),
                keys.stream()
                        .filter(columns::containsAll)
                        .map(key -> key.stream()
                                .map(column -> names.get(columns.indexOf(column)))
                                .collect(Collectors.toSet()))
                        .collect(Collectors.toSet()));
    }

    boolean knows(String column) {
        return columns.contains(column)
                || floating.contains(column)
                || keys.stream().anyMatch(key -> key.contains(column));
    }

    /** Every column that is known by name. */
    Set<String> known() {
        Set<String> known = new LinkedHashSet<>(columns);
        known.addAll(floating);
        keys.forEach(known::addAll);
        return known;
    }
}
