package io.meterlake.compile.template;

import org.jspecify.annotations.Nullable;

/** Something that a template can call. */
@FunctionalInterface
public interface TemplateFunction {
    /**
     * Called for each call in the template.
     *
     * @return a text, number, boolean, list, map, {@link TemplateObject} or null; an empty text prints nothing
     * @throws TemplateFailure if the call is wrong
     */
    @Nullable
    Object call(Arguments arguments);
}
