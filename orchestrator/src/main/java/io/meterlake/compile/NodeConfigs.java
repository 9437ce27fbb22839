package io.meterlake.compile;

import static io.meterlake.error.DidYouMean.question;

import io.meterlake.compile.TestConfig.Severity;
import io.meterlake.project.ConfigLayers;
import io.meterlake.project.Location;
import io.meterlake.project.Resource;
import io.meterlake.project.SourceTable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Makes typed settings of what is written. */
final class NodeConfigs {
    private static final Set<String> NOT_YET =
            Set.of("snapshot", "materialized_view", "materialized view", "test", "clone");

    private final Session session;

    NodeConfigs(Session session) {
        this.session = session;
    }

    /** The settings of a node before its SQL is rendered. */
    NodeConfig declared(Resource resource) {
        return of(evaluated(resource));
    }

    /** The settings with those of {@code config()} in the SQL on top. */
    NodeConfig withRendered(Resource resource, Recording recording) {
        return of(ConfigLayers.merge(evaluated(resource), recording.config));
    }

    private static NodeConfig of(Map<String, Object> values) {
        Object tags = values.get("tags");
        Map<String, Object> meta = new LinkedHashMap<>();
        if (values.get("meta") instanceof Map<?, ?> written) {
            written.forEach((key, value) -> meta.put(String.valueOf(key), value));
        }
        boolean enabled = !"false".equalsIgnoreCase(String.valueOf(values.getOrDefault("enabled", true)));
        return new NodeConfig(enabled, tags == null ? List.of() : ConfigLayers.tags(tags), meta, values);
    }

    /** A setting may be a template: {@code +enabled: "{{ var('x') }}"}. */
    private Map<String, Object> evaluated(Resource resource) {
        Map<String, Object> config = resource.config();
        if (config.values().stream().noneMatch(NodeConfigs::isTemplate)) {
            return config;
        }
        Map<String, Object> evaluated = new LinkedHashMap<>();
        // A source's loaded_at_query may read the source itself: {{ this }}.
        References references = resource instanceof SourceTable source
                ? read -> read.uniqueId().equals(source.uniqueId())
                        ? new Reference(source, session.options().relations().source(source), false)
                        : References.NONE.of(read)
                : References.NONE;
        ModelScope scope = new ModelScope(session, resource, references, new Recording());
        config.forEach((key, value) -> {
            Object result = isTemplate(value)
                    ? session.engine().value(resource.location(), (String) value, scope, session.macros())
                    : value;
            if (result != null) {
                evaluated.put(key, result);
            }
        });
        return evaluated;
    }

    static boolean isTemplate(Object value) {
        return value instanceof String text && text.contains("{{");
    }

    /** How a model is built; a problem and a view if the project asks for what there is not. */
    Materialization materialization(Resource resource, NodeConfig config, Recording recording) {
        String word = config.text("materialized").orElse("view").toLowerCase(Locale.ROOT);
        for (Materialization known : Materialization.values()) {
            if (known.word().equals(word)) {
                if (known == Materialization.INCREMENTAL) {
                    IncrementalConfig.read(
                            config, (key, problem) -> session.problems().add(place(resource, recording, key), problem));
                }
                return known;
            }
        }
        List<String> words = Arrays.stream(Materialization.values())
                .map(Materialization::word)
                .toList();
        String why = NOT_YET.contains(word)
                ? "materialized '%s' is not supported yet; there are %s".formatted(word, String.join(", ", words))
                : "materialized '%s' does not exist%s".formatted(word, question(word, words));
        session.problems().add(place(resource, recording, "materialized"), why);
        return Materialization.VIEW;
    }

    /** When a test fails. */
    TestConfig test(Resource resource, NodeConfig config, Recording recording) {
        String severity = config.text("severity").orElse("error").toLowerCase(Locale.ROOT);
        if (!severity.equals("error") && !severity.equals("warn")) {
            session.problems()
                    .add(
                            place(resource, recording, "severity"),
                            "severity '%s' does not exist%s"
                                    .formatted(severity, question(severity, List.of("error", "warn"))));
        }
        OptionalLong limit = OptionalLong.empty();
        String written = config.text("limit").orElse("");
        if (written.matches("\\d{1,18}")) {
            limit = OptionalLong.of(Long.parseLong(written));
        } else if (!written.isEmpty()) {
            session.problems()
                    .add(place(resource, recording, "limit"), "limit '%s' is not a number".formatted(written));
        }
        return new TestConfig(
                severity.equals("warn") ? Severity.WARN : Severity.ERROR,
                config.text("fail_calc").orElse("count(*)"),
                config.text("warn_if").orElse("!= 0"),
                config.text("error_if").orElse("!= 0"),
                limit);
    }

    private static Location place(Resource resource, Recording recording, String key) {
        return recording.configLocations.getOrDefault(key, resource.location());
    }
}
