package io.meterlake.compile.template;

import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.lib.fn.MacroFunction;
import org.jspecify.annotations.Nullable;

/** The outermost scope of one rendering: finds functions and macros when they are called. */
final class RootContext extends Context {
    private final Rendering rendering;

    RootContext(Context global, Rendering rendering) {
        super(global);
        this.rendering = rendering;
    }

    @Override
    public @Nullable MacroFunction getGlobalMacro(String name) {
        return rendering.function(name);
    }

    // Jinjava notes every name in the global context, for other uses of it: it would grow, and threads share it.

    @Override
    public void addResolvedExpression(String expression) {}

    @Override
    public void addResolvedValue(String value) {}

    @Override
    public void addResolvedFunction(String function) {}
}
