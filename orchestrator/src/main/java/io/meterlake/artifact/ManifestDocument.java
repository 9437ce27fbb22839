package io.meterlake.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.json.JsonDocuments;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * manifest.json, version 12: everything that a project has, compiled for where readers find it. The same project and the
 * same moment give the same bytes.
 */
public final class ManifestDocument {
    private ManifestDocument() {}

    /**
     * The document.
     *
     * @param project compiled with the published names, since those are what others know
     * @param generated when the document is made
     */
    public static String of(CompiledProject project, Invocation invocation, Instant generated) {
        double createdAt = generated.toEpochMilli() / 1000.0;
        MacroCalls macros = new MacroCalls(project.project());
        NodeDocuments documents = new NodeDocuments(project, macros, createdAt);
        Map<String, Object> nodes = new TreeMap<>();
        Map<String, Object> sources = new TreeMap<>();
        Map<String, Object> unitTests = new TreeMap<>();
        Map<String, Object> exposures = new TreeMap<>();
        Map<String, Object> parents = new TreeMap<>();
        Map<String, Object> children = new TreeMap<>();
        for (CompiledNode node : project.nodes()) {
            switch (node) {
                case CompiledNode.Source source -> sources.put(node.uniqueId(), documents.source(source));
                case CompiledNode.Exposure exposure ->
                    exposures.put(node.uniqueId(), ExposureDocument.of(documents, project, exposure, createdAt));
                case CompiledNode.UnitTest test ->
                    unitTests.put(node.uniqueId(), UnitTestDocument.of(project, test, createdAt));
                default -> nodes.put(node.uniqueId(), documents.node(node));
            }
            parents.put(node.uniqueId(), project.graph().parents(node.uniqueId()));
            children.put(node.uniqueId(), project.graph().children(node.uniqueId()));
        }
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("metadata", metadata(project, invocation, generated));
        manifest.put("nodes", nodes);
        manifest.put("sources", sources);
        manifest.put("macros", MacroDocuments.of(project.project(), macros, createdAt));
        manifest.put("docs", Map.of());
        manifest.put("exposures", exposures);
        manifest.put("metrics", Map.of());
        manifest.put("groups", ExposureDocument.groups(project));
        manifest.put("selectors", Map.of());
        manifest.put("disabled", Map.of());
        manifest.put("parent_map", parents);
        manifest.put("child_map", children);
        manifest.put("group_map", ExposureDocument.members(project));
        manifest.put("saved_queries", Map.of());
        manifest.put("semantic_models", Map.of());
        manifest.put("unit_tests", unitTests);
        manifest.put("functions", Map.of());
        return JsonDocuments.compact(manifest);
    }

    private static Map<String, @Nullable Object> metadata(
            CompiledProject project, Invocation invocation, Instant generated) {
        Map<String, @Nullable Object> metadata = invocation.metadata("manifest/v12", project.options(), generated);
        String name = project.project().name();
        metadata.put("project_name", name);
        metadata.put("project_id", md5(name));
        metadata.put("user_id", null);
        metadata.put("send_anonymous_usage_stats", false);
        metadata.put("adapter_type", "trino");
        metadata.put("quoting", quoting(true));
        metadata.put("run_started_at", Invocation.text(invocation.started()));
        return metadata;
    }

    /** @param quoted whether names stand in quotes; null where it is not said */
    static Map<String, @Nullable Object> quoting(@Nullable Boolean quoted) {
        Map<String, @Nullable Object> quoting = new LinkedHashMap<>();
        quoting.put("database", quoted);
        quoting.put("schema", quoted);
        quoting.put("identifier", quoted);
        quoting.put("column", null);
        return quoting;
    }

    /** dbt's id of a project, which no secret depends on. */
    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
