package io.meterlake.run;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.Graph;
import io.meterlake.compile.Materialization;
import io.meterlake.compile.NodeConfig;
import io.meterlake.compile.TestConfig.Severity;
import io.meterlake.project.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run is going to do, dependencies first. Pure.
 *
 * @param works in an order in which they could be done one after the other
 */
public record Plan(List<Work> works) {
    public Plan {
        works = List.copyOf(works);
    }

    /**
     * What a run does.
     *
     * <p>In a build, what reads a tested node waits for the test, and is skipped if the test fails; a test that can only
     * warn holds nothing up. A model waits for its unit tests.
     *
     * @param project compiled for this run: its relations are where the run builds
     */
    public static Plan of(CompiledProject project, RunKind kind, BuildScope scope) {
        return of(project, kind, scope, Map.of());
    }

    /**
     * The same with incremental models.
     *
     * @param carried what each of them has of its earlier build, by unique id
     */
    static Plan of(CompiledProject project, RunKind kind, BuildScope scope, Map<String, CarriedRows> carried) {
        List<Work> works = new ArrayList<>();
        for (CompiledNode node : project.nodes()) {
            if (scope.contains(node.uniqueId())) {
                CompiledNode needs = node instanceof CompiledNode.UnitTest test
                        ? project.node(test.resource().testedId()).orElseThrow()
                        : node;
                work(node, carried, nearest(needs, project, scope)).ifPresent(works::add);
            }
        }
        Plan plan = new Plan(works);
        return kind == RunKind.BUILD
                ? plan.withUnitTestsFirst(project.graph()).withTestsAsGates(project.graph())
                : plan;
    }

    /** A model is built once its unit tests have passed. These need what the model needs, which has the types of its inputs. */
    private Plan withUnitTestsFirst(Graph graph) {
        Map<String, Set<String>> before = new HashMap<>();
        for (Work work : works) {
            if (work instanceof Work.RunUnitTest) {
                graph.parents(work.id())
                        .forEach(model -> before.computeIfAbsent(model, absent -> new HashSet<>())
                                .add(work.id()));
            }
        }
        return new Plan(works.stream()
                .map(work -> work.alsoAfter(before.getOrDefault(work.id(), Set.of())))
                .toList());
    }

    private static Optional<Work> work(CompiledNode node, Map<String, CarriedRows> carried, Set<String> after) {
        return switch (node) {
            case CompiledNode.Source source -> Optional.empty();
            case CompiledNode.Analysis _, CompiledNode.Exposure _ -> Optional.empty();
            case CompiledNode.SeedNode seed ->
                Optional.of(new Work.LoadSeed(seed.uniqueId(), seed.relation(), seed.resource(), after));
            case CompiledNode.Test test ->
                Optional.of(new Work.RunTest(
                        test.uniqueId(), test.name(), test.sql().sql(), test.test(), after));
            case CompiledNode.UnitTest test ->
                Optional.of(new Work.RunUnitTest(
                        test.uniqueId(), test.resource().model() + "." + test.name(), test.query(), after));
            case CompiledNode.Model model ->
                switch (model.materialization()) {
                    case Materialization.EPHEMERAL -> Optional.empty();
                    case Materialization.VIEW ->
                        Optional.of(new Work.BuildView(
                                model.uniqueId(), model.relation(), model.sql().sql(), model.contract(), after));
                    case Materialization.TABLE, Materialization.INCREMENTAL ->
                        Optional.of(new Work.BuildTable(
                                model.uniqueId(),
                                model.relation(),
                                model.sql().sql(),
                                properties(model.config()),
                                model.contract(),
                                carried.getOrDefault(model.uniqueId(), CarriedRows.NONE),
                                after));
                };
        };
    }

    /** The nearest ancestors that are part of the run: an ephemeral or unselected node passes its own ancestors on. */
    private static Set<String> nearest(CompiledNode node, CompiledProject project, BuildScope scope) {
        Set<String> found = new HashSet<>();
        Set<String> seen = new HashSet<>();
        List<String> open = new ArrayList<>(node.dependsOn());
        while (!open.isEmpty()) {
            String id = open.removeLast();
            if (!seen.add(id)) {
                continue;
            }
            Optional<CompiledNode> parent = project.node(id);
            if (scope.contains(id) && parent.flatMap(CompiledNode::builtAs).isPresent() && !isSource(parent)) {
                found.add(id);
            } else {
                parent.ifPresent(above -> open.addAll(above.dependsOn()));
            }
        }
        return Set.copyOf(found);
    }

    private static boolean isSource(Optional<CompiledNode> node) {
        return node.map(CompiledNode::resourceType).orElse(ResourceType.SOURCE) == ResourceType.SOURCE;
    }

    private static Map<String, String> properties(NodeConfig config) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (config.values().get("properties") instanceof Map<?, ?> declared) {
            declared.forEach((name, value) -> properties.put(String.valueOf(name), String.valueOf(value)));
        }
        return properties;
    }

    /**
     * What need not be done again, since the same run has done it: the work itself and all that it needs are as they were.
     *
     * @return by id, in the order of the plan
     */
    Map<String, WorkResult> kept(List<DoneWork> done) {
        Map<String, DoneWork> byId = new HashMap<>();
        done.forEach(work -> byId.put(work.id(), work));
        Map<String, WorkResult> kept = new LinkedHashMap<>();
        for (Work work : works) {
            DoneWork earlier = byId.get(work.id());
            if (earlier != null && earlier.does(work) && kept.keySet().containsAll(work.after())) {
                kept.put(work.id(), earlier.result(work));
            }
        }
        return kept;
    }

    private Plan withTestsAsGates(Graph graph) {
        Map<String, Set<String>> ancestors = new HashMap<>();
        for (String id : graph.order()) {
            Set<String> above = new HashSet<>();
            for (String parent : graph.parents(id)) {
                above.add(parent);
                above.addAll(ancestors.getOrDefault(parent, Set.of()));
            }
            ancestors.put(id, above);
        }
        List<Work.RunTest> gates = works.stream()
                .filter(Work.RunTest.class::isInstance)
                .map(Work.RunTest.class::cast)
                .filter(test -> test.config().severity() == Severity.ERROR)
                .toList();
        List<Work> gated = new ArrayList<>();
        for (Work work : works) {
            if (work instanceof Work.RunTest || work instanceof Work.RunUnitTest) {
                gated.add(work);
                continue;
            }
            Set<String> above = ancestors.getOrDefault(work.id(), Set.of());
            // A test that also reads the node itself, or something beside it, cannot come before it.
            Set<String> before = gates.stream()
                    .filter(test -> !graph.parents(test.id()).isEmpty() && above.containsAll(graph.parents(test.id())))
                    .map(Work.RunTest::id)
                    .collect(Collectors.toSet());
            gated.add(work.alsoAfter(before));
        }
        return new Plan(inOrder(gated));
    }

    private static List<Work> inOrder(List<Work> works) {
        Map<String, Work> byId = works.stream().collect(toMap(Work::id, identity(), (a, b) -> a, LinkedHashMap::new));
        List<Work> ordered = new ArrayList<>();
        Set<String> done = new HashSet<>();
        while (!byId.isEmpty()) {
            List<Work> ready = byId.values().stream()
                    .filter(work -> done.containsAll(work.after()))
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalStateException("the graph of a compiled project has no cycles: " + byId.keySet());
            }
            ready.forEach(work -> {
                byId.remove(work.id());
                done.add(work.id());
                ordered.add(work);
            });
        }
        return ordered;
    }
}
