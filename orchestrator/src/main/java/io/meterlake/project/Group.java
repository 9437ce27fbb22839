package io.meterlake.project;

import java.util.Map;

/**
 * Nodes that belong together; only they may read its private models.
 *
 * @param owner as written, such as {@code {name: Grid, email: grid@example.org}}
 */
public record Group(String name, Location location, String description, Map<String, Object> owner) {
    public Group {
        owner = Yaml.copyOf(owner);
    }
}
