package io.meterlake.artifact;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.CompiledSql;
import io.meterlake.project.Checksum;
import io.meterlake.project.Column;
import io.meterlake.project.Exposure;
import io.meterlake.project.GenericTest;
import io.meterlake.project.Location;
import io.meterlake.project.ModelVersion;
import io.meterlake.project.Relation;
import io.meterlake.project.Resource;
import io.meterlake.project.ResourceType;
import io.meterlake.project.Seed;
import io.meterlake.project.SourceTable;
import io.meterlake.project.SqlResource;
import io.meterlake.project.UnitTest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Nodes and sources as a manifest has them. Keys that Meterlake knows nothing for have dbt's defaults. */
final class NodeDocuments {
    private static final String TEST_SCHEMA = "dbt_test__audit";
    /** As Python prints it. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final CompiledProject project;
    private final MacroCalls macros;
    private final double createdAt;

    /** @param createdAt seconds since 1970 */
    NodeDocuments(CompiledProject project, MacroCalls macros, double createdAt) {
        this.project = project;
        this.macros = macros;
        this.createdAt = createdAt;
    }

    Map<String, @Nullable Object> source(CompiledNode.Source source) {
        SourceTable table = source.resource();
        Relation relation = source.relation();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("database", relation.catalog());
        document.put("schema", relation.schema());
        document.put("name", table.name());
        document.put("resource_type", "source");
        document.put("package_name", project.project().name());
        document.put("path", table.location().file());
        document.put("original_file_path", table.location().file());
        document.put("unique_id", table.uniqueId());
        document.put("fqn", table.fqn());
        document.put("source_name", table.sourceName());
        document.put("source_description", "");
        document.put("loader", source.config().text("loader").orElse(""));
        document.put("identifier", relation.identifier());
        document.put("quoting", ManifestDocument.quoting(null));
        document.put("loaded_at_field", source.config().values().get("loaded_at_field"));
        document.put("loaded_at_query", source.config().values().get("loaded_at_query"));
        document.put("freshness", source.config().values().get("freshness"));
        document.put("external", null);
        document.put("description", table.description());
        document.put("columns", columns(table));
        document.put("meta", source.config().meta());
        document.put("source_meta", Map.of());
        document.put("tags", source.config().tags());
        document.put("config", ConfigDocument.of(source));
        document.put("patch_path", null);
        document.put("unrendered_config", ConfigDocument.unrendered(source));
        document.put("relation_name", relation.sql());
        document.put("created_at", createdAt);
        document.put("unrendered_database", table.declared().catalog());
        document.put("unrendered_schema", table.declared().schema());
        document.put("doc_blocks", List.of());
        return document;
    }

    /** A node that is no source. */
    Map<String, @Nullable Object> node(CompiledNode node) {
        Map<String, @Nullable Object> document = common(node);
        node.compiled().ifPresent(sql -> putSql(document, node, sql));
        switch (node) {
            case CompiledNode.Source _, CompiledNode.UnitTest _, CompiledNode.Exposure _ ->
                throw new IllegalArgumentException("a manifest has them elsewhere: " + node.uniqueId());
            case CompiledNode.SeedNode seed -> {
                document.put("root_path", project.project().folder().toString());
                document.put("depends_on", Map.of("macros", List.of()));
            }
            case CompiledNode.Model model -> putModel(document, model);
            case CompiledNode.Test test -> {
                if (test.resource() instanceof GenericTest generic) {
                    putGenericTest(document, generic);
                }
            }
            case CompiledNode.Analysis analysis -> {
                // Has what all have that have SQL.
            }
        }
        return document;
    }

    private Map<String, @Nullable Object> common(CompiledNode node) {
        Resource resource = node.resource();
        Relation relation = relation(node);
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("database", relation.catalog());
        document.put("schema", relation.schema());
        document.put("name", resource.refName());
        document.put("resource_type", node.resourceType().word());
        document.put("package_name", project.project().name());
        document.put("path", path(resource));
        document.put("original_file_path", node.location().file());
        document.put("unique_id", node.uniqueId());
        document.put("fqn", resource.fqn());
        document.put("alias", relation.identifier());
        document.put("checksum", checksum(resource));
        document.put("config", ConfigDocument.of(node));
        document.put("tags", node.config().tags());
        document.put("description", resource.description());
        document.put("columns", columns(resource));
        document.put("meta", node.config().meta());
        document.put("group", node.config().values().get("group"));
        document.put("docs", ConfigDocument.docs());
        document.put("patch_path", null);
        document.put("build_path", null);
        document.put("unrendered_config", ConfigDocument.unrendered(node));
        document.put("created_at", createdAt);
        document.put("relation_name", node.builtAs().map(Relation::sql).orElse(null));
        document.put("raw_code", rawCode(resource));
        document.put("doc_blocks", List.of());
        return document;
    }

