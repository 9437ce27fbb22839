package io.meterlake.compile;

import io.meterlake.project.Location;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a template asked for while it was rendered. */
final class Recording {
    /** The references handed out by unique id; {@code this} among them. */
    final Map<String, Reference> references = new LinkedHashMap<>();

    /** The unique ids that were named by {@code ref} and {@code source}. */
    final SortedMap<String, Location> dependsOn = new TreeMap<>();

    final SortedMap<String, Object> variables = new TreeMap<>();

    /** What {@code config()} set, and where. */
    final Map<String, Object> config = new LinkedHashMap<>();

    final Map<String, Location> configLocations = new LinkedHashMap<>();

    /** The days since a model's {@code begin}, as it was known at the last of its inputs; null if it has none. */
    @Nullable
    Days sinceBegin;

    /** What was asked for is still the same. */
    boolean agreesWith(References references) {
        return this.references.values().stream().allMatch(used -> used.equals(references.of(used.resource())));
    }

    void variable(String name, @Nullable Object value) {
        if (value != null) {
            variables.put(name, value);
        }
    }
}
