package io.meterlake.compile;

import io.meterlake.compile.template.TemplateObject;
import io.meterlake.project.Project;
import io.meterlake.project.Resource;
import io.meterlake.project.SqlResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values among dbt's names. */
final class DbtValues {
    /** The dbt whose templates these are. */
    static final String VERSION = "1.11.0";

    static final TemplateObject FLAGS = new Properties("flags", Map.of("FULL_REFRESH", false, "WHICH", "compile"));

    private DbtValues() {}

    static TemplateObject target(Target target, Project project) {
        return new Properties(
                "target",
                Map.of(
                        "name", target.name(),
                        "target_name", target.name(),
                        "type", "trino",
                        "database", target.catalog(),
                        "catalog", target.catalog(),
                        "schema", target.schema(),
                        "threads", target.threads(),
                        "profile_name", project.name()));
    }

    static TemplateObject node(Resource resource) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "name", resource.name(),
                "alias", resource.name(),
                "unique_id", resource.uniqueId(),
                "resource_type", resource.resourceType().word(),
                "original_file_path", resource.location().file(),
                "fqn", resource.fqn(),
                "package_name", resource.fqn().isEmpty() ? "" : resource.fqn().getFirst(),
                "description", resource.description(),
                "config", resource.config(),
                "tags", resource.config().getOrDefault("tags", List.of())));
        if (resource instanceof SqlResource.Model model && model.properties().version() != null) {
            values.put("name", model.refName());
            values.put("version", model.properties().version().version());
            values.put("latest_version", model.properties().version().latest());
        }
        return new Properties(resource.uniqueId(), values);
    }

    private record Properties(String name, Map<String, Object> values) implements TemplateObject {
        @Override
        public Optional<Object> property(String property) {
            return Optional.ofNullable(values.get(property));
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
