package io.meterlake.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.json.JsonDocuments;
import io.meterlake.project.GenericTest;
import io.meterlake.project.ResourceType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has changed of a project since an earlier manifest, by the rules of dbt-core 1.11 ({@code StateSelectorMethod} and
 * {@code same_contents} of its nodes): the text as written, the settings as written, the name of the table as written, and
 * the macros that are called. Not thread-safe.
 */
final class StateComparison {
    /** They say where a table is, or only group, and are no part of what {@code modified.configs} compares. */
    private static final Set<String> NO_CONFIG = Set.of("alias", "schema", "database", "tags", "group");
    /** All that counts of a test's settings. */
    private static final Set<String> TEST_CONFIG = Set.of(
            "severity", "where", "limit", "fail_calc", "warn_if", "error_if", "store_failures", "store_failures_as");

    private final CompiledProject project;
    private final JsonNode earlier;
    private final NodeDocuments documents;
    private final JsonNode macros;
    private final Set<String> changedMacros = new HashSet<>();
    private final Map<String, JsonNode> now = new HashMap<>();

    /** @param earlier a manifest */
    StateComparison(CompiledProject project, JsonNode earlier) {
        this.project = project;
        this.earlier = earlier;
        MacroCalls calls = new MacroCalls(project.project());
        this.documents = new NodeDocuments(project, calls, 0);
        this.macros = read(MacroDocuments.of(project.project(), calls, 0));
        changedMacros.addAll(differing(macros, earlier.path("macros"), "macro_sql"));
    }

    boolean isOf(CompiledProject other) {
        return project == other;
    }

    /** @param value what stands after {@code state:} */
    boolean matches(CompiledNode node, String value) {
        boolean isSource = node.resourceType() == ResourceType.SOURCE;
        String section = switch (node) {
            case CompiledNode.Source _ -> "sources";
            case CompiledNode.UnitTest _ -> "unit_tests";
            case CompiledNode.Exposure _ -> "exposures";
            default -> "nodes";
        };
        JsonNode old = earlier.path(section).path(node.uniqueId());
        JsonNode current = now.computeIfAbsent(
                node.uniqueId(),
                absent -> read(
                        switch (node) {
                            case CompiledNode.Source source -> documents.source(source);
                            case CompiledNode.UnitTest test -> UnitTestDocument.of(project, test, 0);
                            case CompiledNode.Exposure exposure -> ExposureDocument.of(documents, project, exposure, 0);
                            default -> documents.node(node);
                        }));
        boolean isNew = old.isMissingNode();
        return switch (value) {
            case "new" -> isNew;
            case "old" -> !isNew;
            case "modified" -> isModified(node, current, old);
            case "unmodified" -> !isModified(node, current, old);
            case "modified.body" -> !isSource && (isNew || !sameBody(current, old));
            case "modified.configs" -> isNew || !sameConfig(node, current, old);
            case "modified.persisted_descriptions" -> !isSource && (isNew || !sameDescriptions(current, old));
            case "modified.relation" -> isNew || !sameRelation(node, current, old);
            case "modified.macros" -> callsChangedMacro(current, new HashSet<>());
            case "modified.contract" ->
                node.resourceType() == ResourceType.MODEL && (isNew || !sameContract(current, old));
            default -> throw new IllegalArgumentException("the parser lets no state:" + value + " through");
        };
    }

    private boolean isModified(CompiledNode node, JsonNode current, JsonNode old) {
        if (callsChangedMacro(current, new HashSet<>())) {
            return true;
        }
        if (old.isMissingNode()) {
            // As in dbt: whoever reads a new source is modified itself.
            return node.resourceType() != ResourceType.SOURCE;
        }
        if (node.resourceType() == ResourceType.SOURCE) {
            return !(sameRelation(node, current, old)
                    && same(current, old, "fqn", "freshness", "loaded_at_field", "external")
                    && sameConfig(node, current, old));
        }
        if (node.resourceType() == ResourceType.UNIT_TEST) {
            return !same(current, old, "model", "given", "expect", "overrides", "fqn");
        }
        if (node.resourceType() == ResourceType.EXPOSURE) {
            return !same(
                    current,
                    old,
                    "fqn",
                    "type",
                    "owner",
                    "maturity",
                    "url",
                    "description",
                    "label",
                    "depends_on",
                    "config");
        }
        if (node.resource() instanceof GenericTest) {
            return !(sameConfig(node, current, old) && same(current, old, "fqn"));
        }
        return !(sameBody(current, old)
                && sameConfig(node, current, old)
                && sameDescriptions(current, old)
                && same(current, old, "fqn")
                && sameRelation(node, current, old)
                && sameContract(current, old)
                && (node.resourceType() != ResourceType.MODEL
                        || same(current, old, "latest_version", "access", "deprecation_date")));
    }

