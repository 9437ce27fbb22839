package io.meterlake.compile.determinism;

import static io.meterlake.compile.determinism.Facts.name;

import io.trino.sql.tree.AtLocal;
import io.trino.sql.tree.Cast;
import io.trino.sql.tree.CurrentCatalog;
import io.trino.sql.tree.CurrentDate;
import io.trino.sql.tree.CurrentPath;
import io.trino.sql.tree.CurrentSchema;
import io.trino.sql.tree.CurrentTime;
import io.trino.sql.tree.CurrentTimestamp;
import io.trino.sql.tree.CurrentUser;
import io.trino.sql.tree.DateTimeDataType;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.LocalTime;
import io.trino.sql.tree.LocalTimestamp;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.StringLiteral;
import io.trino.sql.tree.WindowDefinition;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Goes through the expressions of one SELECT. */
final class ExpressionReader {
    private static final String A_TIME =
            "take the time from the data, or from a variable such as date '{{ var('period_end') }}'";
    private static final String ONE_ZONE =
            "name the zone: with_timezone(…, 'Europe/Berlin') or … at time zone 'Europe/Berlin' on a value that has a zone";

    private final QueryReader queries;
    private final Map<String, Facts> named;
    private final CallRules calls;

    ExpressionReader(
            QueryReader queries,
            Map<String, Facts> named,
            Scope scope,
            Grouping grouping,
            List<WindowDefinition> windows) {
        this.queries = queries;
        this.named = named;
        this.calls = new CallRules(queries, scope, grouping, windows);
    }

    void readAll(Stream<? extends Node> nodes) {
        nodes.forEach(node -> read(node, false));
    }

    /** @param orderFree whether the order of an array does not matter to what is around it */
    private void read(Node node, boolean orderFree) {
        switch (node) {
            case Query query -> {
                queries.read(query, named);
                return;
            }
            case FunctionCall call -> {
                calls.check(call, orderFree);
                String function = name(call.getName().getSuffix());
                boolean inner = Functions.ORDER_FREE.contains(function)
                        && !(function.equals("array_sort")
                                && call.argumentValues().size() > 1);
                call.getChildren().forEach(child -> readArgument(child, inner));
                return;
            }
            case CurrentDate here -> clock(here, "current_date");
            case CurrentTime here -> clock(here, "current_time");
            case CurrentTimestamp here -> clock(here, "current_timestamp");
            case LocalTime here -> clock(here, "localtime");
            case LocalTimestamp here -> clock(here, "localtimestamp");
            case CurrentUser here -> session(here, "current_user");
            case CurrentCatalog here -> session(here, "current_catalog");
            case CurrentSchema here -> session(here, "current_schema");
            case CurrentPath here -> session(here, "current_path");
            case AtLocal here -> zone(here, "AT LOCAL");
            case Cast cast
            when cast.getType() instanceof DateTimeDataType type
                    && type.isWithTimeZone()
                    && !(cast.getExpression() instanceof StringLiteral) ->
                zone(cast, "a cast to a time with time zone");
            default -> {}
        }
        node.getChildren().forEach(child -> read(child, false));
    }

    /** An argument is wrapped in a node of its own. */
    private void readArgument(Node child, boolean orderFree) {
        if (child instanceof io.trino.sql.tree.CallArgument argument) {
            read(argument.getValue(), orderFree);
        } else {
            read(child, orderFree);
        }
    }

    private void clock(Node node, String word) {
        queries.add(Rule.CLOCK, node, word + " is another time on each run", A_TIME);
    }

    private void session(Node node, String word) {
        queries.add(
                Rule.SESSION,
                node,
                word + " depends on who asks",
                "write the value, or a variable that the project sets");
    }

    private void zone(Node node, String what) {
        queries.add(
                Rule.SESSION_ZONE, node, what + " takes a time without zone as one in the session's zone", ONE_ZONE);
    }

    static String aTime() {
        return A_TIME;
    }

    static String oneZone() {
        return ONE_ZONE;
    }
}
