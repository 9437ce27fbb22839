package io.meterlake.compile.template;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.random.RandomNumberGeneratorStrategy;
import io.meterlake.project.Location;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jinjava.javax.el.CompositeELResolver;
import org.jspecify.annotations.Nullable;

/** Parses and renders templates. One is enough for a process: it is thread-safe, and building it takes a while. */
public final class TemplateEngine {
    private static final Pattern DISPATCH = Pattern.compile("adapter\\.dispatch\\(\\s*([^()]*)\\)\\s*\\(\\s*(\\))?");
    private static final Pattern ARGUMENT_NAME = Pattern.compile("\\b(macro_name|macro_namespace)\\s*=\\s*");

    /** A clock or a die in a template would make a different query of the same files. */
    private static final Set<String> IMPURE = Set.of("today", "now", "datetimeformat", "unixtimestamp", "random");

    private static final Scope NOTHING = new Scope() {
        @Override
        public Optional<Object> variable(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<TemplateFunction> function(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> refusal(String name) {
            return Optional.empty();
        }

        @Override
        public Collection<String> names() {
            return List.of();
        }
    };

    private final Jinjava jinjava;
    private final Set<String> ownFunctions;

    public TemplateEngine() {
        CompositeELResolver resolver = new CompositeELResolver();
        resolver.add(new PythonResolver());
        resolver.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
        JinjavaConfig config = JinjavaConfig.newBuilder()
                .withLocale(Locale.ROOT)
                .withTimeZone(ZoneOffset.UTC)
                .withNestedInterpretationEnabled(false)
                .withEnableRecursiveMacroCalls(true)
                .withRandomNumberGeneratorStrategy(RandomNumberGeneratorStrategy.CONSTANT_ZERO)
                .withElResolver(resolver)
                .withLegacyOverrides(LegacyOverrides.Builder.from(LegacyOverrides.NONE)
                        .withEvaluateMapKeys(true)
                        .withIterateOverMapKeys(true)
                        .withUseNaturalOperatorPrecedence(true)
                        .withParseWhitespaceControlStrictly(true)
                        .withAllowAdjacentTextNodes(true)
                        .withUseTrimmingForNotesAndExpressions(true)
                        .withKeepNullableLoopValues(true)
                        .withHandleBackslashInQuotesOnly(true)
                        .build())
                .build();
        jinjava = new Jinjava(config);
        Context global = jinjava.getGlobalContext();
        for (String block : List.of("test", "data_test", "docs", "materialization", "snapshot")) {
            global.registerTag(new BlockTag(block));
        }
        Filters.register(global);
        global.setExpressionStrategy(new StrictOutput());
        ownFunctions = global.getAllFunctions().stream()
                .map(ELFunctionDefinition::getLocalName)
                .filter(name -> !IMPURE.contains(name))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Parses a template.
     *
     * @param file the project's file, for messages
     * @throws TemplateFailure if it is not Jinja
     */
    public Template parse(String file, String text) {
        Rendering rendering = new Rendering(this, file, NOTHING, Map.of());
        try {
            return new Template(file, rendering.interpreter().parse(callable(text)));
        } catch (InterpretException e) {
            throw rendering.failure(TemplateError.fromException(e));
        }
    }

    /**
     * The macros and generic tests in a file.
     *
     * @throws TemplateFailure if a signature cannot be read
     */
    public List<Macro> macros(Template template) {
        return MacroReader.read(template);
    }

    /**
     * Renders a template.
     *
     * @throws TemplateFailure at the first thing that is wrong
     */
    public String render(Template template, Scope scope, Map<String, Macro> macros) {
        return new Rendering(this, template.file(), scope, macros)
                .render(template.root().getChildren());
    }

    /**
     * Calls a macro.
     *
     * @param caller the place that the call counts as coming from
     * @throws TemplateFailure at the first thing that is wrong
     */
    public @Nullable Object call(
            Macro macro,
            Location caller,
            List<@Nullable Object> positional,
            Map<String, @Nullable Object> named,
            Scope scope,
            Map<String, Macro> macros) {
        return new Rendering(this, caller.file(), scope, macros).call(macro, caller.line(), positional, named);
    }

    /**
     * The value of a text that may hold an expression: of {@code {{ x }}} alone the value itself, otherwise text.
     *
     * @throws TemplateFailure at the first thing that is wrong
     */
    public @Nullable Object value(Location location, String text, Scope scope, Map<String, Macro> macros) {
        String trimmed = text.strip();
        if (trimmed.startsWith("{{") && trimmed.indexOf("}}") == trimmed.length() - 2) {
            String expression = trimmed.substring(2, trimmed.length() - 2);
            return new Rendering(this, location.file(), scope, macros).evaluate(expression, location.line());
        }
        return render(parse(location.file(), text), scope, macros);
    }

    TemplateInterpreter interpreter(Rendering rendering) {
        RootContext root = new RootContext(jinjava.getGlobalContext(), rendering);
        return new TemplateInterpreter(jinjava, new Context(root), jinjava.getGlobalConfig(), rendering);
    }

    boolean knowsFunction(String name) {
        return ownFunctions.contains(name);
    }

    /** {@code adapter.dispatch('m')(x)} calls what a call gave, which Jinjava's grammar has not. */
    private static String callable(String text) {
        if (!text.contains("adapter.dispatch")) {
            return text;
        }
        return DISPATCH.matcher(text).replaceAll(match -> {
            String names = ARGUMENT_NAME.matcher(match.group(1)).replaceAll("");
            String call = "adapter.dispatched([" + names + "]" + (match.group(2) == null ? ", " : ")");
            return Matcher.quoteReplacement(call);
        });
    }
}
