package io.meterlake.compile.template;

import com.hubspot.jinjava.el.ext.NamedParameter;
import com.hubspot.jinjava.lib.fn.MacroFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a {@link TemplateFunction} callable by Jinjava. */
final class BuiltinFunction extends MacroFunction {
    private final String name;
    private final TemplateFunction function;
    private final Rendering rendering;

    BuiltinFunction(String name, TemplateFunction function, Rendering rendering) {
        // "caller" keeps Jinjava from tracking recursion, which it would see in var(var('x')).
        super(
                List.of(),
                name,
                new LinkedHashMap<>(),
                true,
                rendering.interpreter().getContext(),
                0,
                0);
        this.name = name;
        this.function = function;
        this.rendering = rendering;
    }

    @Override
    public @Nullable Object evaluate(Object... arguments) {
        List<@Nullable Object> positional = new ArrayList<>();
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        sort(arguments, positional, named);
        return function.call(new Arguments(rendering.location(), name, positional, named));
    }

    /** Jinjava hands named arguments over among the others. */
    static void sort(Object[] arguments, List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
        for (Object argument : arguments) {
            if (argument instanceof NamedParameter parameter) {
                named.put(parameter.getName(), parameter.getValue());
            } else {
                positional.add(argument);
            }
        }
    }
}
