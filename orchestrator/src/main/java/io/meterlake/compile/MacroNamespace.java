package io.meterlake.compile;

import io.meterlake.compile.template.TemplateFunction;
import io.meterlake.compile.template.TemplateObject;
import java.util.Optional;

/** The project's own macros by its name: {@code meterlake.month_of(…)}. */
record MacroNamespace(Session session, ModelScope scope) implements TemplateObject {
    @Override
    public Optional<Object> property(String name) {
        Object overridden = session.overrides().get(session.project().name() + "." + name);
        if (overridden != null) {
            return Optional.of((TemplateFunction) _ -> overridden);
        }
        return Optional.ofNullable(session.macros().get(name))
                .map(macro -> (TemplateFunction) arguments -> session.engine()
                        .call(
                                macro,
                                arguments.location(),
                                arguments.positional(),
                                arguments.named(),
                                scope,
                                session.macros()));
    }

    @Override
    public String toString() {
        return session.project().name();
    }
}
