package io.meterlake.compile;

import static io.meterlake.compile.CompileErrorCode.CYCLE;

import io.meterlake.error.MeterlakeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What depends on what, by unique id. Immutable. */
public final class Graph {
    private final Map<String, List<String>> parents;
    private final Map<String, List<String>> children;
    private final List<String> order;

    private Graph(Map<String, List<String>> parents, Map<String, List<String>> children, List<String> order) {
        this.parents = parents;
        this.children = children;
        this.order = order;
    }

    /**
     * Builds the graph.
     *
     * @param dependencies what each node needs; all of these are keys as well
     * @throws MeterlakeException if nodes need each other in a circle, with its path
     */
    static Graph of(Map<String, List<String>> dependencies) {
        TreeMap<String, List<String>> parents = new TreeMap<>();
        Map<String, List<String>> children = new HashMap<>();
        Map<String, Integer> waiting = new HashMap<>();
        dependencies.forEach((id, needs) -> {
            parents.put(id, needs.stream().distinct().sorted().toList());
            children.putIfAbsent(id, new ArrayList<>());
        });
        parents.forEach((id, needs) -> {
            needs.forEach(parent ->
                    children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(id));
            waiting.put(id, needs.size());
        });
        PriorityQueue<String> ready = new PriorityQueue<>();
        waiting.forEach((id, count) -> {
            if (count == 0) {
                ready.add(id);
            }
        });
        List<String> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            String next = ready.remove();
            order.add(next);
            for (String child : children.getOrDefault(next, List.of())) {
                if (waiting.merge(child, -1, Integer::sum) == 0) {
                    ready.add(child);
                }
            }
        }
        if (order.size() < parents.size()) {
            throw cycle(parents, new HashSet<>(order));
        }
        Map<String, List<String>> sorted = new LinkedHashMap<>();
        children.forEach((id, below) -> sorted.put(id, below.stream().sorted().toList()));
        return new Graph(parents, sorted, List.copyOf(order));
    }

    /** Every node that could not be put in order has a parent that could not either: going up must come round. */
    private static MeterlakeException cycle(SortedMap<String, List<String>> parents, Set<String> ordered) {
        List<String> path = new ArrayList<>();
        String here = parents.keySet().stream()
                .filter(id -> !ordered.contains(id))
                .findFirst()
                .orElseThrow();
        while (!path.contains(here)) {
            path.add(here);
            here = parents.getOrDefault(here, List.of()).stream()
                    .filter(id -> !ordered.contains(id))
                    .findFirst()
                    .orElseThrow();
        }
        List<String> circle = new ArrayList<>(path.subList(path.indexOf(here), path.size()));
        int first = circle.indexOf(circle.stream().sorted().findFirst().orElseThrow());
        java.util.Collections.rotate(circle, -first);
        circle.add(circle.getFirst());
        String names =
                circle.stream().map(id -> id.substring(id.lastIndexOf('.') + 1)).collect(Collectors.joining(" → "));
        return new MeterlakeException(
                CYCLE,
                "Cannot compile the SQL project: models read each other in a circle: " + names,
                "Take one of these refs out; each model of the path reads the one after it.");
    }

    /** Every id, dependencies first; of two that could both come next, the one whose id sorts first. */
    public List<String> order() {
        return order;
    }

    /** What a node needs, sorted. */
    public List<String> parents(String uniqueId) {
        return parents.getOrDefault(uniqueId, List.of());
    }

    /** What needs a node, sorted. */
    public List<String> children(String uniqueId) {
        return children.getOrDefault(uniqueId, List.of());
    }
}
