package io.meterlake.project;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A test as a property file applies it to a table or a column. */
record DeclaredTest(
        Location location,
        String testName,
        @Nullable String columnName,
        Optional<String> ownName,
        String description,
        Map<String, Object> arguments,
        Map<String, Object> config) {
    private static final int LONGEST_NAME = 63;
    private static final Set<String> SETTINGS = Set.of(
            "severity",
            "warn_if",
            "error_if",
            "fail_calc",
            "limit",
            "where",
            "store_failures",
            "store_failures_as",
            "enabled",
            "tags",
            "meta",
            "group");

    /** The tests of a table or a column; {@code data_tests} and {@code tests} mean the same. */
    static List<DeclaredTest> readAll(YamlMapping owner, @Nullable String columnName, Problems problems) {
        List<DeclaredTest> tests = new ArrayList<>();
        for (String key : List.of("data_tests", "tests")) {
            for (Node item : owner.items(key)) {
                read(owner, item, columnName, problems).ifPresent(tests::add);
            }
        }
        return tests;
    }

    private static Optional<DeclaredTest> read(
            YamlMapping owner, Node item, @Nullable String columnName, Problems problems) {
        Location location = owner.at(item);
        if (item instanceof ScalarNode scalar) {
            return Optional.of(new DeclaredTest(
                    location, scalar.getValue(), columnName, Optional.empty(), "", Map.of(), Map.of()));
        }
        if (!(item instanceof MappingNode node)) {
            problems.add(location, "a test is a name, or a name with arguments");
            return Optional.empty();
        }
        YamlMapping mapping = new YamlMapping(location.file(), node, problems);
        if (mapping.has("test_name")) {
            return mapping.text("test_name").map(name -> of(location, name, columnName, mapping, problems));
        }
        if (mapping.keys().size() != 1) {
            problems.add(
                    location,
                    "a test is one name with its arguments below it, but here are several keys: "
                            + String.join(", ", mapping.keys()));
            return Optional.empty();
        }
        String name = mapping.keys().iterator().next();
        YamlMapping body = mapping.has(name)
                ? mapping.mapping(name).orElseGet(() -> YamlMapping.empty(location, problems))
                : YamlMapping.empty(location, problems);
        return Optional.of(of(location, name, columnName, body, problems));
    }

    private static DeclaredTest of(
            Location location, String testName, @Nullable String columnName, YamlMapping body, Problems problems) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        Map<String, Object> config = new LinkedHashMap<>();
        for (String key : body.keys()) {
            if (SETTINGS.contains(key)) {
                body.value(key).ifPresent(value -> config.put(key, value));
            } else if (!Set.of("name", "description", "config", "arguments", "test_name")
                    .contains(key)) {
                body.value(key).ifPresent(value -> arguments.put(key, value));
            }
        }
        body.mapping("arguments").ifPresent(written -> arguments.putAll(written.values()));
        body.mapping("config").ifPresent(written -> {
            for (String key : written.keys()) {
                written.value(key).ifPresent(value -> {
                    ConfigKeys.check(ResourceType.TEST, key, value, written.location(key), problems);
                    config.put(key, value);
                });
            }
        });
        Object column = arguments.remove("column_name");
        return new DeclaredTest(
                location,
                testName,
                column == null ? columnName : column.toString(),
                body.text("name"),
                body.text("description").orElse("").strip(),
                arguments,
                config);
    }

    /** The test as a node, named as dbt names it: test, table, column and arguments. */
    GenericTest attach(String project, List<String> folders, Resource target, Map<String, Object> folderConfig) {
        String table = target instanceof SourceTable source ? source.sourceName() + "_" + source.name() : target.name();
        String prefix = target instanceof SourceTable ? "source_" : "";
        String name = ownName.orElseGet(() -> prefix + testName + "_" + table + "_" + argumentsInName());
        String identity =
                String.join("\u0000", testName, target.uniqueId(), name, arguments.toString(), config.toString());
        String uniqueId =
                "test." + project + "." + name + "." + Checksum.of(identity).substring(0, 10);
        List<String> fqn = new ArrayList<>();
        fqn.add(project);
        fqn.addAll(folders);
        fqn.add(name);
        return new GenericTest(
                uniqueId,
                name,
                location,
                fqn,
                ConfigLayers.merge(folderConfig, config),
                description,
                testName,
                target.uniqueId(),
                columnName,
                arguments);
    }

    private String argumentsInName() {
        Map<String, Object> named = new TreeMap<>(arguments);
        if (columnName != null) {
            named.put("column_name", columnName);
        }
        List<String> parts = new ArrayList<>();
        for (Object value : named.values()) {
            switch (value) {
                case List<?> list -> list.forEach(item -> parts.add(String.valueOf(item)));
                case Map<?, ?> map -> map.values().forEach(item -> parts.add(String.valueOf(item)));
                default -> parts.add(value.toString());
            }
        }
        String joined = String.join(
                "__",
                parts.stream()
                        .map(part -> part.replaceAll("[^0-9a-zA-Z_]+", "_"))
                        .toList());
        // Long lists would make a name that nobody can read or type.
        return joined.length() <= LONGEST_NAME
                ? joined
                : joined.substring(0, LONGEST_NAME - 11) + "_"
                        + Checksum.of(joined).substring(0, 10);
    }
}
