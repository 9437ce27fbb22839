package io.meterlake.compile.template;

import static io.meterlake.error.DidYouMean.question;

import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.MacroFunction;
import com.hubspot.jinjava.tree.Node;
import io.meterlake.project.Location;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One template being rendered: where we are, and what names mean. Not thread-safe. */
final class Rendering {
    private static final int DEEPEST_CALL = 100;

    private final TemplateEngine engine;
    private final Scope scope;
    private final Map<String, Macro> macros;
    private final TemplateInterpreter interpreter;
    private final Map<String, MacroFunction> functions = new HashMap<>();
    private final Deque<String> files = new ArrayDeque<>();
    private @Nullable String undefined;

    Rendering(TemplateEngine engine, String file, Scope scope, Map<String, Macro> macros) {
        this.engine = engine;
        this.scope = scope;
        this.macros = macros;
        this.files.push(file);
        this.interpreter = engine.interpreter(this);
    }

    /** Renders some nodes, one after the other. */
    String render(List<Node> nodes) {
        StringBuilder output = new StringBuilder();
        try (var _ = JinjavaInterpreter.closeablePushCurrent(interpreter).get()) {
            for (Node node : nodes) {
                output.append(node.render(interpreter).getValue());
            }
        } catch (InterpretException e) {
            throw failure(e);
        }
        return output.toString();
    }

    /** The value of an expression. */
    @Nullable
    Object evaluate(String expression, int line) {
        try (var _ = JinjavaInterpreter.closeablePushCurrent(interpreter).get()) {
            return interpreter.resolveELExpression(expression, line);
        } catch (InterpretException e) {
            throw failure(e);
        }
    }

    /** Calls a macro from outside of any template. */
    @Nullable
    Object call(Macro macro, int line, List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
        interpreter.setLineNumber(line);
        try (var _ = JinjavaInterpreter.closeablePushCurrent(interpreter).get()) {
            return new ProjectMacro(macro, this).call(positional, named);
        }
    }

    TemplateInterpreter interpreter() {
        return interpreter;
    }

    Location location() {
        return new Location(file(), interpreter.getLineNumber());
    }

    String file() {
        return files.element();
    }

    void enter(Macro macro) {
        if (files.size() > DEEPEST_CALL) {
            throw new TemplateFailure(location(), "macro %s calls itself without end".formatted(macro.name()));
        }
        files.push(macro.location().file());
    }

    void leave() {
        files.pop();
    }

    /** A name that no scope of the template itself holds. Jinjava does not know Jinja's literal for nothing. */
    @Nullable
    Object variable(String name) {
        if (name.equals("none") || name.equals("None")) {
            return null;
        }
        Optional<Object> value = scope.variable(name);
        if (value.isEmpty()) {
            scope.refusal(name).ifPresent(why -> {
                throw new TemplateFailure(location(), "'%s' %s".formatted(name, why));
            });
            noteUndefined(name);
            return null;
        }
        return value.get();
    }

    void noteUndefined(String name) {
        undefined = name;
    }

    /** The name that turned out to mean nothing since the last call. */
    Optional<String> takeUndefined() {
        Optional<String> taken = Optional.ofNullable(undefined);
        undefined = null;
        return taken;
    }

    /** A function or macro, or null, after which Jinjava looks among its own. */
    @Nullable
    MacroFunction function(String name) {
        MacroFunction known = functions.get(name);
        if (known != null) {
            return known;
        }
        MacroFunction found = find(name);
        if (found != null) {
            functions.put(name, found);
        }
        return found;
    }

    private @Nullable MacroFunction find(String name) {
        Macro macro = macros.get(name);
        if (macro != null) {
            return new ProjectMacro(macro, this);
        }
        Optional<TemplateFunction> function = scope.function(name);
        if (function.isPresent()) {
            return callable(name, function.get());
        }
        if (engine.knowsFunction(name)) {
            return null;
        }
        String why = scope.refusal(name).orElse("is not defined" + suggestion(name));
        throw new TemplateFailure(location(), "function '%s' %s".formatted(name, why));
    }

    String suggestion(String name) {
        TreeSet<String> names = new TreeSet<>(scope.names());
        names.addAll(macros.keySet());
        return question(name, names);
    }

    MacroFunction callable(String name, TemplateFunction function) {
        return new BuiltinFunction(name, function, this);
    }

    /** What Jinjava has to say, as a failure at our own line; or what went through it, as it was. */
    Error failure(TemplateError error) {
        for (Throwable cause = error.getException(); cause != null; cause = cause.getCause()) {
            if (cause instanceof TemplateFailure || cause instanceof ReturnSignal) {
                return (Error) cause;
            }
        }
        int line = error.getLineno() > 0 ? error.getLineno() : interpreter.getLineNumber();
        return new TemplateFailure(new Location(file(), line), EngineMessage.readable(error.getMessage()));
    }

    private Error failure(InterpretException e) {
        return failure(TemplateError.fromException(e));
    }
}
