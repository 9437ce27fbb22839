package io.meterlake.format.csv;

import io.meterlake.error.DidYouMean;
import io.meterlake.error.MeterlakeException;
import io.meterlake.format.FormatErrorCode;
import io.meterlake.format.csv.CsvSource.Column;
import io.meterlake.format.csv.CsvSource.Constant;
import io.meterlake.format.text.PatternTimestamps;
import io.meterlake.reading.Quality;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads a {@link CsvMapping} from YAML and collects everything that is wrong with it. An example with all keys; those
 * from {@code delimiter} on are optional, and shown with their defaults where they have one:
 *
 * <pre>
 * utility: northgrid
 * time_zone: Europe/Dublin            # the market's zone, and that of times without an offset
 * columns:
 *   meter_id: MPRN                    # the name of a column …
 *   channel: constant:import          # … or the same in each row
 *   interval_start: Read time         # or interval_end
 *   interval_minutes: constant:30
 *   value: Read value
 *   unit: constant:kWh
 *   quality: Status
 *   quality_code: Detail              # optional; without it the Status itself is kept as the code
 *   recorded_at: Updated              # optional
 *   utc_offset: Offset                # optional; +01:00, for times without an offset
 * quality_codes: {A: actual, E: estimated}   # without it the Status must be one of our own words
 * delimiter: ","
 * decimal: "."
 * timestamp_format: iso               # or a pattern such as dd/MM/yyyy HH:mm
 * recorded_at_format: iso             # the timestamp_format if it is not given
 * doubled_hour: by_order              # or first, second: the hour that comes twice in autumn
 * no_value: ["Null"]                  # texts that mean: no value
 * </pre>
 */
public final class CsvMappingFile {
    private static final List<String> KEYS = List.of(
            "utility",
            "time_zone",
            "columns",
            "quality_codes",
            "delimiter",
            "decimal",
            "timestamp_format",
            "recorded_at_format",
            "doubled_hour",
            "no_value");
    private static final List<String> FIELDS = Arrays.stream(CsvField.values())
            .filter(field -> field != CsvField.TIME_ZONE)
            .map(CsvField::label)
            .toList();
    private static final List<CsvField> REQUIRED = List.of(
            CsvField.METER_ID,
            CsvField.CHANNEL,
            CsvField.INTERVAL_MINUTES,
            CsvField.VALUE,
            CsvField.UNIT,
            CsvField.QUALITY);
    private static final String CONSTANT = "constant:";
    private static final String ISO = "iso";

    private final String fileName;
    private final List<String> problems = new ArrayList<>();

    private String utility = "";
    private char delimiter = ',';
    private char decimalPoint = '.';
    private ZoneId timeZone = ZoneId.of("UTC");
    private Optional<String> timestampFormat = Optional.empty();
    private @Nullable String recordedAtFormat;
    private DoubledHour doubledHour = DoubledHour.BY_ORDER;
    private final Map<CsvField, CsvSource> fields = new TreeMap<>();
    private final Map<String, Quality> qualityCodes = new LinkedHashMap<>();
    private final Set<String> noValue = new LinkedHashSet<>();
    private final Map<CsvField, Node> fieldNodes = new TreeMap<>();

    private CsvMappingFile(String fileName) {
        this.fileName = fileName;
    }

    /**
     * Reads a mapping from a file.
     *
     * @throws MeterlakeException {@code INVALID_MAPPING} with all problems, each with file and line
     * @throws IOException if the file can't be read
     */
    public static CsvMapping read(Path file) throws IOException {
        return parse(Files.readString(file), String.valueOf(file.getFileName()));
    }

    /**
     * Reads a mapping from a text.
     *
     * @param fileName for messages
     * @throws MeterlakeException {@code INVALID_MAPPING} with all problems, each with file and line
     */
    public static CsvMapping parse(String yaml, String fileName) {
        CsvMappingFile file = new CsvMappingFile(fileName);
        file.readDocument(new StringReader(yaml));
        if (!file.problems.isEmpty()) {
            throw new MeterlakeException(
                    FormatErrorCode.INVALID_MAPPING,
                    "Cannot use the mapping %s: %d problem%s%n%s"
                            .formatted(
                                    fileName,
                                    file.problems.size(),
                                    file.problems.size() == 1 ? "" : "s",
                                    file.numberedProblems()),
                    "Correct the mapping; the description of CsvMappingFile shows one with all keys.");
        }
        return file.mapping();
    }

