package io.meterlake.compile.determinism;

import static io.meterlake.compile.determinism.Facts.name;

import io.trino.sql.tree.ArithmeticBinaryExpression;
import io.trino.sql.tree.ArithmeticUnaryExpression;
import io.trino.sql.tree.Cast;
import io.trino.sql.tree.CoalesceExpression;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.DoubleLiteral;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.GenericDataType;
import io.trino.sql.tree.GenericLiteral;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.IfExpression;
import io.trino.sql.tree.NullIfExpression;
import io.trino.sql.tree.SearchedCaseExpression;
import io.trino.sql.tree.SimpleCaseExpression;
import io.trino.sql.tree.SubqueryExpression;
import io.trino.sql.tree.TryExpression;
import java.util.Set;

/** Whether an expression is known to be DOUBLE or REAL. Without types, not known means taken for exact. */
final class FloatingPoint {
    private static final Set<String> TYPES = Set.of("double", "real", "double precision", "float");

    private FloatingPoint() {}

    /** @param dataType as a property file writes it */
    static boolean isType(String dataType) {
        return TYPES.contains(name(dataType.strip()).replaceAll("\\s+", " "));
    }

    static boolean is(Expression expression, Scope scope) {
        return switch (expression) {
            case Identifier column -> scope.isFloating(column);
            case DereferenceExpression column -> scope.isFloating(column);
            case DoubleLiteral _ -> true;
            case GenericLiteral literal -> isType(literal.getType());
            case Cast cast ->
                cast.getType() instanceof GenericDataType type
                        && isType(type.getName().getValue());
            case ArithmeticBinaryExpression sum -> is(sum.getLeft(), scope) || is(sum.getRight(), scope);
            case ArithmeticUnaryExpression signed -> is(signed.getValue(), scope);
            case CoalesceExpression coalesce -> coalesce.getOperands().stream().anyMatch(part -> is(part, scope));
            case NullIfExpression nullIf -> is(nullIf.getFirst(), scope);
            case TryExpression attempt -> is(attempt.getInnerExpression(), scope);
            case IfExpression choice ->
                is(choice.getTrueValue(), scope)
                        || choice.getFalseValue().map(value -> is(value, scope)).orElse(false);
            case SearchedCaseExpression choice ->
                choice.getWhenClauses().stream().anyMatch(when -> is(when.getResult(), scope))
                        || choice.getDefaultValue()
                                .map(value -> is(value, scope))
                                .orElse(false);
            case SimpleCaseExpression choice ->
                choice.getWhenClauses().stream().anyMatch(when -> is(when.getResult(), scope))
                        || choice.getDefaultValue()
                                .map(value -> is(value, scope))
                                .orElse(false);
            case FunctionCall call -> isCall(call, scope);
            case SubqueryExpression _ -> false;
            default -> false;
        };
    }

    private static boolean isCall(FunctionCall call, Scope scope) {
        String function = name(call.getName().getSuffix());
        if (Functions.DOUBLE_VALUED.contains(function) || Functions.FLOATING_AGGREGATES.contains(function)) {
            return true;
        }
        if (Functions.EXTREME_ROW.contains(function)) {
            return is(call.argumentValues().getFirst(), scope);
        }
        return Functions.TYPE_KEEPING.contains(function)
                && call.argumentValues().stream().anyMatch(argument -> is(argument, scope));
    }
}
