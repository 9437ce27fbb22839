package io.meterlake.compile;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node's settings, all sources merged: folders of {@code dbt_project.yml}, then property files, then
 * {@code config()} in the SQL, the later winning; tags add up and meta merges by key.
 *
 * @param tags in the order of their names
 * @param meta settings of other tools and of Meterlake itself
 * @param values every setting as written, also those above
 */
public record NodeConfig(boolean enabled, List<String> tags, Map<String, Object> meta, Map<String, Object> values) {
    public NodeConfig {
        tags = List.copyOf(tags);
        meta = Collections.unmodifiableMap(new LinkedHashMap<>(meta));
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A setting as text. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(values.get(requireNonNull(key, "key is null")))
                .map(Object::toString);
    }
}
