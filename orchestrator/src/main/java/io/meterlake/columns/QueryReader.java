package io.meterlake.columns;

import static io.meterlake.columns.Names.lower;

import io.meterlake.columns.QueryColumns.Output;
import io.meterlake.columns.Scope.Field;
import io.meterlake.columns.Scope.Nested;
import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.AllColumns;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.GroupBy;
import io.trino.sql.tree.GroupingElement;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.OrderBy;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QueryBody;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.Relation;
import io.trino.sql.tree.SelectItem;
import io.trino.sql.tree.SetOperation;
import io.trino.sql.tree.SingleColumn;
import io.trino.sql.tree.WithQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one query. Not thread-safe; made for one query. */
public final class QueryReader {
    private final KnownTables tables;
    private final Set<String> unresolved = new LinkedHashSet<>();

    private QueryReader(KnownTables tables) {
        this.tables = tables;
    }

    /** What a query's columns are made from, as far as the tables' own columns; never throws for SQL that is wrong. */
    public static QueryColumns read(String sql, KnownTables tables) {
        QueryReader reader = new QueryReader(tables);
        try {
            if (new SqlParser().createStatement(sql) instanceof Query query) {
                QueryColumns read = reader.query(query, Map.of(), null);
                for (int at = 0; at < read.columns().size(); at++) {
                    if (read.columns().get(at).name().isEmpty()) {
                        reader.unresolved("column %d has no name".formatted(at + 1));
                    }
                }
                return new QueryColumns(read.columns(), read.rows(), List.copyOf(reader.unresolved));
            }
            return new QueryColumns(List.of(), Origins.NONE, List.of("it is no query"));
        } catch (ParsingException e) {
            return new QueryColumns(List.of(), Origins.NONE, List.of("Trino's parser refuses it: " + e.getMessage()));
        }
    }

    KnownTables tables() {
        return tables;
    }

    void unresolved(String what) {
        unresolved.add(what);
    }

    QueryColumns query(Query query, Map<String, QueryColumns> around, @Nullable Nested outer) {
        Map<String, QueryColumns> named = new HashMap<>(around);
        if (query.getWith().isPresent()) {
            if (query.getWith().get().isRecursive()) {
                unresolved("WITH RECURSIVE is not followed");
            }
            for (WithQuery with : query.getWith().get().getQueries()) {
                QueryColumns columns = query(with.getQuery(), named, outer);
                named.put(lower(with.getName()), renamed(columns, Names.lower(with.getColumnNames())));
            }
        }
        QueryColumns body = body(query.getQueryBody(), named, outer);
        Nested result = new Nested(scope(body, List.of()), outer);
        return query.getOrderBy()
                .map(order -> with(body, sorted(order, body.columns(), new ExpressionReader(this, named, result))))
                .orElse(body);
    }

    private QueryColumns body(Relation body, Map<String, QueryColumns> named, @Nullable Nested outer) {
        return switch (body) {
            case QuerySpecification specification -> select(specification, named, outer);
            case SetOperation operation -> {
                QueryColumns all = body(operation.getRelations().getFirst(), named, outer);
                for (Relation other : operation
                        .getRelations()
                        .subList(1, operation.getRelations().size())) {
                    all = beside(all, body(other, named, outer));
                }
                yield all;
            }
            case QueryBody other -> new FromReader(this, named, outer).result(other);
            default -> new FromReader(this, named, outer).result(body);
        };
    }

    /** The columns of both, by place. */
    private static QueryColumns beside(QueryColumns left, QueryColumns right) {
        List<Output> columns = new ArrayList<>();
        for (int at = 0; at < left.columns().size(); at++) {
            Output column = left.columns().get(at);
            Origins origins = at < right.columns().size()
                    ? column.origins().and(right.columns().get(at).origins())
                    : column.origins();
            columns.add(new Output(column.name(), origins));
        }
        return new QueryColumns(columns, left.rows().and(right.rows()), List.of());
    }

