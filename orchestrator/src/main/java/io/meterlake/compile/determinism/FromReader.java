package io.meterlake.compile.determinism;

import static io.meterlake.compile.determinism.Facts.name;

import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Join;
import io.trino.sql.tree.JoinOn;
import io.trino.sql.tree.JoinUsing;
import io.trino.sql.tree.Lateral;
import io.trino.sql.tree.Relation;
import io.trino.sql.tree.SampledRelation;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.TableSubquery;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads FROM clauses. */
final class FromReader {
    private final QueryReader queries;
    private final Map<String, Facts> named;
    private int unnamed;

    FromReader(QueryReader queries, Map<String, Facts> named) {
        this.queries = queries;
        this.named = named;
    }

    Scope read(Relation relation) {
        return switch (relation) {
            case Join join -> join(join);
            case AliasedRelation aliased -> {
                Facts facts = facts(aliased.getRelation());
                List<String> columns = aliased.getColumnNames() == null
                        ? List.of()
                        : aliased.getColumnNames().stream()
                                .map(column -> name(column.getValue()))
                                .toList();
                yield Scope.of(name(aliased.getAlias().getValue()), columns.isEmpty() ? facts : facts.renamed(columns));
            }
            case Table table -> Scope.of(name(table.getName().getSuffix()), facts(table));
            default -> Scope.of("#" + unnamed++, facts(relation));
        };
    }

    private Facts facts(Relation relation) {
        return switch (relation) {
            case Table table -> queries.table(table, named);
            case TableSubquery nested -> queries.read(nested.getQuery(), named).facts();
            case Lateral lateral -> {
                queries.read(lateral.getQuery(), named);
                yield Facts.UNKNOWN;
            }
            case SampledRelation sampled -> {
                queries.add(
                        Rule.SAMPLE,
                        sampled,
                        "TABLESAMPLE takes other rows each time",
                        "choose rows by their values, such as `where mod(from_big_endian_64(xxhash64(to_utf8(meter_id))), 100) = 0`");
                yield facts(sampled.getRelation());
            }
            case Join join -> {
                join(join);
                yield Facts.UNKNOWN;
            }
            default -> {
                new ExpressionReader(queries, named, Scope.EMPTY, Grouping.none(Scope.EMPTY), List.of())
                        .readAll(relation.getChildren().stream());
                yield Facts.UNKNOWN;
            }
        };
    }

    private Scope join(Join join) {
        Scope left = read(join.getLeft());
        Scope right = read(join.getRight());
        Map<String, String> equal = new HashMap<>();
        Scope both = left.and(right, Set.of());
        switch (join.getCriteria().orElse(null)) {
            case JoinOn on -> {
                for (var condition : Equalities.conjuncts(java.util.Optional.of(on.getExpression()))) {
                    Equalities.equality(condition).ifPresent(pair -> {
                        equal.put(both.token(pair.left()), both.token(pair.right()));
                        equal.put(both.token(pair.right()), both.token(pair.left()));
                    });
                }
                new ExpressionReader(queries, named, both, Grouping.none(both), List.of())
                        .readAll(on.getNodes().stream());
            }
            case JoinUsing using -> {
                for (Identifier column : using.getColumns()) {
                    equal.put(left.token(column), right.token(column));
                    equal.put(right.token(column), left.token(column));
                }
            }
            case null, default -> {}
        }
        Set<Set<String>> keys = new HashSet<>();
        boolean keepsLeft = join.getType() == Join.Type.INNER || join.getType() == Join.Type.LEFT;
        boolean keepsRight = join.getType() == Join.Type.INNER || join.getType() == Join.Type.RIGHT;
        if (keepsLeft && isMatchedOnce(right, left, equal)) {
            keys.addAll(left.keys());
        }
        if (keepsRight && isMatchedOnce(left, right, equal)) {
            keys.addAll(right.keys());
        }
        return left.and(right, keys);
    }

    /** Whether a row of {@code driving} meets one row of {@code joined} at most: a key of it is compared in full. */
    private static boolean isMatchedOnce(Scope joined, Scope driving, Map<String, String> equal) {
        return joined.keys().stream()
                .anyMatch(key -> key.stream().allMatch(token -> {
                    String other = equal.get(token);
                    return other != null
                            && driving.entries().stream().anyMatch(entry -> other.startsWith(entry.alias() + "."));
                }));
    }
}
