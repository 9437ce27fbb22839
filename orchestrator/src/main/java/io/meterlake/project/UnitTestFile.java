package io.meterlake.project;

import static io.meterlake.error.DidYouMean.question;

import io.meterlake.project.CsvRows.Row;
import io.meterlake.project.Fixture.Format;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the {@code unit_tests:} of a property file. */
final class UnitTestFile {
    /** A unit test before it is known which model it tests. */
    record Declared(
            Location location,
            String name,
            String model,
            String description,
            Map<String, Object> config,
            List<UnitTest.Input> given,
            Fixture expect,
            UnitTest.Overrides overrides,
            List<String> included,
            List<String> excluded) {
        /** Whether it tests this version of its model, or its model of which there is one only. */
        boolean takes(@Nullable ModelVersion version) {
            return version == null
                    || ((included.isEmpty() || included.contains(version.version()))
                            && !excluded.contains(version.version()));
        }
    }

    /**
     * A file of rows, {@code <test-paths>/fixtures/<name>.csv} or {@code .sql}.
     *
     * @param extension in lower case
     */
    record FixtureFile(Location location, String extension, String text) {}

    private static final Set<String> KEYS =
            Set.of("name", "model", "description", "given", "expect", "overrides", "config", "versions");
    private static final Set<String> FIXTURE_KEYS = Set.of("rows", "format", "fixture");
    private static final Set<String> INPUT_KEYS = Set.of("input", "rows", "format", "fixture");
    private static final Set<String> OVERRIDES = Set.of("macros", "vars", "env_vars");

    private final Map<String, FixtureFile> files;
    private final Problems problems;

    /** @param files by name */
    UnitTestFile(Map<String, FixtureFile> files, Problems problems) {
        this.files = files;
        this.problems = problems;
    }

    List<Declared> read(YamlMapping file) {
        List<Declared> tests = new ArrayList<>();
        for (YamlMapping entry : file.mappings("unit_tests")) {
            entry.refuseUnknownKeys("a unit test", KEYS);
            Optional<YamlMapping> versions = entry.mapping("versions");
            versions.ifPresent(written -> written.refuseUnknownKeys("versions", Set.of("include", "exclude")));
            Optional<String> name = entry.required("name");
            Optional<String> model = entry.required("model");
            List<UnitTest.Input> given = new ArrayList<>();
            entry.mappings("given").forEach(input -> input(input).ifPresent(given::add));
            if (!entry.has("expect")) {
                problems.add(entry.location(), "expect is missing");
            }
            Optional<Fixture> expect = entry.mapping("expect").flatMap(written -> {
                written.refuseUnknownKeys("expect", FIXTURE_KEYS);
                return fixture(written, false);
            });
            if (name.isPresent() && model.isPresent() && expect.isPresent()) {
                tests.add(new Declared(
                        entry.location("name"),
                        name.get(),
                        model.get(),
                        entry.text("description").orElse("").strip(),
                        PropertyFile.config(ResourceType.UNIT_TEST, entry, problems),
                        given,
                        expect.get(),
                        overrides(entry),
                        versions.map(written -> written.texts("include")).orElse(List.of()),
                        versions.map(written -> written.texts("exclude")).orElse(List.of())));
            }
        }
        return tests;
    }

    private Optional<UnitTest.Input> input(YamlMapping input) {
        input.refuseUnknownKeys("an input", INPUT_KEYS);
        Optional<String> table = input.required("input");
        Optional<Fixture> rows = fixture(input, true);
        return table.isPresent() && rows.isPresent()
                ? Optional.of(new UnitTest.Input(input.location(), table.get().strip(), rows.get()))
                : Optional.empty();
    }

    private UnitTest.Overrides overrides(YamlMapping entry) {
        Optional<YamlMapping> written = entry.mapping("overrides");
        written.ifPresent(overrides -> overrides.refuseUnknownKeys("overrides", OVERRIDES));
        Map<String, String> environment = new LinkedHashMap<>();
        values(written, "env_vars").forEach((name, value) -> environment.put(name, value.toString()));
        return new UnitTest.Overrides(values(written, "macros"), values(written, "vars"), environment);
    }

    private static Map<String, Object> values(Optional<YamlMapping> overrides, String key) {
        return overrides
                .flatMap(all -> all.mapping(key))
                .map(YamlMapping::values)
                .orElse(Map.of());
    }

