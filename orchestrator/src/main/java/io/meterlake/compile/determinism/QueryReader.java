package io.meterlake.compile.determinism;

import static io.meterlake.compile.determinism.Facts.name;

import io.trino.sql.tree.AllColumns;
import io.trino.sql.tree.AllRows;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FetchFirst;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Limit;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Offset;
import io.trino.sql.tree.OrderBy;
import io.trino.sql.tree.QualifiedName;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QueryBody;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.SelectItem;
import io.trino.sql.tree.SetOperation;
import io.trino.sql.tree.SimpleGroupBy;
import io.trino.sql.tree.SingleColumn;
import io.trino.sql.tree.SortItem;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.TableSubquery;
import io.trino.sql.tree.Values;
import io.trino.sql.tree.With;
import io.trino.sql.tree.WithQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Goes through one statement: collects findings, and tells what is known of its result. */
final class QueryReader {
    /** How much of a row's place ORDER BY decides. */
    enum Order {
        NONE,
        WITH_TIES,
        TOTAL
    }

    /** A query's result, and the order that its rows come in. */
    record Result(Facts facts, Order order) {}

    private final Function<QualifiedName, Facts> tables;
    private final List<Finding> findings = new ArrayList<>();

    /** @param tables what is known of the tables that are no part of the statement */
    QueryReader(Function<QualifiedName, Facts> tables) {
        this.tables = tables;
    }

    List<Finding> findings() {
        return findings;
    }

    void add(Rule rule, Node node, String message, String instead) {
        int line = node.getLocation().map(place -> place.getLineNumber()).orElse(1);
        findings.add(new Finding(rule, line, message, instead));
    }

    Result read(Query query, Map<String, Facts> outer) {
        Map<String, Facts> named = new HashMap<>(outer);
        query.getWith().ifPresent(with -> readWith(with, named));
        Result result = body(query.getQueryBody(), named);
        if (query.getOrderBy().isEmpty()
                && query.getLimit().isEmpty()
                && query.getOffset().isEmpty()) {
            return result;
        }
        Scope scope = Scope.of("", result.facts());
        new ExpressionReader(this, named, scope, Grouping.none(scope), List.of()).readAll(query.getOrderBy().stream());
        Order order = order(sortKeys(query.getOrderBy()), scope, scope.keys(), Map.of());
        checkLimit(query.getOffset(), query.getLimit(), order, scope.keys());
        return new Result(result.facts(), order);
    }

    private void readWith(With with, Map<String, Facts> named) {
        for (WithQuery part : with.getQueries()) {
            String name = name(part.getName().getValue());
            if (with.isRecursive()) {
                named.put(name, Facts.UNKNOWN);
            }
            Facts facts = read(part.getQuery(), named).facts();
            List<String> columns = part.getColumnNames().orElse(List.of()).stream()
                    .map(column -> name(column.getValue()))
                    .toList();
            named.put(name, columns.isEmpty() ? facts : facts.renamed(columns));
        }
    }

    private Result body(QueryBody body, Map<String, Facts> named) {
        return switch (body) {
            case QuerySpecification select -> select(select, named);
            case TableSubquery nested ->
                new Result(read(nested.getQuery(), named).facts(), Order.NONE);
            case Table table -> new Result(table(table, named), Order.NONE);
            case SetOperation operation -> new Result(combined(operation, named), Order.NONE);
            case Values values -> {
                Grouping grouping = Grouping.none(Scope.EMPTY);
                new ExpressionReader(this, named, Scope.EMPTY, grouping, List.of()).readAll(values.getRows().stream());
                yield new Result(Facts.UNKNOWN, Order.NONE);
            }
            default -> new Result(Facts.UNKNOWN, Order.NONE);
        };
    }

    /** A common table expression, or a table of the lake or the project. */
    Facts table(Table table, Map<String, Facts> named) {
        QualifiedName name = table.getName();
        Facts local = name.getParts().size() == 1 ? named.get(name(name.getSuffix())) : null;
        return local == null ? tables.apply(name) : local;
    }

