package io.meterlake.compile;

import io.meterlake.compile.template.Macro;
import io.meterlake.compile.template.TemplateFailure;
import io.meterlake.project.Relation;
import io.meterlake.project.Resource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a model or seed goes by its settings, as with dbt: {@code +schema: marts} is the schema {@code <target>_marts}, unless
 * the project has a macro {@code generate_schema_name} that says otherwise; {@code +database} and {@code +alias} are taken as
 * they are, unless it has {@code generate_database_name} or {@code generate_alias_name}.
 */
final class Naming {
    private final Session session;

    Naming(Session session) {
        this.session = session;
    }

    Relation relation(Resource resource, Map<String, Object> config) {
        Target target = session.options().target();
        Object schema = config.get("schema");
        String ownSchema = schema == null
                ? target.schema()
                : target.schema() + "_" + schema.toString().strip();
        return new Relation(
                name(
                        resource,
                        "generate_database_name",
                        "custom_database_name",
                        config.get("database"),
                        text(config.get("database"), target.catalog())),
                name(resource, "generate_schema_name", "custom_schema_name", schema, ownSchema),
                name(
                        resource,
                        "generate_alias_name",
                        "custom_alias_name",
                        config.get("alias"),
                        text(config.get("alias"), resource.name())));
    }

    private static String text(@Nullable Object custom, String standard) {
        return custom == null ? standard : custom.toString().strip();
    }

    /** @param standard the name where the project has no such macro */
    private String name(
            Resource resource, String macroName, String argument, @Nullable Object custom, String standard) {
        Macro macro = session.macros().get(macroName);
        if (macro == null) {
            return standard;
        }
        Map<String, @Nullable Object> named = new HashMap<>();
        named.put(argument, custom);
        if (macro.parameterNames().contains("node")) {
            named.put("node", DbtValues.node(resource));
        }
        ModelScope scope = new ModelScope(
                session,
                resource,
                other -> {
                    throw new TemplateFailure(
                            macro.location(), "%s must not read %s".formatted(macroName, other.name()));
                },
                new Recording());
        try {
            Object name =
                    session.engine().call(macro, macro.location(), java.util.List.of(), named, scope, session.macros());
            return String.valueOf(name).strip();
        } catch (TemplateFailure failure) {
            session.problems().add(failure.location(), failure.reason());
            return standard;
        }
    }
}
