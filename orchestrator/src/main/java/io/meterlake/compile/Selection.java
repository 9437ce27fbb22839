package io.meterlake.compile;

import io.meterlake.project.ResourceType;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which nodes are meant, in dbt's language: {@code name}, {@code +name}, {@code name+}, {@code 2+name}, {@code @name},
 * {@code tag:}, {@code path:}, {@code source:}, {@code config.materialized:}, {@code resource_type:}, {@code state:},
 * {@code result:}, {@code selector:}, {@code folder.*}; a blank is "or", a comma is "and".
 *
 * @param select all nodes if empty
 * @param exclude taken away again
 * @param resourceTypes only these; all of them if empty
 * @param earlier what {@code state:} and the like compare with
 */
public record Selection(
        List<String> select, List<String> exclude, Set<ResourceType> resourceTypes, EarlierState earlier) {
    private static final Pattern COMPARISON = Pattern.compile(
            EarlierState.METHODS.stream().sorted().collect(Collectors.joining("|", "(?:^|[\\s,+@])(?:", "):.*")));

    /** Every node. */
    public static final Selection ALL = new Selection(List.of(), List.of(), Set.of());

    public Selection {
        select = List.copyOf(select);
        exclude = List.copyOf(exclude);
        resourceTypes = Set.copyOf(resourceTypes);
    }

    /** Without an earlier state. */
    public Selection(List<String> select, List<String> exclude, Set<ResourceType> resourceTypes) {
        this(select, exclude, resourceTypes, EarlierState.NONE);
    }

    /** The same of these types only. */
    public Selection of(ResourceType... types) {
        return new Selection(select, exclude, Set.of(types), earlier);
    }

    /** Whether every node is meant. */
    public boolean takesAll() {
        return select.isEmpty() && exclude.isEmpty() && resourceTypes.isEmpty();
    }

    /** Whether what it means depends on an earlier state; then it may well mean nothing. */
    public boolean compares() {
        return select.stream().anyMatch(spec -> COMPARISON.matcher(spec).find());
    }
}
