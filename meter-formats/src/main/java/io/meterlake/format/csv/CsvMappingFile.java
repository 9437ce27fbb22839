package io.meterlake.format.csv;

import io.meterlake.error.DidYouMean;
import io.meterlake.error.MeterlakeException;
import io.meterlake.format.text.PatternTimestamps;
import io.meterlake.reading.Quality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
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
    private static final String ISO = "iso";

    private final MappingYaml yaml;
    private final CsvMappingColumns columns;

    private String utility = "";
    private char delimiter = ',';
    private char decimalPoint = '.';
    private ZoneId timeZone = ZoneId.of("UTC");
    private Optional<String> timestampFormat = Optional.empty();
    private @Nullable String recordedAtFormat;
    private DoubledHour doubledHour = DoubledHour.BY_ORDER;
    private final Map<String, Quality> qualityCodes = new LinkedHashMap<>();
    private final Set<String> noValue = new LinkedHashSet<>();

    private CsvMappingFile(MappingYaml yaml) {
        this.yaml = yaml;
        this.columns = new CsvMappingColumns(yaml);
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
        MappingYaml source = new MappingYaml(fileName);
        CsvMappingFile file = new CsvMappingFile(source);
        source.document(yaml).ifPresent(file::read);
        source.throwIfWrong();
        return file.mapping();
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
                columns.fields(),
                qualityCodes,
                noValue);
    }

    private void read(MappingNode document) {
        Map<String, Node> entries = yaml.entries(document, "key", KEYS);
        yaml.required(document, entries, "utility").flatMap(yaml::scalar).ifPresent(this::utility);
        yaml.required(document, entries, "time_zone")
                .ifPresent(node -> yaml.scalar(node).ifPresent(text -> zone(node, text)));
        yaml.required(document, entries, "columns").ifPresent(columns::read);
        MappingYaml.optional(entries, "quality_codes", this::qualityCodes);
        MappingYaml.optional(entries, "delimiter", node -> delimiter = character(node, ",;|\t:", delimiter));
        MappingYaml.optional(entries, "decimal", node -> decimalPoint = character(node, ".,", decimalPoint));
        MappingYaml.optional(
                entries,
                "timestamp_format",
                node -> pattern(node)
                        .ifPresent(text -> timestampFormat = Optional.of(text).filter(f -> !f.equals(ISO))));
        MappingYaml.optional(
                entries, "recorded_at_format", node -> pattern(node).ifPresent(text -> recordedAtFormat = text));
        MappingYaml.optional(entries, "doubled_hour", this::doubledHour);
        MappingYaml.optional(entries, "no_value", this::noValue);
        if (entries.containsKey("columns")) {
            columns.check(document, qualityCodes);
        }
        if (delimiter == decimalPoint) {
            yaml.problem(document, "the delimiter and the decimal mark are both '%s'".formatted(delimiter));
        }
    }

    private void utility(String text) {
        utility = text;
    }

    private void zone(Node node, String text) {
        try {
            timeZone = ZoneId.of(text);
        } catch (DateTimeException e) {
            yaml.problem(
                    node,
                    "there is no time zone '%s'%s"
                            .formatted(text, DidYouMean.question(text, ZoneId.getAvailableZoneIds())));
        }
    }

    private void qualityCodes(Node node) {
        if (!(node instanceof MappingNode codes)) {
            yaml.problem(node, "'quality_codes' is not a list of the sender's codes, each with our word");
            return;
        }
        yaml.entries(codes, "code", List.of())
                .forEach((code, value) -> yaml.scalar(value)
                        .ifPresent(word -> Quality.of(word)
                                .ifPresentOrElse(
                                        quality -> qualityCodes.put(code, quality),
                                        () -> yaml.problem(
                                                value,
                                                "quality '%s' is none of %s%s"
                                                        .formatted(
                                                                word,
                                                                String.join(", ", Quality.labels()),
                                                                DidYouMean.question(word, Quality.labels()))))));
    }

    private char character(Node node, String allowed, char otherwise) {
        Optional<String> text = yaml.scalar(node);
        if (text.isPresent() && text.get().length() == 1 && allowed.contains(text.get())) {
            return text.get().charAt(0);
        }
        text.ifPresent(wrong -> yaml.problem(
                node,
                "'%s' is none of %s"
                        .formatted(
                                wrong,
                                String.join(" ", allowed.replace("\t", "\\t").split("")))));
        return otherwise;
    }

    private Optional<String> pattern(Node node) {
        Optional<String> text = yaml.scalar(node);
        if (text.isEmpty() || text.get().equals(ISO)) {
            return text;
        }
        try {
            PatternTimestamps valid = new PatternTimestamps(text.get());
            return valid.example().isEmpty() ? Optional.empty() : text;
        } catch (IllegalArgumentException | DateTimeException e) {
            yaml.problem(
                    node,
                    "'%s' is no pattern of a timestamp, such as dd/MM/yyyy HH:mm: %s"
                            .formatted(text.get(), e.getMessage()));
            return Optional.empty();
        }
    }

    private void doubledHour(Node node) {
        List<String> known =
                Arrays.stream(DoubledHour.values()).map(DoubledHour::label).toList();
        yaml.scalar(node)
                .ifPresent(text -> DoubledHour.of(text)
                        .ifPresentOrElse(
                                found -> doubledHour = found,
                                () -> yaml.problem(
                                        node,
                                        "'%s' is none of %s%s"
                                                .formatted(
                                                        text,
                                                        String.join(", ", known),
                                                        DidYouMean.question(text, known)))));
    }

    private void noValue(Node node) {
        if (node instanceof SequenceNode texts) {
            texts.getValue().forEach(text -> yaml.scalarOrEmpty(text).ifPresent(noValue::add));
        } else {
            yaml.scalar(node).ifPresent(noValue::add);
        }
    }
}
