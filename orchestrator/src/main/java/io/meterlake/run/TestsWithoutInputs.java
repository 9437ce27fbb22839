package io.meterlake.run;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.Materialization;
import io.meterlake.project.Relation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The tests that a build of some of the models takes along, since they read one of these, and that cannot run: they also
 * read a model or seed that is not part of the build and was never built.
 *
 * @param project compiled for the run
 * @param isThere whether what is not part of the build can be read where the project says
 */
record TestsWithoutInputs(CompiledProject project, BuildScope scope, Predicate<Relation> isThere) {
    /**
     * What each of them misses, by the test's unique id.
     *
     * @param named names of the tests that were asked for themselves; these are to fail
     */
    Map<String, String> find(Set<String> named) {
        Map<String, String> found = new TreeMap<>();
        for (String id : scope.selected()) {
            if (project.node(id).orElse(null) instanceof CompiledNode.Test test
                    && !named.contains(test.name())
                    && test.dependsOn().stream().anyMatch(scope.selected()::contains)) {
                missing(test).ifPresent(name -> found.put(id, name));
            }
        }
        return found;
    }

    /** The nearest that is missing, looking through what holds no rows of its own. */
    private Optional<String> missing(CompiledNode.Test test) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(test.dependsOn());
        while (!open.isEmpty()) {
            String id = open.remove();
            CompiledNode node = project.node(id).orElse(null);
            if (node == null
                    || node instanceof CompiledNode.Source
                    || !seen.add(id)
                    || scope.selected().contains(id)) {
                continue;
            }
            boolean ephemeral =
                    node instanceof CompiledNode.Model model && model.materialization() == Materialization.EPHEMERAL;
            if (ephemeral || scope.alongside().contains(id)) {
                open.addAll(node.dependsOn());
            } else if (node.builtAs().filter(isThere.negate()).isPresent()) {
                return Optional.of(node.name());
            }
        }
        return Optional.empty();
    }
}
