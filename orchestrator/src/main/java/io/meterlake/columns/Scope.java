package io.meterlake.columns;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a FROM clause offers.
 *
 * @param fields its columns, in order
 * @param rows what decides which rows there are
 * @param unknown the tables whose columns are not known
 */
record Scope(List<Field> fields, Origins rows, List<String> unknown) {
    static final Scope EMPTY = new Scope(List.of(), Origins.NONE, List.of());

    /** @param qualifier the table's parts before the column's name, the alias alone where there is one */
    record Field(List<String> qualifier, String name, Origins origins) {
        boolean isIn(List<String> asked) {
            int from = qualifier.size() - asked.size();
            return from >= 0 && qualifier.subList(from, qualifier.size()).equals(asked);
        }
    }

    Scope {
        fields = List.copyOf(fields);
        unknown = List.copyOf(unknown);
    }

    List<Field> all(List<String> qualifier) {
        return fields.stream().filter(field -> field.isIn(qualifier)).toList();
    }

    List<Field> named(List<String> qualifier, String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name) && field.isIn(qualifier))
                .toList();
    }

    Scope with(Origins more) {
        return new Scope(fields, rows.and(more), unknown);
    }

    /** Under an alias, with other names of the columns where there are any. */
    Scope aliased(String alias, List<String> names) {
        List<Field> renamed = new ArrayList<>();
        for (int at = 0; at < fields.size(); at++) {
            String name = at < names.size() ? names.get(at) : fields.get(at).name();
            renamed.add(new Field(List.of(alias), name, fields.get(at).origins()));
        }
        return new Scope(renamed, rows, unknown.isEmpty() ? List.of() : List.of(alias));
    }

    /** Both beside each other; of the columns that join them there is one, which comes first. */
    Scope join(Scope other, List<String> using) {
        List<Field> joined = new ArrayList<>();
        for (String column : using) {
            Origins origins = first(column).map(Field::origins).orElse(Origins.NONE);
            joined.add(new Field(
                    List.of(),
                    column,
                    origins.and(other.first(column).map(Field::origins).orElse(Origins.NONE))));
        }
        Set<String> taken = new HashSet<>(using);
        fields.stream().filter(field -> !taken.contains(field.name())).forEach(joined::add);
        other.fields.stream().filter(field -> !taken.contains(field.name())).forEach(joined::add);
        List<String> bothUnknown = new ArrayList<>(unknown);
        bothUnknown.addAll(other.unknown);
        return new Scope(joined, rows.and(other.rows), bothUnknown);
    }

    private Optional<Field> first(String name) {
        return named(List.of(), name).stream().findFirst();
    }

    /** A scope and the one around it, which a correlated subquery sees as well. */
    record Nested(Scope scope, @Nullable Nested outer) {}
}