    private String numberedProblems() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < problems.size(); i++) {
            lines.add("  %d. %s".formatted(i + 1, problems.get(i)));
        }
        return String.join("\n", lines);
    }

    private CsvMapping mapping() {
        Optional<String> recorded = recordedAtFormat == null
                ? timestampFormat
                : Optional.of(recordedAtFormat).filter(f -> !f.equals(ISO));
        return new CsvMapping(
                utility,
                delimiter,
                decimalPoint,
                timeZone,
                timestampFormat,
                recorded,
                doubledHour,
                fields,
                qualityCodes,
                noValue);
    }

    private void readDocument(Reader yaml) {
        Node root;
        try {
            root = new Yaml(new LoaderOptions()).compose(yaml);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add("%s:%d: it is not YAML: %s".formatted(fileName, line, e.getProblem()));
            return;
        } catch (YAMLException e) {
            problems.add("%s:1: it is not YAML: %s".formatted(fileName, e.getMessage()));
            return;
        }
        if (!(root instanceof MappingNode document)) {
            problems.add("%s:1: it has no keys".formatted(fileName));
            return;
        }
        Map<String, Node> entries = entries(document, "key", KEYS);
        required(document, entries, "utility").flatMap(this::scalar).ifPresent(this::utility);
        required(document, entries, "time_zone").ifPresent(node -> scalar(node).ifPresent(text -> zone(node, text)));
        required(document, entries, "columns").ifPresent(this::columns);
        optional(entries, "quality_codes", this::qualityCodes);
        optional(entries, "delimiter", node -> delimiter = character(node, ",;|\t:", delimiter));
        optional(entries, "decimal", node -> decimalPoint = character(node, ".,", decimalPoint));
        optional(
                entries,
                "timestamp_format",
                node -> pattern(node)
                        .ifPresent(text -> timestampFormat = Optional.of(text).filter(f -> !f.equals(ISO))));
        optional(entries, "recorded_at_format", node -> pattern(node).ifPresent(text -> recordedAtFormat = text));
        optional(entries, "doubled_hour", this::doubledHour);
        optional(entries, "no_value", this::noValue);
        if (entries.containsKey("columns")) {
            checkFields(document);
        }
    }

    private void utility(String text) {
        utility = text;
    }

    private void zone(Node node, String text) {
        try {
            timeZone = ZoneId.of(text);
        } catch (DateTimeException e) {
            problem(
                    node,
                    "there is no time zone '%s'%s"
                            .formatted(text, DidYouMean.question(text, ZoneId.getAvailableZoneIds())));
        }
    }

    private void columns(Node node) {
        if (!(node instanceof MappingNode columns)) {
            problem(node, "'columns' is not a list of fields, each with its column");
            return;
        }
        entries(columns, "field", FIELDS)
                .forEach((label, value) -> CsvField.of(label)
                        .filter(field -> FIELDS.contains(label))
                        .ifPresent(field -> source(value).ifPresent(source -> {
                            fields.put(field, source);
                            fieldNodes.put(field, value);
                        })));
    }

    private Optional<CsvSource> source(Node node) {
        if (node instanceof MappingNode nested) {
            Map<String, Node> entry = entries(nested, "key", List.of("constant"));
            Node constant = entry.get("constant");
            return constant == null ? Optional.empty() : scalarOrEmpty(constant).map(Constant::new);
        }
        return scalar(node)
                .map(text -> text.startsWith(CONSTANT)
                        ? new Constant(text.substring(CONSTANT.length()).strip())
                        : new Column(text.strip()));
    }

    private void checkFields(MappingNode document) {
        for (CsvField field : REQUIRED) {
            if (!fieldNodes.containsKey(field)) {
                problem(document, "columns: '%s' is missing".formatted(field.label()));
            }
        }
        boolean start = fieldNodes.containsKey(CsvField.INTERVAL_START);
        if (start == fieldNodes.containsKey(CsvField.INTERVAL_END)) {
            problem(
                    document,
                    start
                            ? "columns: both 'interval_start' and 'interval_end' are given; keep one"
                            : "columns: 'interval_start' is missing (or 'interval_end')");
        }
        constant(CsvField.INTERVAL_MINUTES).ifPresent(minutes -> {
            if (!minutes.matches("[0-9]{1,4}") || Integer.parseInt(minutes) < 1 || Integer.parseInt(minutes) > 1440) {
                fieldProblem(CsvField.INTERVAL_MINUTES, "'%s' is not a number from 1 to 1440".formatted(minutes));
            }
        });
        constant(CsvField.QUALITY).ifPresent(quality -> {
            if (qualityCodes.isEmpty() ? Quality.of(quality).isEmpty() : !qualityCodes.containsKey(quality)) {
                List<String> known = qualityCodes.isEmpty() ? Quality.labels() : List.copyOf(qualityCodes.keySet());
                fieldProblem(CsvField.QUALITY, "'%s' is none of %s".formatted(quality, String.join(", ", known)));
            }
        });
        for (CsvField field : List.of(
                CsvField.METER_ID,
                CsvField.VALUE,
                CsvField.INTERVAL_START,
                CsvField.INTERVAL_END,
                CsvField.RECORDED_AT,
                CsvField.UTC_OFFSET)) {
            if (constant(field).isPresent()) {
                fieldProblem(field, "it can't be the same in each row; name a column");
            }
        }
        if (delimiter == decimalPoint) {
            problem(document, "the delimiter and the decimal mark are both '%s'".formatted(delimiter));
        }
    }

    private Optional<String> constant(CsvField field) {
        return fields.get(field) instanceof Constant constant ? Optional.of(constant.text()) : Optional.empty();
    }

    private void fieldProblem(CsvField field, String reason) {
        Node node = fieldNodes.get(field);
        if (node != null) {
            problem(node, "columns: %s: %s".formatted(field.label(), reason));
        }
    }

    private void qualityCodes(Node node) {
        if (!(node instanceof MappingNode codes)) {
            problem(node, "'quality_codes' is not a list of the sender's codes, each with our word");
            return;
        }
        entries(codes, "code", List.of())
                .forEach((code, value) -> scalar(value)
                        .ifPresent(word -> Quality.of(word)
                                .ifPresentOrElse(
                                        quality -> qualityCodes.put(code, quality),
                                        () -> problem(
                                                value,
                                                "quality '%s' is none of %s%s"
                                                        .formatted(
                                                                word,
                                                                String.join(", ", Quality.labels()),
                                                                DidYouMean.question(word, Quality.labels()))))));
    }

    private char character(Node node, String allowed, char otherwise) {
        Optional<String> text = scalar(node);
        if (text.isPresent() && text.get().length() == 1 && allowed.contains(text.get())) {
            return text.get().charAt(0);
        }
        text.ifPresent(wrong -> problem(
                node,
                "'%s' is none of %s"
                        .formatted(
                                wrong,
                                String.join(" ", allowed.replace("\t", "\\t").split("")))));
        return otherwise;
    }

    private Optional<String> pattern(Node node) {
        Optional<String> text = scalar(node);
        if (text.isEmpty() || text.get().equals(ISO)) {
            return text;
        }
        try {
            PatternTimestamps valid = new PatternTimestamps(text.get());
            return valid.example().isEmpty() ? Optional.empty() : text;
        } catch (IllegalArgumentException | DateTimeException e) {
            problem(
                    node,
                    "'%s' is no pattern of a timestamp, such as dd/MM/yyyy HH:mm: %s"
                            .formatted(text.get(), e.getMessage()));
            return Optional.empty();
        }
    }

    private void doubledHour(Node node) {
        List<String> known =
                Arrays.stream(DoubledHour.values()).map(DoubledHour::label).toList();
        scalar(node)
                .ifPresent(text -> DoubledHour.of(text)
                        .ifPresentOrElse(
                                found -> doubledHour = found,
                                () -> problem(
                                        node,
                                        "'%s' is none of %s%s"
                                                .formatted(
                                                        text,
                                                        String.join(", ", known),
                                                        DidYouMean.question(text, known)))));
    }

    private void noValue(Node node) {
        if (node instanceof SequenceNode texts) {
            texts.getValue().forEach(text -> scalarOrEmpty(text).ifPresent(noValue::add));
        } else {
            scalar(node).ifPresent(noValue::add);
        }
    }

    /** The entries of a mapping, without those that are unknown; if nothing is known, everything is. */
    private Map<String, Node> entries(MappingNode node, String kind, List<String> known) {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Optional<String> key = scalarOrEmpty(tuple.getKeyNode());
            if (key.isEmpty()) {
                continue;
            }
            if (!known.isEmpty() && !known.contains(key.get())) {
                problem(
                        tuple.getKeyNode(),
                        "unknown %s '%s'%s".formatted(kind, key.get(), DidYouMean.question(key.get(), known)));
            } else if (entries.putIfAbsent(key.get(), tuple.getValueNode()) != null) {
                problem(tuple.getKeyNode(), "the %s '%s' is given twice".formatted(kind, key.get()));
            }
        }
        return entries;
    }

    private Optional<Node> required(MappingNode document, Map<String, Node> entries, String key) {
        if (!entries.containsKey(key)) {
            problem(document, "'%s' is missing".formatted(key));
        }
        return Optional.ofNullable(entries.get(key));
    }

    private static void optional(Map<String, Node> entries, String key, Consumer<Node> reader) {
        Optional.ofNullable(entries.get(key)).ifPresent(reader);
    }

    private Optional<String> scalar(Node node) {
        Optional<String> text = scalarOrEmpty(node);
        if (text.isPresent() && text.get().isEmpty()) {
            problem(node, "a value is missing");
            return Optional.empty();
        }
        return text;
    }

    /** A scalar as it is written, so that {@code no} and {@code 01} stay what they are. */
    private Optional<String> scalarOrEmpty(Node node) {
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        problem(node, "a single value was expected");
        return Optional.empty();
    }

    private void problem(Node node, String reason) {
        problems.add("%s:%d: %s".formatted(fileName, node.getStartMark().getLine() + 1, reason));
    }
}
