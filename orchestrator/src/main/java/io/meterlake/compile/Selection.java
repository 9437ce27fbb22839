package io.meterlake.compile;

import io.meterlake.project.ResourceType;
import java.util.List;
import java.util.Set;

/**
 * Which nodes are meant, in dbt's language: {@code name}, {@code +name}, {@code name+}, {@code 2+name}, {@code @name},
 * {@code tag:}, {@code path:}, {@code source:}, {@code config.materialized:}, {@code resource_type:}, {@code folder.*};
 * a blank is "or", a comma is "and".
 *
 * @param select all nodes if empty
 * @param exclude taken away again
 * @param resourceTypes only these; all of them if empty
 */
public record Selection(List<String> select, List<String> exclude, Set<ResourceType> resourceTypes) {
    /** Every node. */
    public static final Selection ALL = new Selection(List.of(), List.of(), Set.of());

    public Selection {
        select = List.copyOf(select);
        exclude = List.copyOf(exclude);
        resourceTypes = Set.copyOf(resourceTypes);
    }

    /** The same of these types only. */
    public Selection of(ResourceType... types) {
        return new Selection(select, exclude, Set.of(types));
    }
}
