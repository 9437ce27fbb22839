package io.meterlake.compile.determinism;

import static io.meterlake.compile.determinism.Facts.name;

import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FrameBound;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.OrderBy;
import io.trino.sql.tree.Row;
import io.trino.sql.tree.Window;
import io.trino.sql.tree.WindowDefinition;
import io.trino.sql.tree.WindowFrame;
import io.trino.sql.tree.WindowReference;
import io.trino.sql.tree.WindowSpecification;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules for function calls inside of one SELECT. */
final class CallRules {
    private final QueryReader queries;
    private final Scope scope;
    private final Grouping grouping;
    private final List<WindowDefinition> windows;

    CallRules(QueryReader queries, Scope scope, Grouping grouping, List<WindowDefinition> windows) {
        this.queries = queries;
        this.scope = scope;
        this.grouping = grouping;
        this.windows = windows;
    }

    void check(FunctionCall call, boolean orderFree) {
        String function = name(call.getName().getSuffix());
        if (Functions.CLOCK.contains(function)) {
            queries.add(Rule.CLOCK, call, function + "() is another time on each run", ExpressionReader.aTime());
        } else if (Functions.RANDOM.contains(function)) {
            queries.add(
                    Rule.RANDOM,
                    call,
                    function + "() gives another value on each run",
                    "make the value from columns, such as xxhash64(to_utf8(meter_id))");
        } else if (Functions.SESSION.contains(function)) {
            queries.add(
                    Rule.SESSION,
                    call,
                    function + "() depends on the session",
                    "write the value, or a variable that the project sets");
        } else if (Functions.SESSION_ZONE.contains(function)
                || (function.equals("from_unixtime") && call.getArguments().size() == 1)) {
            queries.add(
                    Rule.SESSION_ZONE,
                    call,
                    function + "() gives a time in the session's zone",
                    function.equals("from_unixtime")
                            ? "name the zone: from_unixtime(…, 'UTC')"
                            : "name the zone: … at time zone 'UTC'");
        } else if (function.startsWith("approx_") || Functions.SKETCHES.contains(function)) {
            queries.add(
                    Rule.APPROXIMATE,
                    call,
                    function + " is an estimate that depends on how the rows are split",
                    exact(function));
        }
        call.getWindow().flatMap(this::specification).ifPresent(window -> checkWindow(call, function, window));
        checkAggregate(call, function, orderFree);
    }

    private static String exact(String function) {
        return switch (function) {
            case "approx_distinct" -> "count(distinct …)";
            case "approx_percentile", "tdigest_agg", "qdigest_agg" ->
                "number the rows with row_number() over (order by value, key) and take the one at the place";
            default -> "count the rows with group by";
        };
    }

    private void checkAggregate(FunctionCall call, String function, boolean orderFree) {
        List<Expression> arguments = call.argumentValues();
        if (Functions.FLOATING_AGGREGATES.contains(function)
                || (Functions.SUMS.contains(function)
                        && arguments.stream().anyMatch(argument -> FloatingPoint.is(argument, scope)))) {
            queries.add(
                    Rule.FLOATING_SUM,
                    call,
                    function + " adds up floating point, and the last digits depend on the order of the rows",
                    Functions.SUMS.contains(function)
                            ? "%s(cast(… as decimal(38, 9)))".formatted(function)
                            : "sums of decimals, put together at the end");
        }
        Set<String> told = partition(call);
        if (Functions.ANY_ROW.contains(function) && !arguments.isEmpty()) {
            if (!isTold(told) && !told.contains(scope.token(arguments.getFirst()))) {
                queries.add(
                        Rule.ANY_ROW,
                        call,
                        function + " takes the value of any row",
                        "max(…) or min(…), or add it to GROUP BY");
            }
        } else if (Functions.EXTREME_ROW.contains(function) && arguments.size() > 1) {
            addTokens(told, arguments.get(1));
            if (!isTold(told) && !told.contains(scope.token(arguments.getFirst()))) {
                queries.add(
                        Rule.TIES,
                        call,
                        "%s takes any of the rows that are equal in %s".formatted(function, arguments.get(1)),
                        "%s(…, row(%s, the columns of a unique key))".formatted(function, arguments.get(1))
                                + Keys.known(scope.keys()));
            }
        } else if (Functions.ORDERED.contains(function) && call.getWindow().isEmpty() && !orderFree) {
            checkOrdered(call, function, told);
        }
    }