    /** Where it is, or would be if it were built. */
    private Relation relation(CompiledNode node) {
        String catalog = project.options().target().catalog();
        return switch (node) {
            case CompiledNode.Source source -> source.relation();
            case CompiledNode.SeedNode seed -> seed.relation();
            case CompiledNode.Model model -> model.relation();
            case CompiledNode.Test _, CompiledNode.UnitTest _, CompiledNode.Exposure _ ->
                new Relation(catalog, TEST_SCHEMA, node.name());
            case CompiledNode.Analysis analysis ->
                new Relation(catalog, project.options().target().schema(), analysis.name());
        };
    }

    private void putSql(Map<String, @Nullable Object> document, CompiledNode node, CompiledSql sql) {
        List<String> dependsOn = dependsOn(node);
        document.put("language", "sql");
        putReferences(document, dependsOn);
        document.put("metrics", List.of());
        document.put("functions", List.of());
        putNeeds(document, macros.in(rawCode(node.resource())), dependsOn);
        document.put("compiled_path", null);
        document.put("compiled", true);
        document.put("compiled_code", sql.sql());
        document.put("extra_ctes_injected", true);
        document.put("extra_ctes", List.of());
        document.put("contract", ContractDocuments.contract(node));
    }

    /** What it needs, by unique ids. */
    static void putNeeds(Map<String, @Nullable Object> document, List<String> macros, List<String> nodes) {
        Map<String, Object> needs = new LinkedHashMap<>();
        needs.put("macros", macros);
        needs.put("nodes", nodes);
        document.put("depends_on", needs);
    }

    /** Where what is written in a property file stands. */
    static void putPlace(Map<String, @Nullable Object> document, CompiledProject project, Location location) {
        String file = location.file();
        document.put("package_name", project.project().name());
        document.put("path", file.substring(file.indexOf('/') + 1));
        document.put("original_file_path", file);
    }

    /** What is named by {@code ref} and {@code source}. */
    void putReferences(Map<String, @Nullable Object> document, List<String> dependsOn) {
        List<Map<String, @Nullable Object>> refs = new ArrayList<>();
        List<List<String>> sources = new ArrayList<>();
        for (String id : dependsOn) {
            project.node(id).ifPresent(parent -> {
                if (parent.resource() instanceof SourceTable source) {
                    sources.add(List.of(source.sourceName(), source.name()));
                } else {
                    Map<String, @Nullable Object> ref = new LinkedHashMap<>();
                    ref.put("name", parent.resource().refName());
                    ref.put("package", null);
                    ref.put(
                            "version",
                            version(parent.resource())
                                    .map(NodeDocuments::version)
                                    .orElse(null));
                    refs.add(ref);
                }
            });
        }
        document.put("refs", refs);
        document.put("sources", sources);
    }

    /** What a generic test is attached to comes last, as with dbt: by that, readers tell it from what it is compared to. */
    private static List<String> dependsOn(CompiledNode node) {
        if (node.resource() instanceof GenericTest test && node.dependsOn().contains(test.attachedTo())) {
            List<String> ordered = new ArrayList<>(node.dependsOn());
            ordered.remove(test.attachedTo());
            ordered.add(test.attachedTo());
            return ordered;
        }
        return node.dependsOn();
    }

    private void putModel(Map<String, @Nullable Object> document, CompiledNode.Model model) {
        document.put("access", model.config().text("access").orElse("protected"));
        document.put(
                "constraints",
                model.resource().properties().constraints().stream()
                        .map(ContractDocuments::ofModel)
                        .toList());
        Optional<ModelVersion> version = version(model.resource());
        document.put("version", version.map(NodeDocuments::version).orElse(null));
        document.put("latest_version", version.map(one -> number(one.latest())).orElse(null));
        document.put(
                "deprecation_date",
                Optional.ofNullable(model.resource().properties().deprecationDate())
                        .map(DATE::format)
                        .orElse(null));
        document.put("primary_key", PrimaryKeys.of(project, model));
        document.put("time_spine", null);
    }

