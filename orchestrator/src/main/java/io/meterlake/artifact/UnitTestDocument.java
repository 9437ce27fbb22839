package io.meterlake.artifact;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.json.JsonDocuments;
import io.meterlake.project.Checksum;
import io.meterlake.project.Fixture;
import io.meterlake.project.ModelVersion;
import io.meterlake.project.Relation;
import io.meterlake.project.SqlResource;
import io.meterlake.project.UnitTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A unit test as a manifest has it. */
final class UnitTestDocument {
    private UnitTestDocument() {}

    static Map<String, @Nullable Object> of(CompiledProject project, CompiledNode.UnitTest node, double createdAt) {
        UnitTest test = node.resource();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("model", test.model());
        List<Map<String, @Nullable Object>> given =
                test.given().stream().map(UnitTestDocument::input).toList();
        document.put("given", given);
        document.put("expect", fixture(test.expect()));
        document.put("name", test.name());
        document.put("resource_type", test.resourceType().word());
        NodeDocuments.putPlace(document, project, test.location());
        document.put("unique_id", test.uniqueId());
        document.put("fqn", test.fqn());
        document.put("description", test.description());
        boolean overrides = !test.overrides().equals(UnitTest.Overrides.NONE);
        document.put("overrides", overrides ? overrides(test.overrides()) : null);
        NodeDocuments.putNeeds(document, List.of(), node.dependsOn());
        document.put("config", ConfigDocument.of(node));
        document.put(
                "checksum",
                Checksum.of(JsonDocuments.compact(
                        List.of(test.model(), given, fixture(test.expect()), overrides(test.overrides())))));
        document.put(
                "schema",
                project.node(test.testedId())
                        .flatMap(CompiledNode::builtAs)
                        .map(Relation::schema)
                        .orElse(null));
        document.put("created_at", createdAt);
        document.put("versions", null);
        document.put(
                "version",
                project.node(test.testedId())
                        .map(CompiledNode::resource)
                        .filter(SqlResource.Model.class::isInstance)
                        .map(model -> ((SqlResource.Model) model).properties().version())
                        .map(ModelVersion::version)
                        .orElse(null));
        return document;
    }

    private static Map<String, @Nullable Object> input(UnitTest.Input input) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("input", input.table());
        document.putAll(fixture(input.rows()));
        return document;
    }

    private static Map<String, @Nullable Object> fixture(Fixture fixture) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put(
                "rows",
                switch (fixture) {
                    case Fixture.Values values -> values.rows();
                    case Fixture.Query query -> query.sql();
                    case Fixture.OfSeed _ -> null;
                });
        document.put("format", fixture.format().word());
        document.put("fixture", fixture.file().orElse(null));
        return document;
    }

    private static Map<String, Object> overrides(UnitTest.Overrides overrides) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("macros", overrides.macros());
        document.put("vars", overrides.vars());
        document.put("env_vars", overrides.environment());
        return document;
    }
}
