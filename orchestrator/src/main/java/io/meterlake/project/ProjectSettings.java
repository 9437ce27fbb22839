package io.meterlake.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What {@code dbt_project.yml} says. */
record ProjectSettings(
        String name,
        Optional<String> profile,
        Paths paths,
        Map<String, Object> vars,
        Hooks hooks,
        Map<ResourceType, FolderConfig> configs) {
    static final String FILE_NAME = "dbt_project.yml";

    /** Folders, relative to the project. */
    record Paths(
            List<String> models,
            List<String> seeds,
            List<String> tests,
            List<String> macros,
            List<String> analyses,
            List<String> snapshots,
            String target,
            List<String> cleanTargets) {
        /** Where something is that somebody wrote. */
        List<String> sources() {
            return Stream.of(models, seeds, tests, macros, analyses, snapshots)
                    .flatMap(List::stream)
                    .toList();
        }
    }

    private static final Set<String> HARMLESS = Set.of(
            "version",
            "config-version",
            "require-dbt-version",
            "flags",
            "log-path",
            "packages-install-path",
            "docs-paths",
            "asset-paths",
            "function-paths",
            "query-comment",
            // Trino does not tell upper from lower case in quotes either.
            "quoting",
            "dbt-cloud",
            "restrict-access",
            "dispatch");

    private static final Set<String> USED = Set.of(
            "name",
            "profile",
            "on-run-start",
            "on-run-end",
            "model-paths",
            "seed-paths",
            "test-paths",
            "macro-paths",
            "analysis-paths",
            "snapshot-paths",
            "target-path",
            "clean-targets",
            "vars",
            "models",
            "seeds",
            "tests",
            "data_tests",
            "sources",
            "unit-tests",
            "unit_tests",
            "exposures",
            "analyses");

    /** Leaving these out would change a result. */
    private static final Map<String, String> NOT_YET = Map.of(
            "snapshots", "snapshots (history tables)",
            "metrics", "the semantic layer",
            "semantic-models", "the semantic layer",
            "saved-queries", "the semantic layer");

    /** Names that dbt gave up and still reads. */
    private static final Map<String, String> FORMER = Map.of("source-paths", "model-paths", "data-paths", "seed-paths");

    /** Reads the file; nothing if it cannot be understood at all. */
    static Optional<ProjectSettings> read(Path folder, Problems problems) {
        Optional<YamlMapping> file = YamlReader.read(folder.resolve(FILE_NAME), FILE_NAME, problems);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        YamlMapping settings = file.get();
        checkKeys(settings, problems);
        Optional<String> name = settings.required("name");
        return name.map(project -> new ProjectSettings(
                project,
                settings.text("profile"),
                paths(settings),
                vars(settings, project),
                new Hooks(hooks(settings, project, "on-run-start"), hooks(settings, project, "on-run-end")),
                configs(settings, problems)));
    }

    private static void checkKeys(YamlMapping settings, Problems problems) {
        Set<String> known = new TreeSet<>(HARMLESS);
        known.addAll(USED);
        known.addAll(NOT_YET.keySet());
        known.addAll(FORMER.keySet());
        FORMER.forEach((former, now) -> {
            if (settings.has(former)) {
                problems.warn(settings.location(former), "%s is called %s now".formatted(former, now));
            }
        });
        settings.refuseUnknownKeys(FILE_NAME, known);
        NOT_YET.forEach((key, what) -> {
            if (settings.has(key)) {
                problems.add(settings.location(key), "%s: %s are not supported yet".formatted(key, what));
            }
        });
    }

    private static Paths paths(YamlMapping settings) {
        String target = settings.text("target-path").orElse("target");
        return new Paths(
                folders(settings, "model-paths", "models"),
                folders(settings, "seed-paths", "seeds"),
                folders(settings, "test-paths", "tests"),
                folders(settings, "macro-paths", "macros"),
                folders(settings, "analysis-paths", "analyses"),
                folders(settings, "snapshot-paths", "snapshots"),
                target,
                settings.has("clean-targets") ? settings.texts("clean-targets") : List.of(target));
    }

    private static List<String> folders(YamlMapping settings, String key, String standard) {
        List<String> folders = new ArrayList<>(settings.texts(key));
        FORMER.forEach((former, now) -> {
            if (now.equals(key) && folders.isEmpty()) {
                folders.addAll(settings.texts(former));
            }
        });
        return folders.isEmpty() ? List.of(standard) : List.copyOf(folders);
    }

    private static List<SqlResource.Analysis> hooks(YamlMapping settings, String project, String key) {
        List<SqlResource.Analysis> hooks = new ArrayList<>();
        for (String sql : settings.texts(key)) {
            String name = "%s-%s-%d".formatted(project, key, hooks.size());
            hooks.add(new SqlResource.Analysis(
                    "operation.%s.%s".formatted(project, name),
                    name,
                    settings.location(key),
                    List.of(project, "hooks", name),
                    Map.of(),
                    "",
                    List.of(),
                    sql));
        }
        return hooks;
    }

    /** A variable may stand at the top or under the project's name; the latter wins. */
    private static Map<String, Object> vars(YamlMapping settings, String project) {
        Map<String, Object> vars = new LinkedHashMap<>();
        settings.mapping("vars").ifPresent(mapping -> {
            vars.putAll(mapping.values());
            if (mapping.isMapping(project)) {
                vars.remove(project);
                mapping.mapping(project).ifPresent(own -> vars.putAll(own.values()));
            }
        });
        return vars;
    }

    private static Map<ResourceType, FolderConfig> configs(YamlMapping settings, Problems problems) {
        Map<ResourceType, FolderConfig> configs = new EnumMap<>(ResourceType.class);
        for (ResourceType type : ResourceType.values()) {
            String key = switch (type) {
                case MODEL -> "models";
                case SEED -> "seeds";
                case SOURCE -> "sources";
                case ANALYSIS -> "analyses";
                case EXPOSURE -> "exposures";
                case TEST -> settings.has("data_tests") ? "data_tests" : "tests";
                case UNIT_TEST -> settings.has("unit-tests") ? "unit-tests" : "unit_tests";
            };
            configs.put(
                    type,
                    settings.mapping(key)
                            .map(mapping -> FolderConfig.read(mapping, type, problems))
                            .orElseGet(FolderConfig::empty));
        }
        return configs;
    }

    Map<String, Object> config(ResourceType type, List<String> fqn) {
        FolderConfig config = configs.get(type);
        return config == null ? Map.of() : config.resolve(fqn);
    }

    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE_NAME));
    }
}
