package io.meterlake.compile.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.expression.ExpressionStrategy;
import com.hubspot.jinjava.tree.output.RenderedOutputNode;
import com.hubspot.jinjava.tree.parse.ExpressionToken;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Prints {@code {{ … }}} as Python does, and fails where a name in it means nothing: SQL with a hole still runs. */
final class StrictOutput implements ExpressionStrategy {
    private static final long serialVersionUID = 1L;

    /** What makes it right to name something that may not be there. */
    private static final Pattern CAREFUL = Pattern.compile("\\b(defined|undefined|default|d|if|or|and|get)\\b");

    @Override
    public RenderedOutputNode interpretOutput(ExpressionToken token, JinjavaInterpreter interpreter) {
        Rendering rendering = ((TemplateInterpreter) interpreter).rendering();
        rendering.takeUndefined();
        @Nullable Object value = interpreter.resolveELExpression(token.getExpr(), token.getLineNumber());
        Optional<String> undefined = rendering.takeUndefined();
        if (undefined.isPresent()
                && (value == null || !CAREFUL.matcher(token.getExpr()).find())) {
            interpreter.setLineNumber(token.getLineNumber());
            throw new TemplateFailure(
                    rendering.location(),
                    "'%s' is not defined%s".formatted(undefined.get(), rendering.suggestion(undefined.get())));
        }
        return new RenderedOutputNode(PythonText.of(value));
    }
}
