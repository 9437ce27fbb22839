package io.meterlake.compile;

import java.util.Map;

/**
 * What a project is compiled with; the same options give the same result.
 *
 * @param vars override the project's variables; strings, numbers, booleans, lists and maps
 * @param environment what {@code env_var} sees
 */
public record CompileOptions(
        Target target, Map<String, Object> vars, RelationResolver relations, Map<String, String> environment) {
    public CompileOptions {
        vars = Map.copyOf(vars);
        environment = Map.copyOf(environment);
    }

    /** Everything as the project says. */
    public static CompileOptions defaults() {
        return new CompileOptions(Target.DEFAULT, Map.of(), RelationResolver.AS_DECLARED, Map.of());
    }

    public CompileOptions withVars(Map<String, Object> others) {
        return new CompileOptions(target, others, relations, environment);
    }

    public CompileOptions withRelations(RelationResolver others) {
        return new CompileOptions(target, vars, others, environment);
    }
}
