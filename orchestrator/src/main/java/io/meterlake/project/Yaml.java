package io.meterlake.project;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** YAML as plain maps, lists and scalars that nobody can change. */
final class Yaml {
    private Yaml() {}

    /** A copy without the keys that have no value: dbt takes those as not set. */
    static Map<String, Object> copyOf(Map<String, Object> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                copy.put(key, frozen(value));
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    private static Object frozen(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((key, inner) -> copy.put(key, inner == null ? null : frozen(inner)));
                yield Collections.unmodifiableMap(copy);
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(inner -> copy.add(inner == null ? null : frozen(inner)));
                yield Collections.unmodifiableList(copy);
            }
            default -> value;
        };
    }
}