    /** @param mayBeSeed whether no rows at all mean those of a seed */
    private Optional<Fixture> fixture(YamlMapping written, boolean mayBeSeed) {
        String word = written.text("format").orElse("dict");
        Optional<Format> format = Stream.of(Format.values())
                .filter(one -> one.word().equals(word))
                .findFirst();
        if (format.isEmpty()) {
            List<String> words = Stream.of(Format.values()).map(Format::word).toList();
            problems.add(
                    written.location("format"), "format '%s' does not exist%s".formatted(word, question(word, words)));
            return Optional.empty();
        }
        if (written.has("rows") && written.has("fixture")) {
            problems.add(written.location("fixture"), "rows and fixture stand side by side; one of them is enough");
            return Optional.empty();
        }
        return switch (format.get()) {
            case DICT -> dict(written, mayBeSeed);
            case CSV ->
                text(written, "csv")
                        .map(text -> new Fixture.Values(
                                Format.CSV, written.text("fixture"), csv(text.location(), text.text())));
            case SQL -> text(written, "sql").map(text -> new Fixture.Query(written.text("fixture"), text.text()));
        };
    }

    private Optional<Fixture> dict(YamlMapping written, boolean mayBeSeed) {
        if (written.has("fixture")) {
            problems.add(
                    written.location("fixture"), "a fixture is a file of format csv or sql; say which: format: csv");
            return Optional.empty();
        }
        if (!written.keys().contains("rows")) {
            if (!mayBeSeed) {
                problems.add(written.location(), "rows is missing; without any: rows: []");
                return Optional.empty();
            }
            return Optional.of(new Fixture.OfSeed());
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Node item : written.items("rows")) {
            if (item instanceof MappingNode row) {
                rows.add(row(row));
            } else {
                problems.add(written.at(item), "rows: expected a list of mappings (- {column: value})");
            }
        }
        return Optional.of(new Fixture.Values(Format.DICT, Optional.empty(), rows));
    }

    private static Map<String, @Nullable Object> row(MappingNode node) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        node.getValue().forEach(entry -> {
            if (entry.getKeyNode() instanceof ScalarNode column) {
                row.put(column.getValue(), exact(entry.getValueNode()));
            }
        });
        return row;
    }

    /** A fraction with the digits that are written, not the nearest one of floating point. */
    private static @Nullable Object exact(Node node) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.FLOAT)) {
            try {
                return new BigDecimal(scalar.getValue());
            } catch (NumberFormatException e) {
                // Not all of YAML's numbers, such as .inf and 1_000.5, are written like that.
                return YamlReader.value(node).orElse(null);
            }
        }
        return YamlReader.value(node).orElse(null);
    }

    private record Text(Location location, String text) {}

    /** What stands in {@code rows}, or in the file that {@code fixture} names. */
    private Optional<Text> text(YamlMapping written, String extension) {
        if (written.has("rows")) {
            return written.text("rows").map(text -> new Text(written.location("rows"), text));
        }
        if (!written.has("fixture")) {
            problems.add(written.location(), "rows or fixture is missing");
            return Optional.empty();
        }
        return written.text("fixture").flatMap(name -> {
            FixtureFile file = files.get(name);
            if (file == null) {
                problems.add(
                        written.location("fixture"),
                        "there is no fixture %s in the folder fixtures of the tests%s"
                                .formatted(name, question(name, files.keySet())));
                return Optional.empty();
            }
            if (!file.extension().equals(extension)) {
                problems.add(
                        written.location("fixture"),
                        "fixture %s is %s, which is not of format %s".formatted(name, file.location(), extension));
                return Optional.empty();
            }
            return Optional.of(new Text(file.location(), file.text()));
        });
    }

    private List<Map<String, @Nullable Object>> csv(Location location, String text) {
        List<Row> rows;
        try {
            rows = CsvRows.parse(text, ',');
        } catch (CsvRows.UnclosedQuote e) {
            problems.add(location, "a quote in line %d of the rows is opened and never closed".formatted(e.line()));
            return List.of();
        }
        if (rows.isEmpty()) {
            problems.add(location, "the rows have no header line");
            return List.of();
        }
        List<String> header =
                rows.getFirst().fields().stream().map(String::strip).toList();
        List<Map<String, @Nullable Object>> values = new ArrayList<>();
        for (Row row : rows.subList(1, rows.size())) {
            if (row.fields().size() != header.size()) {
                problems.add(
                        location,
                        "line %d of the rows has %d fields where the header has %d"
                                .formatted(row.line(), row.fields().size(), header.size()));
                continue;
            }
            Map<String, @Nullable Object> value = new LinkedHashMap<>();
            for (int i = 0; i < header.size(); i++) {
                value.put(header.get(i), row.fields().get(i).strip());
            }
            values.add(value);
        }
        return values;
    }
}
