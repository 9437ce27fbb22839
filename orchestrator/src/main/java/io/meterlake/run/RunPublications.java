package io.meterlake.run;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.project.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a run is going to publish, and which earlier runs it builds on. Pure. */
final class RunPublications {
    private static final Pattern BUILD_SCHEMA = Pattern.compile("snap_([0-9a-z]+)__.*");

    private RunPublications() {}

    /**
     * The views that a run publishes, dependencies first.
     *
     * @param declared the project with the published names
     * @param compiled the same where the run builds it
     */
    static List<Publication> of(CompiledProject declared, CompiledProject compiled, BuildScope scope) {
        List<Publication> publications = new ArrayList<>();
        for (CompiledNode node : declared.nodes()) {
            if (scope.selected().contains(node.uniqueId())
                    && (node instanceof CompiledNode.Model || node instanceof CompiledNode.SeedNode)) {
                Optional<Relation> built = compiled.node(node.uniqueId()).flatMap(CompiledNode::builtAs);
                node.builtAs()
                        .flatMap(view -> built.map(relation -> new Publication(view, relation)))
                        .ifPresent(publications::add);
            }
        }
        return publications;
    }

    /** The schemas of the published views, by catalog. */
    static Map<String, Set<String>> schemas(CompiledProject declared) {
        Map<String, Set<String>> schemas = new HashMap<>();
        for (CompiledNode node : declared.nodes()) {
            if (!(node instanceof CompiledNode.Source)) {
                node.builtAs()
                        .ifPresent(relation -> schemas.computeIfAbsent(relation.catalog(), absent -> new TreeSet<>())
                                .add(relation.schema()));
            }
        }
        return schemas;
    }

    /** The snapshots of earlier runs whose builds the nodes of this run read. */
    static List<String> reads(CompiledProject project, BuildScope scope) {
        Set<String> reads = new TreeSet<>();
        for (CompiledNode node : project.nodes()) {
            if (scope.contains(node.uniqueId())) {
                for (String parent : node.dependsOn()) {
                    project.node(parent)
                            .filter(read -> !scope.contains(read.uniqueId()))
                            .flatMap(CompiledNode::builtAs)
                            .flatMap(relation -> snapshotOf(relation.schema()))
                            .ifPresent(reads::add);
                }
            }
        }
        return List.copyOf(reads);
    }

    /**
     * The snapshot that a run built on into a schema.
     *
     * @param schema such as {@code snap_20260201030000123__marts}
     * @return empty for a schema that no run builds into
     */
    static Optional<String> snapshotOf(String schema) {
        Matcher build = BUILD_SCHEMA.matcher(schema);
        return build.matches() ? Optional.of(build.group(1)) : Optional.empty();
    }
}
