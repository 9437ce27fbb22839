package io.meterlake.columns;

import static io.meterlake.compile.CompileErrorCode.INVALID_SELECTION;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.error.DidYouMean;
import io.meterlake.error.MeterlakeException;
import io.meterlake.project.SourceTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The columns that somebody names as {@code NODE} or {@code NODE.COLUMN}.
 *
 * @param node unique id
 * @param columns all of the node's, or the one that is named; in the node's order
 */
public record AskedColumns(String node, List<String> columns) {
    public AskedColumns {
        columns = List.copyOf(columns);
    }

    /**
     * Finds what is named.
     *
     * @param written a name, for a source {@code source.table}, or a unique id; with a column behind it or without
     * @throws MeterlakeException {@code INVALID_SELECTION} if there is no such node or column, with the nearest, or if
     *     several nodes have the name
     */
    public static AskedColumns of(String written, CompiledProject project, ProjectColumns known) {
        Map<String, List<String>> nodes = names(project, known);
        if (nodes.containsKey(written)) {
            String node = single(written, nodes);
            return new AskedColumns(node, known.columns(node));
        }
        int dot = written.lastIndexOf('.');
        String before = dot < 0 ? written : written.substring(0, dot);
        String behind = written.substring(Math.min(dot + 1, written.length()));
        if (dot < 0 || !nodes.containsKey(before)) {
            Optional<String> near = DidYouMean.closest(written, nodes.keySet())
                    .or(() -> dot < 0
                            ? Optional.empty()
                            : DidYouMean.closest(before, nodes.keySet()).map(name -> name + "." + behind));
            throw refused(
                    "Cannot find %s: the project has no such model, seed, source or report%s"
                            .formatted(
                                    written,
                                    near.map("; did you mean '%s'?"::formatted).orElse("")),
                    "Write NODE or NODE.COLUMN; `./meterlake ls` lists the nodes, and a source is written source.table.");
        }
        String node = single(before, nodes);
        String column = behind.toLowerCase(Locale.ROOT);
        List<String> columns = known.columns(node);
        if (!columns.contains(column)) {
            throw refused(
                    "Cannot find column %s of %s: %s%s"
                            .formatted(
                                    behind,
                                    node,
                                    columns.isEmpty()
                                            ? "its columns are not known"
                                            : "it has " + String.join(", ", columns),
                                    DidYouMean.question(behind, columns)),
                    "Write one of its columns; those of a source are known from its property file.");
        }
        return new AskedColumns(node, List.of(column));
    }

    private static Map<String, List<String>> names(CompiledProject project, ProjectColumns known) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        for (CompiledNode node : project.nodes()) {
            if (!known.nodes().contains(node.uniqueId())) {
                continue;
            }
            List<String> own = new ArrayList<>(List.of(node.uniqueId(), node.name()));
            if (node.resource() instanceof SourceTable source) {
                own.add(source.sourceName() + "." + source.name());
            }
            own.stream()
                    .distinct()
                    .forEach(name ->
                            names.computeIfAbsent(name, _ -> new ArrayList<>()).add(node.uniqueId()));
        }
        return names;
    }

    private static String single(String name, Map<String, List<String>> nodes) {
        List<String> found = nodes.getOrDefault(name, List.of());
        if (found.size() > 1) {
            throw refused(
                    "Cannot tell which node %s is: it could be %s".formatted(name, String.join(" or ", found)),
                    "Write the whole id of the one that you mean.");
        }
        return found.getFirst();
    }

    private static MeterlakeException refused(String message, String fix) {
        return new MeterlakeException(INVALID_SELECTION, message, fix);
    }
}
