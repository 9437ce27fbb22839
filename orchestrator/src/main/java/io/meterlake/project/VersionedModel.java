package io.meterlake.project;

import io.meterlake.project.PropertyFile.Patch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads what a property file says of a model of which there are versions: each has its own of it, or what all have. */
final class VersionedModel {
    private static final Set<String> KEYS = Set.of(
            "v",
            "defined_in",
            "description",
            "columns",
            "config",
            "access",
            "docs",
            "constraints",
            "deprecation_date",
            "data_tests",
            "tests",
            "tags",
            "meta");

    private final YamlMapping entry;
    private final Problems problems;

    VersionedModel(YamlMapping entry, Problems problems) {
        this.entry = entry;
        this.problems = problems;
    }

    /** One patch for each version. */
    List<Patch> read(String name) {
        List<String> versions = new ArrayList<>();
        for (YamlMapping version : entry.mappings("versions")) {
            version.refuseUnknownKeys("a version", KEYS);
            version.required("v").ifPresent(word -> {
                if (versions.contains(word)) {
                    problems.add(version.location("v"), "version %s of %s is there twice".formatted(word, name));
                }
                versions.add(word);
            });
        }
        if (versions.isEmpty()) {
            problems.add(entry.location("versions"), "%s has no versions".formatted(name));
            return List.of();
        }
        String latest = entry.text("latest_version")
                .orElseGet(() -> versions.stream().max(ModelVersion::compare).orElseThrow());
        if (!versions.contains(latest)) {
            problems.add(
                    entry.location("latest_version"),
                    "latest_version %s of %s is none of its versions: %s"
                            .formatted(latest, name, String.join(", ", versions)));
        }
        List<Patch> patches = new ArrayList<>();
        for (YamlMapping version : entry.mappings("versions")) {
            version.text("v").ifPresent(word -> patches.add(patch(version, new ModelVersion(name, word, latest))));
        }
        return patches;
    }

    private Patch patch(YamlMapping written, ModelVersion version) {
        List<DeclaredTest> tests = new ArrayList<>();
        boolean hasTests = written.has("data_tests") || written.has("tests");
        tests.addAll(DeclaredTest.readAll(hasTests ? written : entry, null, problems));
        List<Column> columns = new ArrayList<>();
        columns(written, columns, tests);
        return new Patch(
                ResourceType.MODEL,
                written.text("defined_in").orElse(version.name()),
                written.location("v"),
                written.text("description")
                        .or(() -> entry.text("description"))
                        .orElse("")
                        .strip(),
                columns,
                ConfigLayers.merge(
                        PropertyFile.config(ResourceType.MODEL, entry, problems),
                        PropertyFile.config(ResourceType.MODEL, written, problems)),
                tests,
                new ModelProperties(
                        ConstraintReader.read(written.has("constraints") ? written : entry, Optional.empty(), problems),
                        PropertyFile.deprecationDate(written.has("deprecation_date") ? written : entry, problems),
                        version));
    }

    /** Those of the model that the version includes, and the version's own. */
    private void columns(YamlMapping written, List<Column> columns, List<DeclaredTest> tests) {
        List<DeclaredTest> ownTests = new ArrayList<>();
        List<YamlMapping> choices = written.mappings("columns").stream()
                .filter(column -> column.has("include") || column.has("exclude"))
                .toList();
        List<Column> own = PropertyFile.columns(
                written.mappings("columns").stream()
                        .filter(column -> !column.has("include") && !column.has("exclude"))
                        .toList(),
                ownTests,
                problems);
        boolean includesAll =
                choices.isEmpty() || choices.stream().anyMatch(choice -> !choice.has("include") || isAll(choice));
        Set<String> included = new HashSet<>();
        Set<String> left = new HashSet<>();
        choices.forEach(choice -> {
            choice.refuseUnknownKeys("columns", Set.of("include", "exclude"));
            choice.texts("include").forEach(name -> included.add(lower(name)));
            choice.texts("exclude").forEach(name -> left.add(lower(name)));
        });
        own.forEach(column -> left.add(lower(column.name())));
        List<DeclaredTest> sharedTests = new ArrayList<>();
        List<Column> shared = PropertyFile.columns(entry.mappings("columns"), sharedTests, problems).stream()
                .filter(column -> includesAll || included.contains(lower(column.name())))
                .filter(column -> !left.contains(lower(column.name())))
                .toList();
        columns.addAll(shared);
        columns.addAll(own);
        sharedTests.stream()
                .filter(test -> shared.stream().anyMatch(column -> isOf(test, column)))
                .forEach(tests::add);
        tests.addAll(ownTests);
    }

    private static boolean isOf(DeclaredTest test, Column column) {
        return column.name().equals(test.columnName())
                || Relation.quoted(column.name()).equals(test.columnName());
    }

    private static boolean isAll(YamlMapping choice) {
        List<String> included = choice.texts("include");
        return included.equals(List.of("all")) || included.equals(List.of("*"));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
