package io.meterlake.run;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.Selection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The nodes that a run works on, by unique id.
 *
 * @param selected what was asked for; published if all goes well
 * @param alongside views that nobody asked for and that the selected nodes read, directly or through other views. They
 *     cost nothing, and without them a selected model would read the data of an earlier run through them. Not published
 */
public record BuildScope(Set<String> selected, Set<String> alongside) {
    public BuildScope {
        selected = Set.copyOf(selected);
        alongside = Set.copyOf(alongside);
    }

    /** What a run of this kind works on. */
    public static BuildScope of(CompiledProject project, RunKind kind, Selection selection) {
        return of(project, RunRequest.of(kind, selection));
    }

    /** What a run works on. */
    static BuildScope of(CompiledProject project, RunRequest request) {
        RunKind kind = request.kind();
        Set<String> selected = request.only().isEmpty()
                ? ids(project.select(kind.narrow(request.selection())))
                : ids(project.select(kind.narrow(Selection.ALL)).stream()
                        .filter(node -> request.only().contains(node.uniqueId()))
                        .toList());
        boolean readsSnapshotThroughViews = kind.pins() && !request.deferral().isFavored();
        return new BuildScope(selected, readsSnapshotThroughViews ? viewsAbove(project, selected) : Set.of());
    }

    /** The same less some tests, and less the views that only these read. */
    BuildScope without(Set<String> tests, CompiledProject project) {
        if (tests.isEmpty()) {
            return this;
        }
        Set<String> kept = new HashSet<>(selected);
        kept.removeAll(tests);
        return new BuildScope(kept, alongside.isEmpty() ? Set.of() : viewsAbove(project, kept));
    }

    private static Set<String> ids(List<CompiledNode> nodes) {
        return nodes.stream().map(CompiledNode::uniqueId).collect(Collectors.toSet());
    }

    private static Set<String> viewsAbove(CompiledProject project, Set<String> selected) {
        Set<String> views = new HashSet<>();
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(selected);
        while (!open.isEmpty()) {
            for (String parent : project.graph().parents(open.remove())) {
                if (selected.contains(parent) || !seen.add(parent)) {
                    continue;
                }
                if (project.node(parent).orElse(null) instanceof CompiledNode.Model model
                        && !model.materialization().isTable()) {
                    views.add(parent);
                    open.add(parent);
                }
            }
        }
        return views;
    }

    public boolean contains(String uniqueId) {
        return selected.contains(uniqueId) || alongside.contains(uniqueId);
    }

    public boolean isEmpty() {
        return selected.isEmpty();
    }
}
