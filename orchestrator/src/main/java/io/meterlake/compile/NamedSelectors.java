package io.meterlake.compile;

import static io.meterlake.compile.CompileErrorCode.INVALID_SELECTION;
import static io.meterlake.error.DidYouMean.question;

import io.meterlake.compile.Selector.Matching;
import io.meterlake.error.MeterlakeException;
import io.meterlake.project.Location;
import io.meterlake.project.Problems;
import io.meterlake.project.Project;
import io.meterlake.project.YamlMapping;
import io.meterlake.project.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The selectors of a project that have names, of {@code selectors.yml}
 * (dbt's "YAML selectors": definitions as on a command line, as key and value, or as methods, unions and intersections).
 */
final class NamedSelectors {
    private static final Set<String> METHOD_KEYS = Set.of(
            "method",
            "value",
            "parents",
            "children",
            "parents_depth",
            "children_depth",
            "childrens_parents",
            "exclude",
            "indirect_selection");

    private final Map<String, Selector> byName = new LinkedHashMap<>();

    /** Those of the project; what is wrong with them is added to the problems. */
    static NamedSelectors read(Project project, Problems problems) {
        NamedSelectors selectors = new NamedSelectors();
        Path file = project.folder().resolve(Project.SELECTORS_FILE);
        if (Files.isRegularFile(file)) {
            YamlReader.read(file, Project.SELECTORS_FILE, problems).ifPresent(root -> {
                root.refuseUnknownKeys(Project.SELECTORS_FILE, List.of("selectors", "version"));
                root.mappings("selectors").forEach(one -> selectors.add(one, problems));
            });
        }
        return selectors;
    }

    private void add(YamlMapping written, Problems problems) {
        written.refuseUnknownKeys("a selector", List.of("name", "description", "definition", "default"));
        if (!"false".equalsIgnoreCase(written.text("default").orElse("false"))) {
            problems.add(
                    written.location("default"),
                    "default: is not supported; name the selector with --selector instead");
        }
        written.required("name").ifPresent(name -> {
            try {
                Object definition = written.value("definition")
                        .orElseThrow(() -> invalid("selector %s has no definition".formatted(name)));
                if (byName.putIfAbsent(name, selector(definition)) != null) {
                    throw invalid("selector %s is there twice".formatted(name));
                }
            } catch (MeterlakeException e) {
                Location at = written.location(written.has("definition") ? "definition" : "name");
                problems.add(at, e.getMessage() == null ? "it cannot be read" : e.getMessage());
            }
        });
    }

    /**
     * A selector by its name.
     *
     * @throws MeterlakeException {@code INVALID_SELECTION} if there is none
     */
    Selector get(String name) {
        Selector selector = byName.get(name);
        if (selector == null) {
            throw new MeterlakeException(
                    INVALID_SELECTION,
                    "Cannot find selector %s: %s has %s%s"
                            .formatted(
                                    name,
                                    Project.SELECTORS_FILE,
                                    byName.isEmpty() ? "none" : "only " + String.join(", ", byName.keySet()),
                                    question(name, byName.keySet())),
                    "Write it into %s of the SQL project, or use --select.".formatted(Project.SELECTORS_FILE));
        }
        return selector;
    }

    private static Selector selector(Object definition) {
        if (definition instanceof String text) {
            return SelectorParser.parse(List.of(text));
        }
        if (!(definition instanceof Map<?, ?> map)) {
            throw invalid("'%s' is no definition".formatted(definition));
        }
        if (map.containsKey("method")) {
            return method(map);
        }
        if (map.size() != 1) {
            throw invalid("%s is neither one key and value nor a method".formatted(map.keySet()));
        }
        String key = String.valueOf(map.keySet().iterator().next());
        Object value = map.values().iterator().next();
        return switch (key) {
            case "union" -> combined(value, true);
            case "intersection" -> combined(value, false);
            case "exclude" -> throw invalid("exclude: stands only in a list, or with a method");
            default -> SelectorParser.matching(key, String.valueOf(value), 0, 0, false);
        };
    }

    /** A union or an intersection, less what stands in it as {@code exclude:}. */
    private static Selector combined(Object list, boolean union) {
        List<Selector> parts = new ArrayList<>();
        List<Selector> excluded = new ArrayList<>();
        for (Object item : items(list)) {
            if (item instanceof Map<?, ?> map && map.size() == 1 && map.containsKey("exclude")) {
                excluded.addAll(excluded(map));
            } else {
                parts.add(selector(item));
            }
        }
        if (parts.isEmpty()) {
            throw invalid("a union or an intersection has no parts");
        }
        return without(union ? new Selector.Union(parts) : new Selector.Intersection(parts), excluded);
    }

    private static Selector method(Map<?, ?> map) {
        for (Object key : map.keySet()) {
            if (!METHOD_KEYS.contains(String.valueOf(key))) {
                throw invalid("unknown key %s%s".formatted(key, question(String.valueOf(key), METHOD_KEYS)));
            }
        }
        Object indirect = map.containsKey("indirect_selection") ? map.get("indirect_selection") : "eager";
        if (!"eager".equals(indirect)) {
            throw invalid("indirect_selection: %s is not supported; tests are selected eagerly".formatted(indirect));
        }
        if (map.get("value") == null) {
            throw invalid("a method has no value");
        }
        Selector matching = SelectorParser.matching(
                String.valueOf(map.get("method")),
                String.valueOf(map.get("value")),
                steps(map, "parents"),
                steps(map, "children"),
                isTrue(map, "childrens_parents"));
        return without(matching, map.containsKey("exclude") ? excluded(map) : List.of());
    }

    private static int steps(Map<?, ?> map, String direction) {
        if (!isTrue(map, direction)) {
            return 0;
        }
        Object depth = map.get(direction + "_depth");
        if (depth == null) {
            return Matching.ALL;
        }
        if (depth instanceof Integer number && number >= 0) {
            return number;
        }
        throw invalid("%s_depth: %s is no number of steps".formatted(direction, depth));
    }

    private static boolean isTrue(Map<?, ?> map, String key) {
        Object value = map.get(key);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw invalid("%s: %s is neither true nor false".formatted(key, value));
    }

    private static List<Selector> excluded(Map<?, ?> map) {
        return items(map.get("exclude")).stream().map(NamedSelectors::selector).toList();
    }

    private static List<?> items(@Nullable Object list) {
        if (list instanceof List<?> items) {
            return items;
        }
        throw invalid("'%s' is no list".formatted(list));
    }

    private static Selector without(Selector from, List<Selector> excluded) {
        return excluded.isEmpty() ? from : new Selector.Difference(from, new Selector.Union(excluded));
    }

    private static MeterlakeException invalid(String why) {
        return new MeterlakeException(INVALID_SELECTION, why, "Mend the definition.");
    }
}