    private Facts combined(SetOperation operation, Map<String, Facts> named) {
        List<Facts> parts = new ArrayList<>();
        operation
                .getRelations()
                .forEach(part -> parts.add(body((QueryBody) part, named).facts()));
        Facts first = parts.getFirst();
        Set<String> floating = new HashSet<>(first.floating());
        for (Facts part : parts) {
            for (int i = 0; i < Math.min(first.columns().size(), part.columns().size()); i++) {
                if (first.complete() && part.floating().contains(part.columns().get(i))) {
                    floating.add(first.columns().get(i));
                }
            }
        }
        Set<Set<String>> keys =
                operation.isDistinct() && first.complete() ? Set.of(Set.copyOf(first.columns())) : Set.of();
        return new Facts(first.columns(), first.complete(), floating, keys);
    }

    private Result select(QuerySpecification select, Map<String, Facts> named) {
        FromReader from = new FromReader(this, named);
        Scope scope = select.getFrom().map(from::read).orElse(Scope.EMPTY);
        for (Expression condition : Equalities.conjuncts(select.getWhere())) {
            scope = scope.withKeys(Equalities.narrowed(scope, condition));
        }
        Grouping grouping = grouping(select, scope);
        ExpressionReader expressions = new ExpressionReader(this, named, scope, grouping, select.getWindows());
        expressions.readAll(select.getSelect().getSelectItems().stream());
        expressions.readAll(select.getWhere().stream());
        expressions.readAll(select.getGroupBy().stream());
        expressions.readAll(select.getHaving().stream());
        expressions.readAll(select.getOrderBy().stream());

        Map<String, String> outputs = new LinkedHashMap<>();
        Facts facts = output(select, scope, grouping, outputs);
        Map<String, String> aliases = new HashMap<>();
        outputs.forEach((token, column) -> aliases.put(column, token));
        Set<Set<String>> keys = new HashSet<>(grouping.keys());
        if (select.getSelect().isDistinct() && facts.complete()) {
            keys.add(outputs.keySet());
        }
        List<SelectItem> items = select.getSelect().getSelectItems();
        Order order = order(
                sortKeys(select.getOrderBy()).stream()
                        .map(key -> ordinal(key, items))
                        .toList(),
                scope,
                keys,
                aliases);
        checkLimit(select.getOffset(), select.getLimit(), order, keys);
        return new Result(facts, order);
    }

    private static Grouping grouping(QuerySpecification select, Scope scope) {
        if (select.getGroupBy().isEmpty()) {
            boolean oneRow = select.getSelect().getSelectItems().stream().anyMatch(QueryReader::aggregates)
                    || select.getHaving().isPresent();
            return oneRow ? new Grouping(true, Set.of(), Set.of(Set.of())) : Grouping.none(scope);
        }
        Set<String> tokens = new HashSet<>();
        boolean plain = true;
        for (Node element : select.getGroupBy().get().getGroupingElements()) {
            if (element instanceof SimpleGroupBy simple) {
                for (Expression expression : simple.getExpressions()) {
                    tokens.add(
                            scope.token(ordinal(expression, select.getSelect().getSelectItems())));
                }
            } else {
                plain = false;
            }
        }
        return new Grouping(true, tokens, plain ? Set.of(tokens) : Set.of());
    }

    private static boolean aggregates(Node node) {
        if (node instanceof Query) {
            return false;
        }
        boolean here = node instanceof FunctionCall call
                && call.getWindow().isEmpty()
                && Functions.isAggregate(name(call.getName().getSuffix()));
        return here || node.getChildren().stream().anyMatch(QueryReader::aggregates);
    }

    private static Expression ordinal(Expression written, List<SelectItem> items) {
        if (written instanceof LongLiteral number
                && number.getParsedValue() >= 1
                && number.getParsedValue() <= items.size()
                && items.get((int) number.getParsedValue() - 1) instanceof SingleColumn column
                && items.stream().allMatch(SingleColumn.class::isInstance)) {
            return column.getExpression();
        }
        return written;
    }

    private static List<Expression> sortKeys(Optional<OrderBy> orderBy) {
        return orderBy.map(OrderBy::getSortItems).orElse(List.of()).stream()
                .map(SortItem::getSortKey)
                .toList();
    }

