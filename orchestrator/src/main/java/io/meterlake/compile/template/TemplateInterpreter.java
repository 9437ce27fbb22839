package io.meterlake.compile.template;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import org.jspecify.annotations.Nullable;

/** Jinjava's interpreter that stops at the first error instead of printing around it. */
final class TemplateInterpreter extends JinjavaInterpreter {
    private final Rendering rendering;

    TemplateInterpreter(Jinjava jinjava, Context context, JinjavaConfig config, Rendering rendering) {
        super(jinjava, context, config);
        this.rendering = rendering;
    }

    Rendering rendering() {
        return rendering;
    }

    @Override
    public void addError(TemplateError error) {
        throw rendering.failure(error);
    }

    @Override
    public String getAsString(@Nullable Object value) {
        return PythonText.of(value);
    }

    /**
     * A variable that is set to none is none, also where an outer one of the same name has a value; Jinjava would look
     * on.
     */
    @Override
    public @Nullable Object retraceVariable(String name, int line, int position) {
        for (Context scope = getContext(); scope != null; scope = scope.getParent()) {
            if (scope.getScope().containsKey(name)) {
                return scope.getScope().get(name) == null ? null : super.retraceVariable(name, line, position);
            }
        }
        return rendering.variable(name);
    }
}
