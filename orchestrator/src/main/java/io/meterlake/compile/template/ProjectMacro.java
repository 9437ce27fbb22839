package io.meterlake.compile.template;

import static io.meterlake.error.DidYouMean.question;

import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.fn.MacroFunction;
import com.hubspot.jinjava.tree.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A macro of the project, callable from the template that is being rendered. */
final class ProjectMacro extends MacroFunction {
    private final Macro macro;
    private final Rendering rendering;

    ProjectMacro(Macro macro, Rendering rendering) {
        super(
                List.of(),
                macro.name(),
                new LinkedHashMap<>(),
                true,
                rendering.interpreter().getContext(),
                0,
                0);
        this.macro = macro;
        this.rendering = rendering;
    }

    @Override
    public @Nullable Object evaluate(Object... arguments) {
        List<@Nullable Object> positional = new ArrayList<>();
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        BuiltinFunction.sort(arguments, positional, named);
        return call(positional, named);
    }

    @Nullable
    Object call(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
        List<String> parameters = macro.parameterNames();
        refuseSuperfluous(positional, named, parameters);
        JinjavaInterpreter interpreter = rendering.interpreter();
        int callLine = interpreter.getLineNumber();
        rendering.enter(macro);
        try (var _ = interpreter.enterScope()) {
            bind(positional, named);
            StringBuilder output = new StringBuilder();
            for (Node node : macro.body()) {
                output.append(node.render(interpreter).getValue());
            }
            return output.toString();
        } catch (ReturnSignal signal) {
            return signal.value();
        } catch (InterpretException e) {
            throw rendering.failure(com.hubspot.jinjava.interpret.TemplateError.fromException(e));
        } finally {
            rendering.leave();
            interpreter.setLineNumber(callLine);
        }
    }

    private void refuseSuperfluous(
            List<@Nullable Object> positional, Map<String, @Nullable Object> named, List<String> parameters) {
        if (macro.takesAnything()) {
            return;
        }
        if (positional.size() > parameters.size()) {
            throw new TemplateFailure(
                    rendering.location(),
                    "macro %s takes at most %d arguments, not %d (%s)"
                            .formatted(macro.name(), parameters.size(), positional.size(), macro.location()));
        }
        for (String name : named.keySet()) {
            if (!parameters.contains(name)) {
                throw new TemplateFailure(
                        rendering.location(),
                        "macro %s has no parameter '%s'%s (%s)"
                                .formatted(macro.name(), name, question(name, parameters), macro.location()));
            }
        }
    }

    private void bind(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
        JinjavaInterpreter interpreter = rendering.interpreter();
        Map<String, Object> scope = interpreter.getContext().getScope();
        Map<String, @Nullable Object> others = new LinkedHashMap<>(named);
        for (int i = 0; i < macro.parameters().size(); i++) {
            Macro.Parameter parameter = macro.parameters().get(i);
            if (i < positional.size()) {
                scope.put(parameter.name(), positional.get(i));
            } else if (others.containsKey(parameter.name())) {
                scope.put(parameter.name(), others.get(parameter.name()));
            } else if (parameter.standard().isPresent()) {
                int line = macro.location().line();
                scope.put(
                        parameter.name(),
                        interpreter.resolveELExpression(parameter.standard().get(), line));
            } else {
                scope.put(parameter.name(), null);
            }
            others.remove(parameter.name());
        }
        int taken = Math.min(positional.size(), macro.parameters().size());
        scope.put(KWARGS_KEY, others);
        scope.put(VARARGS_KEY, new ArrayList<>(positional.subList(taken, positional.size())));
    }
}
