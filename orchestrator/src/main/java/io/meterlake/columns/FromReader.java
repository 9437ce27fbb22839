package io.meterlake.columns;

import io.meterlake.columns.QueryColumns.Output;
import io.meterlake.columns.Scope.Field;
import io.meterlake.columns.Scope.Nested;
import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Join;
import io.trino.sql.tree.JoinOn;
import io.trino.sql.tree.JoinUsing;
import io.trino.sql.tree.Lateral;
import io.trino.sql.tree.Relation;
import io.trino.sql.tree.Row;
import io.trino.sql.tree.SampledRelation;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.TableSubquery;
import io.trino.sql.tree.Unnest;
import io.trino.sql.tree.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads FROM clauses. */
final class FromReader {
    private final QueryReader queries;
    private final Map<String, QueryColumns> named;
    private final @Nullable Nested outer;

    FromReader(QueryReader queries, Map<String, QueryColumns> named, @Nullable Nested outer) {
        this.queries = queries;
        this.named = named;
        this.outer = outer;
    }

    /** A relation that stands where a query may, such as VALUES. */
    QueryColumns result(Relation relation) {
        Scope scope = read(relation);
        scope.unknown().forEach(table -> queries.unresolved("all columns of %s".formatted(table)));
        return new QueryColumns(
                scope.fields().stream()
                        .map(field -> new Output(field.name(), field.origins()))
                        .toList(),
                scope.rows(),
                List.of());
    }

    Scope read(Relation relation) {
        return read(relation, List.of());
    }

    /** @param names the columns' aliases, by which an array's columns are counted */
    private Scope read(Relation relation, List<String> names) {
        return switch (relation) {
            case Table table -> table(table);
            case AliasedRelation aliased -> {
                List<String> aliases = Names.lower(Optional.ofNullable(aliased.getColumnNames()));
                yield read(aliased.getRelation(), aliases).aliased(Names.lower(aliased.getAlias()), aliases);
            }
            case TableSubquery nested -> QueryReader.scope(queries.query(nested.getQuery(), named, outer), List.of());
            case Lateral lateral -> QueryReader.scope(queries.query(lateral.getQuery(), named, outer), List.of());
            case SampledRelation sampled -> read(sampled.getRelation(), names);
            case Join join -> join(join);
            case Unnest unnest -> unnest(unnest, names);
            case Values values -> values(values);
            default -> {
                String kind = relation.getClass().getSimpleName();
                queries.unresolved("a relation of the kind %s".formatted(kind));
                yield new Scope(List.of(), Origins.NONE, List.of(kind));
            }
        };
    }

    private Scope table(Table table) {
        List<String> name = Names.parts(table.getName());
        QueryColumns with = name.size() == 1 ? named.get(name.getFirst()) : null;
        if (with != null) {
            return QueryReader.scope(with, name);
        }
        String written = String.join(".", name);
        Optional<KnownTables.Known> known = queries.tables().find(name);
        if (known.isEmpty()) {
            queries.unresolved("table %s is none of the project's".formatted(written));
        }
        List<Field> fields = known.map(KnownTables.Known::columns).orElse(List.of()).stream()
                .map(column -> new Field(
                        name,
                        column,
                        Origins.of(new ColumnName(known.orElseThrow().node(), column))))
                .toList();
        return new Scope(fields, Origins.NONE, fields.isEmpty() ? List.of(written) : List.of());
    }

    private Scope join(Join join) {
        Scope left = read(join.getLeft());
        // Only LATERAL and UNNEST may look to the left; to others Trino has refused it.
        Scope right = new FromReader(queries, named, new Nested(left, outer)).read(join.getRight());
        return switch (join.getCriteria().orElse(null)) {
            case null -> left.join(right, List.of());
            case JoinOn on -> {
                Scope both = left.join(right, List.of());
                yield both.with(condition(both, on.getExpression()));
            }
            case JoinUsing using -> {
                List<String> columns = Names.lower(Optional.of(using.getColumns()));
                Origins keys = Origins.NONE;
                for (Identifier column : using.getColumns()) {
                    keys = keys.and(condition(left, column)).and(condition(right, column));
                }
                yield left.join(right, columns).with(keys);
            }
            default -> natural(left, right);
        };
    }

    private Scope natural(Scope left, Scope right) {
        if (!left.unknown().isEmpty() || !right.unknown().isEmpty()) {
            queries.unresolved("NATURAL JOIN of a table whose columns are not known");
        }
        List<String> common = left.fields().stream()
                .map(Field::name)
                .filter(name -> !right.named(List.of(), name).isEmpty())
                .distinct()
                .toList();
        Scope both = left.join(right, common);
        Origins keys = Origins.NONE;
        for (String name : common) {
            keys = keys.and(both.named(List.of(), name).getFirst().origins().as(Influence.JOIN));
        }
        return both.with(keys);
    }

    private Origins condition(Scope scope, Expression condition) {
        return new ExpressionReader(queries, named, new Nested(scope, outer))
                .read(condition)
                .as(Influence.JOIN);
    }

    /** Of several arrays in one UNNEST, a column of which is not told which it is from: all of them. */
    private Scope unnest(Unnest unnest, List<String> names) {
        Nested left = outer == null ? new Nested(Scope.EMPTY, null) : outer;
        ExpressionReader reader = new ExpressionReader(queries, named, left);
        List<Origins> arrays = new ArrayList<>();
        for (Expression array : unnest.getExpressions()) {
            arrays.add(reader.read(array).as(Influence.TRANSFORMATION));
        }
        Origins all = arrays.stream().reduce(Origins.NONE, Origins::and);
        int ordinality = unnest.isWithOrdinality() ? 1 : 0;
        int values = Math.max(names.size() - ordinality, arrays.size());
        List<Field> fields = new ArrayList<>();
        for (int at = 0; at < values; at++) {
            fields.add(new Field(List.of(), "", values == arrays.size() ? arrays.get(at) : all));
        }
        if (ordinality == 1) {
            fields.add(new Field(List.of(), "", Origins.NONE));
        }
        return new Scope(fields, Origins.NONE, List.of());
    }

    private Scope values(Values values) {
        ExpressionReader reader =
                new ExpressionReader(queries, named, outer == null ? new Nested(Scope.EMPTY, null) : outer);
        List<Origins> columns = new ArrayList<>();
        for (Expression row : values.getRows()) {
            List<Expression> cells = row instanceof Row several
                    ? several.getFields().stream().map(Row.Field::getExpression).toList()
                    : List.of(row);
            for (int at = 0; at < cells.size(); at++) {
                Origins cell = reader.read(cells.get(at));
                if (at < columns.size()) {
                    columns.set(at, columns.get(at).and(cell));
                } else {
                    columns.add(cell);
                }
            }
        }
        return new Scope(
                columns.stream().map(cell -> new Field(List.of(), "", cell)).toList(), Origins.NONE, List.of());
    }
}
