package io.meterlake.compile;

import io.meterlake.compile.template.Arguments;
import io.meterlake.compile.template.TemplateFunction;
import io.meterlake.compile.template.TemplateObject;
import io.meterlake.project.ConfigKeys;
import io.meterlake.project.ConfigLayers;
import io.meterlake.project.Resource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code config(…)}, which sets, and {@code config.get(…)}, which reads. */
final class ConfigFunctions implements TemplateObject {
    private final Session session;
    private final Resource resource;
    private final Recording recording;

    ConfigFunctions(Session session, Resource resource, Recording recording) {
        this.session = session;
        this.resource = resource;
        this.recording = recording;
    }

    String set(Arguments arguments) {
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        for (Object positional : arguments.positional()) {
            if (!(positional instanceof Map<?, ?> map)) {
                throw arguments.failure("config takes settings by name: config(materialized='table')");
            }
            map.forEach((key, value) -> given.put(String.valueOf(key), value));
        }
        given.putAll(arguments.named());
        given.forEach((key, value) -> {
            if (value == null) {
                return;
            }
            ConfigKeys.check(resource.resourceType(), key, value, arguments.location(), session.problems());
            Map<String, Object> merged = ConfigLayers.merge(recording.config, Map.of(key, value));
            Object now = merged.get(key);
            recording.config.put(key, now == null ? value : now);
            recording.configLocations.put(key, arguments.location());
        });
        return "";
    }

    @Override
    public Optional<Object> property(String name) {
        return switch (name) {
            case "get" -> Optional.of((TemplateFunction) this::get);
            case "require" -> Optional.of((TemplateFunction) this::require);
            case "set" ->
                Optional.of((TemplateFunction) arguments -> {
                    Object value = arguments.required(1, "value");
                    return set(new Arguments(
                            arguments.location(),
                            "config.set",
                            java.util.List.of(),
                            Map.of(arguments.text(0, "name"), value)));
                });
            default -> Optional.empty();
        };
    }

    private @Nullable Object get(Arguments arguments) {
        arguments.allow("name", "default", "validator");
        return now(arguments.text(0, "name"))
                .or(() -> arguments.optional(1, "default"))
                .orElse(null);
    }

    private Object require(Arguments arguments) {
        String name = arguments.text(0, "name");
        return now(name).orElseThrow(() -> arguments.failure("config '%s' is required and not set".formatted(name)));
    }

    private Optional<Object> now(String name) {
        return Optional.ofNullable(
                ConfigLayers.merge(resource.config(), recording.config).get(name));
    }

    @Override
    public String toString() {
        return "config";
    }
}