    private void checkOrdered(FunctionCall call, String function, Set<String> told) {
        if (call.getOrderBy().isEmpty()) {
            if (!isTold(told)) {
                queries.add(
                        Rule.ROW_ORDER,
                        call,
                        function + " without ORDER BY keeps the order in which rows happen to come",
                        function.equals("listagg")
                                ? "listagg(…) within group (order by …)"
                                : function.startsWith("set_")
                                        ? "array_sort(%s(…))".formatted(function)
                                        : "%s(… order by …)".formatted(function));
            }
            return;
        }
        addTokens(told, call.getOrderBy().get());
        boolean sameInAnyOrder = call.argumentValues().stream()
                .limit(function.equals("listagg") ? 1 : 2)
                .allMatch(argument -> told.contains(scope.token(argument)));
        if (!isTold(told) && !sameInAnyOrder) {
            queries.add(
                    Rule.TIES,
                    call,
                    function + " has an ORDER BY in which rows can be equal",
                    "add the columns of a unique key, or the value itself, to its ORDER BY" + Keys.known(scope.keys()));
        }
    }

    private void checkWindow(FunctionCall call, String function, WindowSpecification window) {
        boolean placed = Functions.PLACED.contains(function);
        boolean rows = window.getFrame().filter(CallRules::countsRows).isPresent()
                && !Set.of("rank", "dense_rank", "percent_rank", "cume_dist").contains(function);
        if (!placed && !rows && !Functions.ORDERED.contains(function)) {
            return;
        }
        Set<String> told = partition(call);
        window.getOrderBy().ifPresent(order -> addTokens(told, order));
        if (grouping.keys().stream().anyMatch(told::containsAll)) {
            return;
        }
        boolean sameForEqualRows = (function.equals("first_value") || function.equals("last_value"))
                && window.getFrame().isEmpty()
                && window.getOrderBy().isPresent()
                && told.contains(scope.token(call.argumentValues().getFirst()));
        if (!sameForEqualRows) {
            queries.add(
                    Rule.TIES,
                    call,
                    window.getOrderBy().isEmpty()
                            ? function + " over a window without ORDER BY gives any row any place"
                            : "%s is over an order in which rows can be equal".formatted(function),
                    "add the columns of a unique key to the window's ORDER BY" + Keys.known(grouping.keys()));
        }
    }

    private static boolean countsRows(WindowFrame frame) {
        boolean all = frame.getStart().getType() == FrameBound.Type.UNBOUNDED_PRECEDING
                && frame.getEnd()
                        .map(end -> end.getType() == FrameBound.Type.UNBOUNDED_FOLLOWING)
                        .orElse(false);
        return frame.getType() == WindowFrame.Type.ROWS && !all;
    }

    /** Whether these tokens tell the rows that go in apart. */
    private boolean isTold(Set<String> tokens) {
        return scope.keys().stream().anyMatch(tokens::containsAll);
    }

    /** What all rows that one result is made of have in common. */
    private Set<String> partition(FunctionCall call) {
        Set<String> tokens = new HashSet<>(grouping.tokens());
        call.getWindow().flatMap(this::specification).ifPresent(window -> {
            tokens.clear();
            window.getPartitionBy().forEach(part -> tokens.add(scope.token(part)));
            window.getExistingWindowName()
                    .flatMap(name -> find(name.getValue()))
                    .ifPresent(base -> base.getPartitionBy().forEach(part -> tokens.add(scope.token(part))));
        });
        return tokens;
    }

    private Optional<WindowSpecification> specification(Window window) {
        return switch (window) {
            case WindowSpecification specification -> Optional.of(specification);
            case WindowReference reference -> find(reference.getName().getValue());
            default -> Optional.empty();
        };
    }

    private Optional<WindowSpecification> find(String windowName) {
        return windows.stream()
                .filter(window -> name(window.getName().getValue()).equals(name(windowName)))
                .map(WindowDefinition::getWindow)
                .findFirst();
    }

    private void addTokens(Set<String> tokens, OrderBy order) {
        order.getSortItems().forEach(item -> addTokens(tokens, item.getSortKey()));
    }

    private void addTokens(Set<String> tokens, Expression expression) {
        tokens.add(scope.token(expression));
        if (expression instanceof Row row) {
            row.getFields().forEach(field -> addTokens(tokens, field.getExpression()));
        }
    }
}
