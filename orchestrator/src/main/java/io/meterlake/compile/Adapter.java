package io.meterlake.compile;

import io.meterlake.compile.template.Arguments;
import io.meterlake.compile.template.Macro;
import io.meterlake.compile.template.TemplateFunction;
import io.meterlake.compile.template.TemplateObject;
import io.meterlake.project.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code adapter.…}: what needs no connection. */
record Adapter(Session session, ModelScope scope) implements TemplateObject {
    @Override
    public Optional<Object> property(String name) {
        return switch (name) {
            case "quote" ->
                Optional.of((TemplateFunction) arguments -> Relation.quoted(arguments.text(0, "identifier")));
            case "type" -> Optional.of((TemplateFunction) _ -> "trino");
            case "dispatch" ->
                Optional.of((TemplateFunction) arguments -> {
                    throw arguments.failure("adapter.dispatch must be called at once: adapter.dispatch('name')(…)");
                });
            case "dispatched" -> Optional.of((TemplateFunction) this::dispatch);
            default ->
                Optional.of((TemplateFunction) arguments -> {
                    throw arguments.failure("adapter.%s is not supported yet: models are compiled without asking Trino"
                            .formatted(name));
                });
        };
    }

    /** Trino's own version of a macro, or else the default one. */
    private @Nullable Object dispatch(Arguments arguments) {
        String name = arguments.required(0, "macro_name") instanceof List<?> names && !names.isEmpty()
                ? String.valueOf(names.getFirst())
                : "";
        for (String prefix : List.of("trino__", "default__")) {
            Macro macro = session.macros().get(prefix + name);
            if (macro != null) {
                List<@Nullable Object> positional = new ArrayList<>(
                        arguments.positional().subList(1, arguments.positional().size()));
                return session.engine()
                        .call(macro, arguments.location(), positional, arguments.named(), scope, session.macros());
            }
        }
        throw arguments.failure(
                "adapter.dispatch('%s'): there is no macro trino__%s or default__%s".formatted(name, name, name));
    }

    @Override
    public String toString() {
        return "adapter";
    }
}
