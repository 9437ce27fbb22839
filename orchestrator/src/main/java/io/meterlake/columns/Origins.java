package io.meterlake.columns;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The columns that something is made from.
 *
 * @param columns each with the ways in which it has to do with it; immutable, sorted
 */
public record Origins(SortedMap<ColumnName, Set<Influence>> columns) {
    public static final Origins NONE = new Origins(Collections.emptySortedMap());

    public Origins {
        SortedMap<ColumnName, Set<Influence>> copy = new TreeMap<>();
        columns.forEach((column, ways) -> copy.put(column, Collections.unmodifiableSet(EnumSet.copyOf(ways))));
        columns = Collections.unmodifiableSortedMap(copy);
    }

    /** The column itself. */
    static Origins of(ColumnName column) {
        SortedMap<ColumnName, Set<Influence>> one = new TreeMap<>();
        one.put(column, EnumSet.of(Influence.IDENTITY));
        return new Origins(one);
    }

    public Origins and(Origins others) {
        SortedMap<ColumnName, Set<Influence>> both = new TreeMap<>();
        columns.forEach((column, ways) -> both.put(column, EnumSet.copyOf(ways)));
        others.columns.forEach((column, ways) -> both.computeIfAbsent(column, _ -> EnumSet.noneOf(Influence.class))
                .addAll(ways));
        return new Origins(both);
    }

    /** The same columns, for something that uses what is made of them in this way. */
    public Origins as(Influence outer) {
        SortedMap<ColumnName, Set<Influence>> used = new TreeMap<>();
        columns.forEach((column, ways) -> {
            EnumSet<Influence> then = EnumSet.noneOf(Influence.class);
            ways.forEach(way -> then.add(way.then(outer)));
            used.put(column, then);
        });
        return new Origins(used);
    }

    /** Whether a value comes from the column, rather than only being chosen by it. */
    public boolean isDirect(ColumnName column) {
        return columns.getOrDefault(column, Set.of()).stream().anyMatch(Influence::isDirect);
    }
}
