package io.meterlake.compile;

import static io.meterlake.compile.CompileErrorCode.INVALID_MODEL;

import io.meterlake.compile.InlinedQuery.InputTable;
import io.meterlake.project.Resource;
import io.meterlake.project.ResourceType;
import io.meterlake.project.SqlResource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compiles one node with every model pasted in. */
final class Inliner {
    private final Session session;
    private final Renderer renderer;
    private final Graph graph;
    private final Map<String, CompiledNode> nodes;
    private final Map<String, Reference> references;

    Inliner(
            Session session,
            Renderer renderer,
            Graph graph,
            Map<String, CompiledNode> nodes,
            Map<String, Reference> references) {
        this.session = session;
        this.renderer = renderer;
        this.graph = graph;
        this.nodes = Map.copyOf(nodes);
        this.references = Map.copyOf(references);
    }

    InlinedQuery inline(CompiledNode node) {
        Map<String, Draft> drafts = new HashMap<>();
        SortedMap<String, String> fingerprints = new TreeMap<>();
        SortedMap<String, Object> variables = new TreeMap<>();
        TreeSet<String> tables = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(node.uniqueId()));
        while (!open.isEmpty()) {
            String id = open.remove();
            if (drafts.containsKey(id)) {
                continue;
            }
            CompiledNode current = known(id);
            if (!id.equals(node.uniqueId()) && current.resourceType() != ResourceType.MODEL) {
                tables.add(id);
                continue;
            }
            current.compiled().ifPresent(sql -> fingerprints.put(id, sql.fingerprint()));
            Draft draft = rendered(current.resource());
            drafts.put(id, draft);
            variables.putAll(draft.recording().variables);
            open.addAll(draft.recording().dependsOn.keySet());
        }
        SqlAssembly assembly = new SqlAssembly(graph, drafts);
        Draft top = drafts.get(node.uniqueId());
        if (top == null) {
            throw new IllegalStateException(node.uniqueId() + " was not rendered");
        }
        List<InputTable> inputs = new ArrayList<>();
        for (String id : tables) {
            inputs.add(new InputTable(id, reference(id).relation()));
        }
        return new InlinedQuery(
                node.uniqueId(), assembly.statement(top, assembly.pasted(top)), inputs, fingerprints, variables);
    }

    /** Compiles SQL from outside of the project as a reader of its tables. */
    CompiledSql adHoc(SqlResource.Analysis query) {
        Map<String, Draft> drafts = new HashMap<>();
        Draft top = rendered(query, resource -> reference(resource.uniqueId()));
        Deque<Draft> open = new ArrayDeque<>(List.of(top));
        while (!open.isEmpty()) {
            for (Reference reference : open.remove().recording().references.values()) {
                String id = reference.resource().uniqueId();
                if (reference.pasted() && !drafts.containsKey(id)) {
                    Draft draft = rendered(reference.resource(), resource -> reference(resource.uniqueId()));
                    drafts.put(id, draft);
                    open.add(draft);
                }
            }
        }
        return new SqlAssembly(graph, drafts).compiled(top);
    }

    private Draft rendered(Resource resource) {
        return rendered(resource, other -> {
            Reference reference = reference(other.uniqueId());
            boolean pasted = other.resourceType() == ResourceType.MODEL;
            return new Reference(reference.resource(), reference.relation(), pasted, reference.eventTime());
        });
    }

    private Draft rendered(Resource resource, References how) {
        Draft draft = renderer.render(resource, how).orElse(null);
        session.problems().throwIfAny(INVALID_MODEL, "Cannot compile " + resource.name(), ProjectCompiler.HINT);
        if (draft == null) {
            throw new IllegalStateException(resource.uniqueId() + " has no SQL");
        }
        return draft;
    }

    private CompiledNode known(String id) {
        CompiledNode node = nodes.get(id);
        if (node == null) {
            throw new IllegalStateException("there is no node " + id);
        }
        return node;
    }

    private Reference reference(String id) {
        Reference reference = references.get(id);
        if (reference == null) {
            throw new IllegalStateException("nothing can read " + id);
        }
        return reference;
    }
}