    /** @param outputs filled with the column that each token comes out as */
    private static Facts output(
            QuerySpecification select, Scope scope, Grouping grouping, Map<String, String> outputs) {
        List<String> columns = new ArrayList<>();
        Set<String> floating = new HashSet<>();
        Set<Set<String>> keys = new HashSet<>();
        boolean complete = true;
        for (SelectItem item : select.getSelect().getSelectItems()) {
            switch (item) {
                case SingleColumn single -> {
                    String column = single.getAlias()
                            .map(alias -> name(alias.getValue()))
                            .orElseGet(() -> derivedName(single.getExpression()));
                    columns.add(column);
                    outputs.putIfAbsent(scope.token(single.getExpression()), column);
                    if (FloatingPoint.is(single.getExpression(), scope)) {
                        floating.add(column);
                    }
                }
                case AllColumns all -> complete &= spread(all, scope, columns, floating, outputs);
                default -> complete = false;
            }
        }
        Set<Set<String>> known = new HashSet<>(grouping.keys());
        if (!grouping.grouped()) {
            known.addAll(Numbered.keys(select, scope));
        }
        for (Set<String> key : known) {
            if (outputs.keySet().containsAll(key)) {
                Set<String> named = new HashSet<>();
                key.forEach(token -> named.add(outputs.getOrDefault(token, token)));
                keys.add(named);
            }
        }
        if (select.getSelect().isDistinct() && complete) {
            keys.add(Set.copyOf(columns));
        }
        return new Facts(columns, complete, floating, keys);
    }

    private static boolean spread(
            AllColumns all, Scope scope, List<String> columns, Set<String> floating, Map<String, String> outputs) {
        Optional<String> only = all.getTarget()
                .map(target -> name(
                        switch (target) {
                            case Identifier alias -> alias.getValue();
                            case DereferenceExpression path ->
                                path.getField().map(Identifier::getValue).orElse("");
                            default -> "";
                        }));
        boolean complete = true;
        for (Scope.Entry entry : scope.entries()) {
            if (only.isPresent() && !only.get().equals(entry.alias())) {
                continue;
            }
            complete &= entry.facts().complete();
            columns.addAll(entry.facts().columns());
            floating.addAll(entry.facts().floating());
            entry.facts().known().forEach(column -> outputs.putIfAbsent(entry.alias() + "." + column, column));
        }
        return complete;
    }

    private static String derivedName(Expression expression) {
        return switch (expression) {
            case Identifier column -> name(column.getValue());
            case DereferenceExpression column ->
                column.getField().map(field -> name(field.getValue())).orElse("");
            default -> "";
        };
    }

    private static Order order(
            List<Expression> sortKeys, Scope scope, Set<Set<String>> keys, Map<String, String> aliases) {
        Set<String> tokens = new HashSet<>();
        for (Expression key : sortKeys) {
            if (key instanceof Identifier column && aliases.containsKey(name(column.getValue()))) {
                tokens.add(aliases.getOrDefault(name(column.getValue()), ""));
            }
            tokens.add(scope.token(key));
        }
        if (keys.stream().anyMatch(tokens::containsAll)) {
            return Order.TOTAL;
        }
        return sortKeys.isEmpty() ? Order.NONE : Order.WITH_TIES;
    }

    private void checkLimit(Optional<Offset> offset, Optional<Node> limit, Order order, Set<Set<String>> keys) {
        Optional<Node> cut = limit.filter(QueryReader::cuts).or(() -> offset.map(Node.class::cast));
        if (cut.isEmpty() || order == Order.TOTAL) {
            return;
        }
        boolean withTies = cut.get() instanceof FetchFirst fetch && fetch.isWithTies() && offset.isEmpty();
        if (order == Order.WITH_TIES && withTies) {
            return;
        }
        String word = cut.get() instanceof Offset ? "OFFSET" : cut.get() instanceof Limit ? "LIMIT" : "FETCH FIRST";
        if (order == Order.NONE) {
            add(
                    Rule.LIMIT,
                    cut.get(),
                    word + " without ORDER BY keeps any rows",
                    "ORDER BY the columns of a unique key before it" + Keys.known(keys));
        } else {
            add(
                    Rule.TIES,
                    cut.get(),
                    word + " after an ORDER BY in which rows can be equal keeps any of them",
                    "add the columns of a unique key to the ORDER BY" + Keys.known(keys));
        }
    }

    private static boolean cuts(Node limit) {
        return switch (limit) {
            case Limit written ->
                !(written.getRowCount() instanceof AllRows)
                        && !(written.getRowCount() instanceof LongLiteral number && number.getParsedValue() == 0);
            default -> true;
        };
    }
}
