package io.meterlake.compile;

import static io.meterlake.error.DidYouMean.question;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.compile.template.Arguments;
import io.meterlake.compile.template.Returning;
import io.meterlake.compile.template.TemplateFunction;
import io.meterlake.compile.template.TemplateObject;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions among dbt's names that do not depend on the node. */
final class DbtFunctions {
    private static final Map<String, TemplateFunction> FUNCTIONS = Map.of(
            "return", Returning.FUNCTION,
            "log", _ -> "",
            "print", _ -> "",
            "doc", arguments -> arguments.text(0, "name"),
            "tojson", DbtFunctions::toJson,
            "fromjson", DbtFunctions::fromJson,
            "fromyaml", arguments -> io.meterlake.project.YamlReader.value(arguments.text(0, "text")));

    static final TemplateObject EXCEPTIONS = name -> switch (name) {
        case "raise_compiler_error" ->
            Optional.of((TemplateFunction) arguments -> {
                throw arguments.failure(arguments.text(0, "message"));
            });
        case "warn" -> Optional.of((TemplateFunction) _ -> "");
        default -> Optional.empty();
    };

    private static final String ASKS_TRINO =
            "is not supported yet: models are compiled without asking Trino, so that the same files always give the same SQL";
    private static final String CHANGES =
            "is not supported: it changes from run to run, and the same files must give the same SQL; hand the value in"
                    + " with --vars";

    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("run_query", ASKS_TRINO),
            Map.entry("statement", ASKS_TRINO),
            Map.entry("load_result", ASKS_TRINO),
            Map.entry("store_result", ASKS_TRINO),
            Map.entry("run_started_at", CHANGES),
            Map.entry("invocation_id", CHANGES),
            Map.entry("modules", CHANGES),
            Map.entry("now", CHANGES),
            Map.entry("today", CHANGES),
            Map.entry("graph", "is not supported yet"),
            Map.entry("api", "is not supported yet"),
            Map.entry("dbt", "is not supported yet: dbt's own macros are missing; write the SQL for Trino"),
            Map.entry("dbt_utils", "is not supported yet: packages are missing; copy the macro into macros/"),
            Map.entry("invocation_args_dict", CHANGES),
            Map.entry("local_md5", "is not supported yet"),
            Map.entry("builtins", "is not supported yet"),
            Map.entry("selected_resources", "is not supported yet"));

    private DbtFunctions() {}

    static Optional<TemplateFunction> find(String name) {
        return Optional.ofNullable(FUNCTIONS.get(name));
    }

    static Optional<String> refusal(String name) {
        return Optional.ofNullable(REFUSED.get(name));
    }

    static Collection<String> names() {
        return Set.copyOf(FUNCTIONS.keySet());
    }

    static @Nullable Object var(Arguments arguments, Session session, Recording recording) {
        arguments.allow("name", "default");
        String name = arguments.text(0, "name");
        Object value = session.variables().get(name);
        boolean hasDefault =
                arguments.positional().size() > 1 || arguments.named().containsKey("default");
        if (value == null && !hasDefault) {
            session.problems()
                    .add(
                            arguments.location(),
                            "var('%s'): there is no such variable in dbt_project.yml or --vars, and no default%s"
                                    .formatted(
                                            name,
                                            question(name, session.variables().keySet())));
            return "";
        }
        Object used = value == null ? arguments.optional(1, "default").orElse(null) : value;
        recording.variable(name, used);
        return used;
    }

    static String environment(Arguments arguments, Session session) {
        arguments.allow("name", "default");
        String name = arguments.text(0, "name");
        if (name.startsWith("DBT_ENV_SECRET")) {
            throw arguments.failure("env_var('%s'): secrets must not become SQL".formatted(name));
        }
        String value = session.options().environment().get(name);
        if (value != null) {
            return value;
        }
        if (arguments.optional(1, "default").isPresent()) {
            return arguments.text(1, "default");
        }
        throw arguments.failure("env_var('%s'): it is not set and there is no default".formatted(name));
    }

    private static String toJson(Arguments arguments) {
        try {
            return new ObjectMapper().writeValueAsString(arguments.required(0, "value"));
        } catch (JsonProcessingException e) {
            throw arguments.failure("tojson: " + e.getOriginalMessage());
        }
    }

    private static Object fromJson(Arguments arguments) {
        try {
            return new ObjectMapper().readValue(arguments.text(0, "text"), Object.class);
        } catch (JsonProcessingException e) {
            throw arguments.failure("fromjson: " + e.getOriginalMessage());
        }
    }
}
