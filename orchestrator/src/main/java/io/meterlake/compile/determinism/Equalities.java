package io.meterlake.compile.determinism;

import io.trino.sql.tree.ComparisonPredicate;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Literal;
import io.trino.sql.tree.LogicalExpression;
import io.trino.sql.tree.Predicated;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Conditions that say that two things are equal. */
final class Equalities {
    /** {@code left = right}. */
    record Equality(Expression left, Expression right) {}

    private Equalities() {}

    /** The conditions that must all hold. */
    static List<Expression> conjuncts(Optional<Expression> condition) {
        List<Expression> found = new ArrayList<>();
        condition.ifPresent(expression -> collect(expression, found));
        return found;
    }

    private static void collect(Expression expression, List<Expression> found) {
        if (expression instanceof LogicalExpression both && both.getOperator() == LogicalExpression.Operator.AND) {
            both.getTerms().forEach(term -> collect(term, found));
        } else {
            found.add(expression);
        }
    }

    static Optional<Equality> equality(Expression condition) {
        return condition instanceof Predicated predicated
                        && predicated.getPredicate() instanceof ComparisonPredicate comparison
                        && comparison.getOperator() == ComparisonPredicate.Operator.EQUAL
                ? Optional.of(new Equality(predicated.getValue(), comparison.getRight()))
                : Optional.empty();
    }

    /** The keys of a scope once {@code column = literal} holds: the column is no longer needed to tell rows apart. */
    static Set<Set<String>> narrowed(Scope scope, Expression condition) {
        Optional<String> constant = equality(condition)
                .flatMap(both -> both.right() instanceof Literal
                        ? Optional.of(scope.token(both.left()))
                        : both.left() instanceof Literal ? Optional.of(scope.token(both.right())) : Optional.empty());
        if (constant.isEmpty()) {
            return scope.keys();
        }
        Set<Set<String>> keys = new HashSet<>();
        for (Set<String> key : scope.keys()) {
            Set<String> rest = new HashSet<>(key);
            rest.remove(constant.get());
            keys.add(rest);
        }
        return keys;
    }
}