    private QueryColumns select(QuerySpecification query, Map<String, QueryColumns> named, @Nullable Nested outer) {
        Scope from = query.getFrom()
                .map(relation -> new FromReader(this, named, outer).read(relation))
                .orElse(Scope.EMPTY);
        ExpressionReader values =
                new ExpressionReader(this, named, new Nested(from, outer)).windows(query.getWindows());
        List<Output> columns = new ArrayList<>();
        for (SelectItem item : query.getSelect().getSelectItems()) {
            switch (item) {
                case SingleColumn column -> columns.add(new Output(name(column), values.read(column.getExpression())));
                case AllColumns all -> star(all, from, values, columns);
                default ->
                    unresolved("a select item of the kind " + item.getClass().getSimpleName());
            }
        }
        Origins rows = from.rows()
                .and(values.read(query.getWhere()).as(Influence.FILTER))
                .and(values.read(query.getHaving()).as(Influence.FILTER))
                .and(groups(query.getGroupBy(), columns, values));
        if (query.getSelect().isDistinct()) {
            for (Output column : columns) {
                rows = rows.and(column.origins().as(Influence.GROUP_BY));
            }
        }
        QueryColumns read = new QueryColumns(columns, rows, List.of());
        return query.getOrderBy()
                .map(order -> with(read, sorted(order, columns, values)))
                .orElse(read);
    }

    private void star(AllColumns all, Scope from, ExpressionReader values, List<Output> columns) {
        List<String> qualifier = all.getTarget().map(Names::path).orElse(List.of());
        List<Field> fields = from.all(qualifier);
        if (fields.isEmpty() && all.getTarget().isPresent() && from.unknown().isEmpty()) {
            unresolved("%s.*: no such table in FROM".formatted(String.join(".", qualifier)));
            values.read(all.getTarget());
        }
        for (String table : from.unknown()) {
            if (qualifier.isEmpty() || table.endsWith(qualifier.getLast())) {
                unresolved("* of %s, whose columns are not known".formatted(table));
            }
        }
        List<String> aliases = Names.lower(Optional.of(all.getAliases()));
        for (int at = 0; at < fields.size(); at++) {
            String name = at < aliases.size() ? aliases.get(at) : fields.get(at).name();
            columns.add(new Output(name, fields.get(at).origins()));
        }
    }

    private static String name(SingleColumn column) {
        if (column.getAlias().isPresent()) {
            return lower(column.getAlias().get());
        }
        List<String> path = Names.path(column.getExpression());
        return path.isEmpty() ? "" : path.getLast();
    }

    private static Origins groups(Optional<GroupBy> groupBy, List<Output> columns, ExpressionReader values) {
        Origins origins = Origins.NONE;
        for (GroupingElement element : groupBy.map(GroupBy::getGroupingElements).orElse(List.of())) {
            for (Expression key : element.getExpressions()) {
                origins = origins.and(key(key, columns, values).as(Influence.GROUP_BY));
            }
        }
        return origins;
    }

    private static Origins sorted(OrderBy order, List<Output> columns, ExpressionReader values) {
        Origins origins = Origins.NONE;
        for (var item : order.getSortItems()) {
            List<String> path = Names.path(item.getSortKey());
            Optional<Output> output = columns.stream()
                    .filter(column -> path.equals(List.of(column.name())))
                    .findFirst();
            Origins key = output.isPresent() ? output.get().origins() : key(item.getSortKey(), columns, values);
            origins = origins.and(key.as(Influence.SORT));
        }
        return origins;
    }

    /** A number is a column's place. */
    private static Origins key(Expression key, List<Output> columns, ExpressionReader values) {
        if (key instanceof LongLiteral place
                && place.getParsedValue() >= 1
                && place.getParsedValue() <= columns.size()) {
            return columns.get((int) place.getParsedValue() - 1).origins();
        }
        return values.read(key);
    }

    private static QueryColumns with(QueryColumns read, Origins rows) {
        return new QueryColumns(read.columns(), read.rows().and(rows), List.of());
    }

    private static QueryColumns renamed(QueryColumns columns, List<String> names) {
        List<Output> renamed = new ArrayList<>();
        for (int at = 0; at < columns.columns().size(); at++) {
            Output column = columns.columns().get(at);
            renamed.add(at < names.size() ? new Output(names.get(at), column.origins()) : column);
        }
        return new QueryColumns(renamed, columns.rows(), List.of());
    }

    /** A query's result as a table. */
    static Scope scope(QueryColumns columns, List<String> qualifier) {
        return new Scope(
                columns.columns().stream()
                        .map(column -> new Field(qualifier, column.name(), column.origins()))
                        .toList(),
                columns.rows(),
                List.of());
    }
}
