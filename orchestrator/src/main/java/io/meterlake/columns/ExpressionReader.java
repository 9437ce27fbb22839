package io.meterlake.columns;

import io.meterlake.columns.QueryColumns.Output;
import io.meterlake.columns.Scope.Field;
import io.meterlake.columns.Scope.Nested;
import io.trino.sql.tree.DataType;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.IfExpression;
import io.trino.sql.tree.LambdaArgumentDeclaration;
import io.trino.sql.tree.LambdaExpression;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.SearchedCaseExpression;
import io.trino.sql.tree.SimpleCaseExpression;
import io.trino.sql.tree.WhenClause;
import io.trino.sql.tree.Window;
import io.trino.sql.tree.WindowDefinition;
import io.trino.sql.tree.WindowReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a value is made from. */
final class ExpressionReader {
    private static final Set<String> AGGREGATES = Set.of(
            ("any_value approx_distinct approx_most_frequent approx_percentile approx_set arbitrary array_agg avg bit_and_agg"
                            + " bitwise_and_agg bitwise_or_agg bool_and bool_or checksum corr count count_if covar_pop"
                            + " covar_samp every geometric_mean histogram kurtosis listagg map_agg map_union max max_by"
                            + " merge min min_by multimap_agg numeric_histogram qdigest_agg reduce_agg regr_intercept"
                            + " regr_slope skewness stddev stddev_pop stddev_samp sum tdigest_agg var_pop var_samp variance")
                    .split(" "));

    private final QueryReader queries;
    private final Map<String, QueryColumns> named;
    private final Nested scope;
    private final Map<String, Window> windows = new HashMap<>();
    private final Set<String> arguments = new HashSet<>();

    ExpressionReader(QueryReader queries, Map<String, QueryColumns> named, Nested scope) {
        this.queries = queries;
        this.named = named;
        this.scope = scope;
    }

    ExpressionReader windows(List<WindowDefinition> definitions) {
        definitions.forEach(definition -> windows.put(Names.lower(definition.getName()), definition.getWindow()));
        return this;
    }

    Origins read(Optional<? extends Expression> expression) {
        return expression.map(this::read).orElse(Origins.NONE);
    }

    Origins read(Expression expression) {
        return value(expression);
    }

    private Origins value(Node node) {
        return switch (node) {
            case Identifier identifier -> name(List.of(Names.lower(identifier)));
            case DereferenceExpression dereference -> {
                List<String> path = Names.path(dereference);
                yield path.isEmpty() ? made(List.of(dereference.getBase())) : name(path);
            }
            case FunctionCall call -> call(call);
            case IfExpression choice ->
                value(choice.getCondition())
                        .as(Influence.CONDITIONAL)
                        .and(value(choice.getTrueValue()).as(Influence.TRANSFORMATION))
                        .and(read(choice.getFalseValue()).as(Influence.TRANSFORMATION));
            case SearchedCaseExpression choice -> cases(choice.getWhenClauses(), choice.getDefaultValue());
            case SimpleCaseExpression choice ->
                value(choice.getOperand())
                        .as(Influence.CONDITIONAL)
                        .and(cases(choice.getWhenClauses(), choice.getDefaultValue()));
            case LambdaExpression lambda -> lambda(lambda);
            case Query query -> subquery(query);
            // Its name is an identifier to the parser.
            case DataType _ -> Origins.NONE;
            default -> made(node.getChildren());
        };
    }

    private Origins cases(List<WhenClause> clauses, Optional<Expression> otherwise) {
        Origins all = read(otherwise).as(Influence.TRANSFORMATION);
        for (WhenClause when : clauses) {
            all = all.and(made(conditions(when)).as(Influence.CONDITIONAL))
                    .and(value(when.getResult()).as(Influence.TRANSFORMATION));
        }
        return all;
    }

    private static List<? extends Node> conditions(WhenClause when) {
        Node result = when.getResult();
        return when.getChildren().stream().filter(part -> !part.equals(result)).toList();
    }

    private Origins made(List<? extends Node> parts) {
        Origins all = Origins.NONE;
        for (Node part : parts) {
            all = all.and(value(part).as(Influence.TRANSFORMATION));
        }
        return all;
    }

    private Origins call(FunctionCall call) {
        String function = call.getName().getSuffix().toLowerCase(Locale.ROOT);
        Influence way = AGGREGATES.contains(function) ? Influence.AGGREGATION : Influence.TRANSFORMATION;
        Origins all = made(call.getArguments()).as(way);
        if (call.getFilter().isPresent()) {
            all = all.and(value(call.getFilter().get()).as(Influence.CONDITIONAL));
        }
        if (call.getOrderBy().isPresent()) {
            all = all.and(made(List.of(call.getOrderBy().get())).as(Influence.SORT));
        }
        if (call.getWindow().isPresent()) {
            Window window = call.getWindow().get();
            if (window instanceof WindowReference reference) {
                window = windows.getOrDefault(Names.lower(reference.getName()), window);
            }
            if (window instanceof Node specification && !(window instanceof WindowReference)) {
                all = all.and(made(specification.getChildren()).as(Influence.WINDOW));
            }
        }
        return all;
    }

    private Origins lambda(LambdaExpression lambda) {
        List<String> added = lambda.getArguments().stream()
                .map(LambdaArgumentDeclaration::getName)
                .map(Names::lower)
                .filter(arguments::add)
                .toList();
        Origins body = value(lambda.getBody()).as(Influence.TRANSFORMATION);
        added.forEach(arguments::remove);
        return body;
    }

    /** Its columns are the value; what chooses its rows chooses the value. */
    private Origins subquery(Query query) {
        QueryColumns read = queries.query(query, named, scope);
        Origins all = read.rows();
        for (Output column : read.columns()) {
            all = all.and(column.origins().as(Influence.TRANSFORMATION));
        }
        return all;
    }

    /** The innermost scope decides; a longer name than table and column goes on into a row's field. */
    private Origins name(List<String> path) {
        if (arguments.contains(path.getFirst())) {
            return Origins.NONE;
        }
        for (Nested at = scope; at != null; at = at.outer()) {
            for (int column = path.size() - 1; column >= 0; column--) {
                List<Field> found = at.scope().named(path.subList(0, column), path.get(column));
                if (found.size() > 1) {
                    queries.unresolved("column %s could be of several tables".formatted(String.join(".", path)));
                    return Origins.NONE;
                }
                if (found.size() == 1) {
                    Origins origins = found.getFirst().origins();
                    return column == path.size() - 1 ? origins : origins.as(Influence.TRANSFORMATION);
                }
            }
            if (!at.scope().unknown().isEmpty()) {
                break;
            }
        }
        queries.unresolved(
                "column %s is in no table of FROM whose columns are known".formatted(String.join(".", path)));
        return Origins.NONE;
    }
}
