package io.meterlake.compile.determinism;

import static io.meterlake.compile.determinism.Facts.name;

import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a FROM clause offers. An expression is known by its token: {@code alias.column} for a column, and the text of
 * anything else.
 *
 * @param keys sets of tokens no two rows share the values of
 */
record Scope(List<Entry> entries, Set<Set<String>> keys) {
    /** One relation of the clause, under the name that columns are qualified with. */
    record Entry(String alias, Facts facts) {}

    /** Without FROM: one row. */
    static final Scope EMPTY = new Scope(List.of(), Set.of(Set.of()));

    Scope {
        entries = List.copyOf(entries);
        keys = Set.copyOf(keys);
    }

    static Scope of(String alias, Facts facts) {
        Set<Set<String>> keys = new HashSet<>();
        facts.keys().forEach(key -> keys.add(tokens(alias, key)));
        return new Scope(List.of(new Entry(alias, facts)), keys);
    }

    private static Set<String> tokens(String alias, Set<String> columns) {
        Set<String> tokens = new HashSet<>();
        columns.forEach(column -> tokens.add(alias + "." + column));
        return tokens;
    }

    /** Both side by side: a row of the join is told by the row of the left and the row of the right. */
    Scope and(Scope right, Set<Set<String>> more) {
        List<Entry> all = new ArrayList<>(entries);
        all.addAll(right.entries);
        Set<Set<String>> joined = new HashSet<>(more);
        for (Set<String> one : keys) {
            for (Set<String> other : right.keys) {
                Set<String> both = new HashSet<>(one);
                both.addAll(other);
                joined.add(both);
            }
        }
        return new Scope(all, joined);
    }

    Scope withKeys(Set<Set<String>> others) {
        return new Scope(entries, others);
    }

    /** The token of an expression. */
    String token(Expression expression) {
        if (expression instanceof Identifier identifier) {
            String column = name(identifier.getValue());
            return alias(column) + "." + column;
        }
        if (expression instanceof DereferenceExpression reference
                && reference.getField().isPresent()) {
            String column = name(reference.getField().orElseThrow().getValue());
            String qualifier = switch (reference.getBase()) {
                case Identifier base -> name(base.getValue());
                case DereferenceExpression base ->
                    base.getField().map(field -> name(field.getValue())).orElse("");
                default -> "";
            };
            if (entries.stream().anyMatch(entry -> entry.alias().equals(qualifier))) {
                return qualifier + "." + column;
            }
        }
        return expression.toString();
    }

    /** Where an unqualified column comes from; {@code ?} if that is not known. Trino refuses what is ambiguous. */
    private String alias(String column) {
        List<Entry> knowing =
                entries.stream().filter(entry -> entry.facts().knows(column)).toList();
        if (!knowing.isEmpty()) {
            return knowing.getFirst().alias();
        }
        List<Entry> open =
                entries.stream().filter(entry -> !entry.facts().complete()).toList();
        return open.size() == 1 ? open.getFirst().alias() : "?";
    }

    boolean isFloating(Expression column) {
        String token = token(column);
        return entries.stream()
                .anyMatch(entry -> token.startsWith(entry.alias() + ".")
                        && entry.facts()
                                .floating()
                                .contains(token.substring(entry.alias().length() + 1)));
    }
}
