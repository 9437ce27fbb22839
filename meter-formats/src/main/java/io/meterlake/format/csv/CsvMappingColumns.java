package io.meterlake.format.csv;

import io.meterlake.format.csv.CsvSource.Column;
import io.meterlake.format.csv.CsvSource.Constant;
import io.meterlake.reading.Quality;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** The {@code columns} of a mapping: where each field of a reading comes from. */
final class CsvMappingColumns {
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

    private final MappingYaml yaml;
    private final Map<CsvField, CsvSource> fields = new TreeMap<>();
    private final Map<CsvField, Node> nodes = new TreeMap<>();

    CsvMappingColumns(MappingYaml yaml) {
        this.yaml = yaml;
    }

    Map<CsvField, CsvSource> fields() {
        return Collections.unmodifiableMap(fields);
    }

    void read(Node node) {
        if (!(node instanceof MappingNode columns)) {
            yaml.problem(node, "'columns' is not a list of fields, each with its column");
            return;
        }
        yaml.entries(columns, "field", FIELDS)
                .forEach((label, value) -> CsvField.of(label)
                        .filter(field -> FIELDS.contains(label))
                        .ifPresent(field -> source(value).ifPresent(source -> {
                            fields.put(field, source);
                            nodes.put(field, value);
                        })));
    }

    private Optional<CsvSource> source(Node node) {
        if (node instanceof MappingNode nested) {
            Map<String, Node> entry = yaml.entries(nested, "key", List.of("constant"));
            Node constant = entry.get("constant");
            return constant == null
                    ? Optional.empty()
                    : yaml.scalarOrEmpty(constant).map(Constant::new);
        }
        return yaml.scalar(node)
                .map(text -> text.startsWith(CONSTANT)
                        ? new Constant(text.substring(CONSTANT.length()).strip())
                        : new Column(text.strip()));
    }

    /** To be called when all of the mapping was read: a constant quality is one of its {@code quality_codes}. */
    void check(MappingNode document, Map<String, Quality> qualityCodes) {
        for (CsvField field : REQUIRED) {
            if (!nodes.containsKey(field)) {
                yaml.problem(document, "columns: '%s' is missing".formatted(field.label()));
            }
        }
        boolean start = nodes.containsKey(CsvField.INTERVAL_START);
        if (start == nodes.containsKey(CsvField.INTERVAL_END)) {
            yaml.problem(
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
    }

    private Optional<String> constant(CsvField field) {
        return fields.get(field) instanceof Constant constant ? Optional.of(constant.text()) : Optional.empty();
    }

    private void fieldProblem(CsvField field, String reason) {
        Node node = nodes.get(field);
        if (node != null) {
            yaml.problem(node, "columns: %s: %s".formatted(field.label(), reason));
        }
    }
}
