package io.meterlake.artifact;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.project.GenericTest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The columns that tell a model's rows apart, as dbt infers them from its tests. */
final class PrimaryKeys {
    private PrimaryKeys() {}

    /** The columns that are tested to be unique and never null, or else those that are tested to be unique; sorted. */
    static List<String> of(CompiledProject project, CompiledNode node) {
        Set<String> unique = new TreeSet<>();
        Set<String> notNull = new TreeSet<>();
        for (String child : project.graph().children(node.uniqueId())) {
            if (project.node(child).map(CompiledNode::resource).orElse(null) instanceof GenericTest test
                    && test.attachedTo().equals(node.uniqueId())) {
                switch (test.testName()) {
                    case "unique", "unique_combination_of_columns" -> unique.addAll(columns(test));
                    case "not_null" -> notNull.addAll(columns(test));
                    default -> {
                        // Says nothing about keys.
                    }
                }
            }
        }
        notNull.retainAll(unique);
        return List.copyOf(notNull.isEmpty() ? unique : notNull);
    }

    private static Collection<String> columns(GenericTest test) {
        @Nullable String column = test.columnName();
        if (column != null) {
            return List.of(column);
        }
        Map<String, Object> arguments = test.arguments();
        return arguments.get("combination_of_columns") instanceof List<?> many
                ? many.stream().map(String::valueOf).toList()
                : List.of();
    }
}
