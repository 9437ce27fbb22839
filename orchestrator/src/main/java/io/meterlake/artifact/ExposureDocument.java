package io.meterlake.artifact;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.project.Exposure;
import io.meterlake.project.Group;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Exposures and groups as a manifest has them. */
final class ExposureDocument {
    private ExposureDocument() {}

    static Map<String, @Nullable Object> of(
            NodeDocuments documents, CompiledProject project, CompiledNode.Exposure node, double createdAt) {
        Exposure exposure = node.resource();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", exposure.name());
        document.put("resource_type", "exposure");
        NodeDocuments.putPlace(document, project, exposure.location());
        document.put("unique_id", exposure.uniqueId());
        document.put("fqn", exposure.fqn());
        document.put("type", exposure.type());
        document.put("owner", owner(exposure.owner()));
        document.put("description", exposure.description());
        document.put("label", exposure.label());
        document.put("maturity", exposure.maturity());
        document.put("meta", node.config().meta());
        document.put("tags", node.config().tags());
        document.put("config", ConfigDocument.of(node));
        document.put("unrendered_config", ConfigDocument.unrendered(node));
        document.put("url", exposure.url());
        NodeDocuments.putNeeds(document, List.of(), node.dependsOn());
        documents.putReferences(document, node.dependsOn());
        document.put("metrics", List.of());
        document.put("created_at", createdAt);
        return document;
    }

    /** By unique id. */
    static Map<String, Object> groups(CompiledProject project) {
        Map<String, Object> groups = new TreeMap<>();
        for (Group group : project.project().groups()) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("name", group.name());
            document.put("resource_type", "group");
            NodeDocuments.putPlace(document, project, group.location());
            String id = "group." + project.project().name() + "." + group.name();
            document.put("unique_id", id);
            document.put("owner", owner(group.owner()));
            document.put("description", group.description());
            document.put("config", Map.of("meta", Map.of()));
            groups.put(id, document);
        }
        return groups;
    }

    /** The unique ids of a group's nodes, by the group's name. */
    static Map<String, List<String>> members(CompiledProject project) {
        Map<String, List<String>> members = new TreeMap<>();
        for (Group group : project.project().groups()) {
            members.put(
                    group.name(),
                    project.nodes().stream()
                            .filter(node -> node.config()
                                    .text("group")
                                    .filter(group.name()::equals)
                                    .isPresent())
                            .map(CompiledNode::uniqueId)
                            .sorted()
                            .toList());
        }
        return members;
    }

    private static Map<String, @Nullable Object> owner(Map<String, Object> written) {
        Map<String, @Nullable Object> owner = new LinkedHashMap<>();
        owner.put("email", null);
        owner.put("name", null);
        owner.putAll(written);
        return owner;
    }
}