    private static boolean sameBody(JsonNode current, JsonNode old) {
        return current.path("resource_type").asText().equals("seed")
                ? same(current, old, "checksum")
                : same(current, old, "raw_code");
    }

    private static boolean sameConfig(CompiledNode node, JsonNode current, JsonNode old) {
        Set<String> keys = new HashSet<>();
        current.path("unrendered_config").fieldNames().forEachRemaining(keys::add);
        old.path("unrendered_config").fieldNames().forEachRemaining(keys::add);
        if (node.resourceType() == ResourceType.TEST) {
            keys.retainAll(TEST_CONFIG);
        }
        if (node.resourceType() != ResourceType.SOURCE) {
            keys.removeAll(NO_CONFIG);
        }
        return same(current.path("unrendered_config"), old.path("unrendered_config"), keys.toArray(String[]::new));
    }

    private static boolean sameRelation(CompiledNode node, JsonNode current, JsonNode old) {
        return node.resourceType() == ResourceType.SOURCE
                ? same(current, old, "database", "schema", "identifier")
                : same(current.path("unrendered_config"), old.path("unrendered_config"), "database", "schema", "alias");
    }

    /** Descriptions count where they are persisted; whether they are is a setting of its own. */
    private static boolean sameDescriptions(JsonNode current, JsonNode old) {
        JsonNode persisted = current.path("config").path("persist_docs");
        if (persisted.path("relation").asBoolean() && !same(current, old, "description")) {
            return false;
        }
        return !persisted.path("columns").asBoolean() || descriptions(current).equals(descriptions(old));
    }

    private static Map<String, String> descriptions(JsonNode node) {
        Map<String, String> descriptions = new HashMap<>();
        node.path("columns")
                .properties()
                .forEach(column -> descriptions.put(
                        column.getKey(), column.getValue().path("description").asText()));
        return descriptions;
    }

    private static boolean sameContract(JsonNode current, JsonNode old) {
        boolean enforced = current.path("contract").path("enforced").asBoolean();
        return enforced == old.path("contract").path("enforced").asBoolean()
                && (!enforced || same(current.path("contract"), old.path("contract"), "checksum"));
    }

    private boolean callsChangedMacro(JsonNode caller, Set<String> seen) {
        if (changedMacros.isEmpty()) {
            return false;
        }
        for (JsonNode macro : caller.path("depends_on").path("macros")) {
            String id = macro.asText();
            if (seen.add(id) && (changedMacros.contains(id) || callsChangedMacro(macros.path(id), seen))) {
                return true;
            }
        }
        return false;
    }

    /** The keys of what differs, or is only in one of them. */
    private static Set<String> differing(JsonNode left, JsonNode right, String field) {
        Set<String> differing = new HashSet<>();
        for (JsonNode one : List.of(left, right)) {
            for (Iterator<String> names = one.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (!same(left.path(name), right.path(name), field)) {
                    differing.add(name);
                }
            }
        }
        return differing;
    }

    private static boolean same(JsonNode left, JsonNode right, String... fields) {
        for (String field : fields) {
            if (!present(left, field).equals(present(right, field))) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode present(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.path(field) : MissingNode.getInstance();
    }

    /** As it would be read from a file: numbers and lists are of the same kinds then. */
    private static JsonNode read(Object document) {
        try {
            return JsonDocuments.tree(JsonDocuments.compact(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written as JSON is JSON", e);
        }
    }
}
