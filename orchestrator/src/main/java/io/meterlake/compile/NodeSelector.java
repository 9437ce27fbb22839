package io.meterlake.compile;

import static io.meterlake.compile.CompileErrorCode.INVALID_SELECTION;
import static io.meterlake.error.DidYouMean.question;

import io.meterlake.error.MeterlakeException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Finds the nodes that a selection means. */
final class NodeSelector {
    private final CompiledProject project;
    private final Selection selection;
    private final NodeMatcher matcher;
    /** The selectors with names that are being evaluated. */
    private final Set<String> open = new HashSet<>();

    NodeSelector(CompiledProject project, Selection selection) {
        this.project = project;
        this.selection = selection;
        this.matcher = new NodeMatcher(project, selection.earlier());
    }

    List<CompiledNode> select() {
        Set<String> selected = selection.select().isEmpty()
                ? new HashSet<>(project.graph().order())
                : withTests(evaluate(SelectorParser.parse(selection.select())));
        if (!selection.exclude().isEmpty()) {
            selected.removeAll(withTests(evaluate(SelectorParser.parse(selection.exclude()))));
        }
        return project.nodes().stream()
                .filter(node -> selected.contains(node.uniqueId()))
                .filter(node -> selection.resourceTypes().isEmpty()
                        || selection.resourceTypes().contains(node.resourceType()))
                .toList();
    }

    private Set<String> evaluate(Selector selector) {
        return switch (selector) {
            case Selector.Union union -> {
                Set<String> all = new HashSet<>();
                union.parts().forEach(part -> all.addAll(evaluate(part)));
                yield all;
            }
            case Selector.Intersection intersection -> {
                Set<String> common = null;
                for (Selector part : intersection.parts()) {
                    // A test belongs to both sides when it belongs to a node of each.
                    Set<String> found = withTests(evaluate(part));
                    if (common == null) {
                        common = found;
                    } else {
                        common.retainAll(found);
                    }
                }
                yield common == null ? Set.of() : common;
            }
            case Selector.Difference difference -> {
                Set<String> rest = withTests(evaluate(difference.from()));
                rest.removeAll(withTests(evaluate(difference.without())));
                yield rest;
            }
            case Selector.Matching matching -> around(matching);
        };
    }

    private Set<String> around(Selector.Matching matching) {
        Set<String> matched = matching.method().equals("selector") ? named(matching.value()) : matched(matching);
        if (matched.isEmpty() && !EarlierState.METHODS.contains(matching.method())) {
            throw matchesNothing(matching);
        }
        Set<String> found = new HashSet<>(matched);
        Graph graph = project.graph();
        found.addAll(reach(matched, matching.parents(), graph::parents));
        if (matching.withParentsOfChildren()) {
            Set<String> below = reach(matched, Selector.Matching.ALL, graph::children);
            found.addAll(below);
            found.addAll(reach(below, Selector.Matching.ALL, graph::parents));
            found.addAll(reach(matched, Selector.Matching.ALL, graph::parents));
        } else {
            found.addAll(reach(matched, matching.children(), graph::children));
        }
        return found;
    }

    private Set<String> matched(Selector.Matching matching) {
        Set<String> matched = new LinkedHashSet<>();
        for (CompiledNode node : project.nodes()) {
            if (matcher.matches(node, matching.method(), matching.value())) {
                matched.add(node.uniqueId());
            }
        }
        return matched;
    }

    private Set<String> named(String name) {
        Selector selector = project.namedSelectors().get(name);
        if (!open.add(name)) {
            throw new MeterlakeException(
                    INVALID_SELECTION,
                    "Cannot follow selector %s: it is part of itself".formatted(name),
                    "Mend its definition in the project's selectors.yml.");
        }
        Set<String> found = evaluate(selector);
        open.remove(name);
        return found;
    }

    private static Set<String> reach(Set<String> start, int steps, Function<String, List<String>> next) {
        Set<String> reached = new HashSet<>();
        Set<String> edge = start;
        for (int step = 0; step < steps && !edge.isEmpty(); step++) {
            Set<String> further = new HashSet<>();
            for (String id : edge) {
                for (String neighbour : next.apply(id)) {
                    if (reached.add(neighbour)) {
                        further.add(neighbour);
                    }
                }
            }
            edge = further;
        }
        return reached;
    }

    /** dbt's "eager" way: a test goes with any of the nodes that it reads. */
    private Set<String> withTests(Set<String> selected) {
        Set<String> all = new HashSet<>(selected);
        for (CompiledNode node : project.nodes()) {
            if (node.resourceType().isTest() && node.dependsOn().stream().anyMatch(selected::contains)) {
                all.add(node.uniqueId());
            }
        }
        return all;
    }

    private MeterlakeException matchesNothing(Selector.Matching matching) {
        List<String> names = switch (matching.method()) {
            case "tag" ->
                project.nodes().stream()
                        .flatMap(node -> node.config().tags().stream())
                        .distinct()
                        .toList();
            default ->
                project.nodes().stream()
                        .filter(node -> !node.resourceType().isTest())
                        .map(CompiledNode::name)
                        .distinct()
                        .toList();
        };
        return new MeterlakeException(
                INVALID_SELECTION,
                "Cannot select %s: it matches nothing in the project%s"
                        .formatted(matching.written(), question(matching.value(), names)),
                "`meterlake ls` lists everything that there is.");
    }
}
