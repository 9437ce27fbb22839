package io.meterlake.project;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column as a property file describes it.
 *
 * @param dataType the declared type, or null where none is declared
 * @param meta settings of other tools, as written
 */
public record Column(
        String name,
        String description,
        @Nullable String dataType,
        List<String> tags,
        Map<String, Object> meta,
        List<Constraint> constraints) {
    public Column {
        requireNonNull(name, "name is null");
        requireNonNull(description, "description is null");
        tags = List.copyOf(tags);
        meta = Yaml.copyOf(meta);
        constraints = List.copyOf(constraints);
    }
}
