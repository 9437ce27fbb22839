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
                            .map(relation -> BUILD_SCHEMA.matcher(relation.schema()))
                            .filter(Matcher::matches)
                            .ifPresent(matcher -> reads.add(matcher.group(1)));
                }
            }
        }
        return List.copyOf(reads);
    }
}
