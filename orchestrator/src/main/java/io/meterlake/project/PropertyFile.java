package io.meterlake.project;

import static io.meterlake.error.DidYouMean.question;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads property files: what they say about models, seeds, analyses and tests. {@link SourceFile} reads sources, {@link
 * UnitTestFile} unit tests.
 */
final class PropertyFile {
    /** What one entry says about a node. */
    record Patch(
            ResourceType type,
            String name,
            Location location,
            String description,
            List<Column> columns,
            Map<String, Object> config,
            List<DeclaredTest> tests,
            ModelProperties properties) {
        /** The end of the unique id. */
        String idName() {
            ModelVersion version = properties.version();
            return version == null ? name : version.model() + ".v" + version.version();
        }
    }

    private static final Map<String, ResourceType> SECTIONS = Map.of(
            "models", ResourceType.MODEL,
            "seeds", ResourceType.SEED,
            "analyses", ResourceType.ANALYSIS,
            "data_tests", ResourceType.TEST,
            "tests", ResourceType.TEST);

    /** What only describes, or is read elsewhere. */
    private static final Set<String> OTHER_SECTIONS =
            Set.of("version", "sources", "macros", "exposures", "groups", "unit_tests");

    private static final Map<String, String> NOT_YET = Map.of(
            "snapshots", "snapshots (history tables)",
            "semantic_models", "the semantic layer",
            "metrics", "the semantic layer",
            "saved_queries", "the semantic layer",
            "functions", "functions");

    private static final Set<String> ENTRY_KEYS = Set.of(
            "name",
            "description",
            "columns",
            "data_tests",
            "tests",
            "config",
            "meta",
            "tags",
            "docs",
            "access",
            "group",
            "constraints",
            "latest_version",
            "versions",
            "deprecation_date",
            "arguments",
            "quote_columns");

    private final YamlMapping file;
    private final Problems problems;
    private final List<Patch> patches = new ArrayList<>();

    private PropertyFile(YamlMapping file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    static List<Patch> read(YamlMapping file, Problems problems) {
        PropertyFile reader = new PropertyFile(file, problems);
        reader.checkSections();
        SECTIONS.forEach((section, type) -> {
            for (YamlMapping entry : file.mappings(section)) {
                reader.entry(type, entry);
            }
        });
        return reader.patches;
    }

    private void checkSections() {
        Set<String> known = new TreeSet<>(SECTIONS.keySet());
        known.addAll(OTHER_SECTIONS);
        for (String section : file.keys()) {
            String what = NOT_YET.get(section);
            if (what != null) {
                problems.add(file.location(section), "%s: %s are not supported yet".formatted(section, what));
            } else if (!known.contains(section) && !section.startsWith("anchors")) {
                problems.add(
                        file.location(section), "unknown section %s%s".formatted(section, question(section, known)));
            }
        }
    }

    private void entry(ResourceType type, YamlMapping entry) {
        entry.refuseUnknownKeys("a " + type.word(), ENTRY_KEYS);
        if (entry.has("versions") && type == ResourceType.MODEL) {
            entry.required("name").ifPresent(name -> patches.addAll(new VersionedModel(entry, problems).read(name)));
            return;
        }
        entry.required("name").ifPresent(name -> {
            List<DeclaredTest> tests = new ArrayList<>(DeclaredTest.readAll(entry, null, problems));
            List<Column> columns = columns(entry, tests, problems);
            patches.add(new Patch(
                    type,
                    name,
                    entry.location("name"),
                    entry.text("description").orElse("").strip(),
                    columns,
                    config(type, entry, problems),
                    tests,
                    new ModelProperties(
                            ConstraintReader.read(entry, Optional.empty(), problems),
                            deprecationDate(entry, problems),
                            null)));
        });
    }

    static @Nullable Instant deprecationDate(YamlMapping entry, Problems problems) {
        String written = entry.text("deprecation_date").orElse("").strip();
        if (written.isEmpty()) {
            return null;
        }
        try {
            return written.length() <= "2026-01-01".length()
                    ? LocalDate.parse(written).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(written.replace(' ', 'T')).toInstant();
        } catch (DateTimeParseException e) {
            problems.add(
                    entry.location("deprecation_date"),
                    "deprecation_date '%s' is neither a day (2026-01-01) nor a time with its zone (2026-01-01T00:00:00+00:00)"
                            .formatted(written));
            return null;
        }
    }

    /** The settings of an entry: {@code config:}, and what may stand beside it as older files have it. */
    static Map<String, Object> config(ResourceType type, YamlMapping entry, Problems problems) {
        Map<String, Object> beside = new LinkedHashMap<>();
        for (String key : List.of("tags", "meta", "access", "group")) {
            if (!key.equals("access") || type == ResourceType.MODEL) {
                entry.value(key).ifPresent(value -> beside.put(key, value));
            }
        }
        return entry.mapping("config")
                .map(config -> {
                    Map<String, Object> values = config.values();
                    values.forEach((key, value) -> ConfigKeys.check(type, key, value, config.location(key), problems));
                    return ConfigLayers.merge(beside, values);
                })
                .orElse(beside);
    }

    private static final Set<String> COLUMN_KEYS = Set.of(
            "name",
            "description",
            "data_type",
            "data_tests",
            "tests",
            "tags",
            "meta",
            "quote",
            "config",
            "constraints",
            "policy_tags",
            "granularity");

    /** The columns of an entry; their tests are added to {@code tests}. */
    static List<Column> columns(YamlMapping entry, List<DeclaredTest> tests, Problems problems) {
        return columns(entry.mappings("columns"), tests, problems);
    }

    static List<Column> columns(List<YamlMapping> entries, List<DeclaredTest> tests, Problems problems) {
        List<Column> columns = new ArrayList<>();
        for (YamlMapping column : entries) {
            column.refuseUnknownKeys("a column", COLUMN_KEYS);
            column.required("name").ifPresent(name -> {
                Map<String, Object> config = new LinkedHashMap<>();
                column.mapping("config").ifPresent(inner -> config.putAll(inner.values()));
                for (String key : List.of("tags", "meta")) {
                    column.value(key).ifPresent(value -> config.put(key, value));
                }
                Map<String, Object> meta = new LinkedHashMap<>();
                if (config.get("meta") instanceof Map<?, ?> written) {
                    written.forEach((key, value) -> meta.put(String.valueOf(key), value));
                }
                Object tags = config.get("tags");
                columns.add(new Column(
                        name,
                        column.text("description").orElse("").strip(),
                        column.text("data_type").orElse(null),
                        tags == null ? List.of() : ConfigLayers.tags(tags),
                        meta,
                        ConstraintReader.read(column, Optional.of(name), problems)));
                boolean quote = column.text("quote").orElse("false").equalsIgnoreCase("true");
                tests.addAll(DeclaredTest.readAll(column, quote ? Relation.quoted(name) : name, problems));
            });
        }
        return columns;
    }
}