    private void putGenericTest(Map<String, @Nullable Object> document, GenericTest test) {
        document.put("column_name", test.columnName());
        document.put("file_key_name", fileKey(test));
        document.put("attached_node", test.attachedTo());
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        if (test.columnName() != null) {
            arguments.put("column_name", test.columnName());
        }
        arguments.putAll(test.arguments());
        arguments.put("model", "{{ get_where_subquery(" + reference(test.attachedTo()) + ") }}");
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("name", test.testName());
        metadata.put("kwargs", arguments);
        metadata.put("namespace", null);
        document.put("test_metadata", metadata);
    }

    /** The section of the property file and the entry in it, such as {@code models.energy}. */
    private String fileKey(GenericTest test) {
        return switch (project.project().resource(test.attachedTo()).orElse(null)) {
            case SourceTable source -> "sources." + source.sourceName();
            case Seed seed -> "seeds." + seed.name();
            case null -> "models." + test.name();
            case Resource other -> "models." + other.name();
        };
    }

    private String reference(String uniqueId) {
        return switch (project.project().resource(uniqueId).orElse(null)) {
            case SourceTable source -> "source('%s', '%s')".formatted(source.sourceName(), source.name());
            case null -> "ref('%s')".formatted(uniqueId);
            case SqlResource.Model model
            when model.properties().version() != null ->
                "ref('%s', v=%s)"
                        .formatted(model.refName(), version(model.properties().version()));
            case Resource other -> "ref('%s')".formatted(other.name());
        };
    }

    private static Optional<ModelVersion> version(Resource resource) {
        return resource instanceof SqlResource.Model model
                ? Optional.ofNullable(model.properties().version())
                : Optional.empty();
    }

    private static Object version(ModelVersion version) {
        return number(version.version());
    }

    private static Object number(String version) {
        return version.matches("\\d{1,9}") ? (Object) Integer.valueOf(version) : version;
    }

    private static String path(Resource resource) {
        if (resource instanceof GenericTest test) {
            return test.name() + ".sql";
        }
        String file = resource.location().file();
        int named = version(resource).isPresent() ? 2 : 1;
        List<String> folders =
                resource.fqn().subList(1, Math.max(1, resource.fqn().size() - named));
        List<String> parts = new ArrayList<>(folders);
        parts.add(file.substring(file.lastIndexOf('/') + 1));
        return String.join("/", parts);
    }

    /** dbt's: the text less the blanks around it, so that the states of both can be compared. */
    private static Map<String, String> checksum(Resource resource) {
        String text = switch (resource) {
            case SqlResource sql -> sql.rawSql();
            case Seed seed -> seed.text();
            case GenericTest _, UnitTest _, SourceTable _, Exposure _ -> null;
        };
        Map<String, String> checksum = new LinkedHashMap<>();
        checksum.put("name", text == null ? "none" : "sha256");
        checksum.put("checksum", text == null ? "" : Checksum.of(text.strip()));
        return checksum;
    }

    private static String rawCode(Resource resource) {
        return switch (resource) {
            case SqlResource sql -> sql.rawSql().strip();
            case GenericTest test -> "{{ test_" + test.testName() + "(**_dbt_generic_test_kwargs) }}";
            case Seed _, SourceTable _, UnitTest _, Exposure _ -> "";
        };
    }

    private static Map<String, Object> columns(Resource resource) {
        Map<String, Object> columns = new LinkedHashMap<>();
        // A singular test tests; it has no columns for others to read.
        if (resource.resourceType() != ResourceType.TEST) {
            resource.columns().forEach(column -> columns.put(column.name(), column(column)));
        }
        return columns;
    }

    private static Map<String, @Nullable Object> column(Column column) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", column.name());
        document.put("description", column.description());
        document.put("meta", column.meta());
        document.put("data_type", column.dataType());
        document.put(
                "constraints",
                column.constraints().stream().map(ContractDocuments::ofColumn).toList());
        document.put("quote", null);
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("meta", column.meta());
        config.put("tags", column.tags());
        document.put("config", config);
        document.put("tags", column.tags());
        document.put("granularity", null);
        document.put("doc_blocks", List.of());
        return document;
    }
}
