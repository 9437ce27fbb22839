package io.meterlake.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code sources:} of a property file. */
final class SourceFile {
    /** A table and the tests that its file applies to it. */
    record DeclaredSource(SourceTable table, List<DeclaredTest> tests) {}

    private static final Set<String> SOURCE_KEYS = Set.of(
            "name",
            "description",
            "database",
            "catalog",
            "schema",
            "tables",
            "config",
            "meta",
            "tags",
            "loader",
            "freshness",
            "loaded_at_field",
            "loaded_at_query",
            "overrides",
            "quoting",
            "data_tests",
            "tests");
    private static final Set<String> TABLE_KEYS = Set.of(
            "name",
            "description",
            "identifier",
            "columns",
            "config",
            "meta",
            "tags",
            "loader",
            "freshness",
            "loaded_at_field",
            "loaded_at_query",
            "quoting",
            "external",
            "data_tests",
            "tests");

    private final String project;
    private final List<String> folders;
    private final ProjectSettings settings;
    private final Problems problems;

    SourceFile(List<String> folders, ProjectSettings settings, Problems problems) {
        this.project = settings.name();
        this.folders = folders;
        this.settings = settings;
        this.problems = problems;
    }

    List<DeclaredSource> read(YamlMapping file) {
        List<DeclaredSource> sources = new ArrayList<>();
        for (YamlMapping source : file.mappings("sources")) {
            source.refuseUnknownKeys("a source", SOURCE_KEYS);
            if (source.has("overrides")) {
                problems.add(source.location("overrides"), "overrides: packages are not supported yet");
            }
            source.required("name").ifPresent(name -> {
                for (YamlMapping table : source.mappings("tables")) {
                    table(name, source, table).ifPresent(sources::add);
                }
            });
        }
        return sources;
    }

    private Optional<DeclaredSource> table(String sourceName, YamlMapping source, YamlMapping table) {
        table.refuseUnknownKeys("a source's table", TABLE_KEYS);
        return table.required("name").map(name -> {
            List<String> fqn = new ArrayList<>();
            fqn.add(project);
            fqn.addAll(folders);
            fqn.add(sourceName);
            fqn.add(name);
            Map<String, Object> layers = ConfigLayers.merge(
                    ConfigLayers.merge(
                            settings.config(ResourceType.SOURCE, fqn),
                            PropertyFile.config(ResourceType.SOURCE, source, problems)),
                    PropertyFile.config(ResourceType.SOURCE, table, problems));
            Map<String, Object> config = new FreshnessSettings(problems).in(layers, source, table);
            List<DeclaredTest> tests = new ArrayList<>(DeclaredTest.readAll(table, null, problems));
            List<Column> columns = PropertyFile.columns(table, tests, problems);
            String catalog =
                    source.text("database").or(() -> source.text("catalog")).orElse(SourceTable.TARGET_CATALOG);
            Relation declared = new Relation(
                    catalog,
                    source.text("schema").orElse(sourceName),
                    table.text("identifier").orElse(name));
            String uniqueId = "source." + project + "." + sourceName + "." + name;
            return new DeclaredSource(
                    new SourceTable(
                            uniqueId,
                            sourceName,
                            name,
                            table.location("name"),
                            fqn,
                            config,
                            table.text("description").orElse("").strip(),
                            columns,
                            declared),
                    tests);
        });
    }
}
