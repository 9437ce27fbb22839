package io.meterlake.compile.template;

import java.util.Optional;

/** A value with properties of its own, such as {@code target}; printed by its {@code toString}. */
public interface TemplateObject {
    /** What {@code object.name} is: a value, another object or a {@link TemplateFunction}. */
    Optional<Object> property(String name);
}
