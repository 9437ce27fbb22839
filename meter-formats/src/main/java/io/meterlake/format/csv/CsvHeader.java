package io.meterlake.format.csv;

import static java.util.stream.Collectors.joining;

import io.meterlake.error.DidYouMean;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.format.csv.CsvSource.Column;
import io.meterlake.format.text.DelimitedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The header line of a file, and in which column each field stands. */
final class CsvHeader {
    /** The position of a field that has no column. */
    static final int NONE = -1;

    private final int width;
    private final Map<CsvField, Integer> positions;

    private CsvHeader(int width, Map<CsvField, Integer> positions) {
        this.width = width;
        this.positions = positions;
    }

    /** How many columns the file has. */
    int width() {
        return width;
    }

    /** The column of a field, counted from 0, or {@link #NONE}. */
    int position(CsvField field) {
        return positions.getOrDefault(field, NONE);
    }

    /** The positions of those of the fields that have a column. */
    int[] positions(CsvField... fields) {
        return Arrays.stream(fields)
                .mapToInt(this::position)
                .filter(position -> position != NONE)
                .toArray();
    }

    /** Of a file whose records have these columns by construction. */
    static CsvHeader of(List<String> columns, CsvMapping mapping) {
        return new CsvHeader(columns.size(), positions(columns, mapping));
    }

    private static Map<CsvField, Integer> positions(List<String> names, CsvMapping mapping) {
        Map<CsvField, Integer> positions = new EnumMap<>(CsvField.class);
        mapping.fields().forEach((field, source) -> {
            if (source instanceof Column column) {
                positions.put(field, names.indexOf(column.name()));
            }
        });
        return positions;
    }

    static List<String> names(DelimitedReader record) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < record.fields(); i++) {
            names.add(record.text(i).strip());
        }
        return names;
    }

    static CsvHeader read(DelimitedReader record, String fileName, CsvMapping mapping, boolean canonical)
            throws IOException {
        if (!record.next()) {
            throw new UnreadableFileException(
                    "Cannot read %s: it is empty".formatted(fileName), "Ask the sender to send the file again.");
        }
        if (record.damaged()) {
            throw new UnreadableFileException(
                    "Cannot read %s: a quote in its header line does not end".formatted(fileName),
                    "Ask the sender to send the file again.");
        }
        List<String> names = names(record);
        checkPresent(fileName, mapping, canonical, names);
        checkUnique(fileName, mapping, names);
        Map<CsvField, Integer> positions = positions(names, mapping);
        if (canonical) {
            positions.put(CsvField.TIME_ZONE, names.indexOf(CsvField.TIME_ZONE.label()));
            checkNothingElse(fileName, names);
        }
        return new CsvHeader(names.size(), positions);
    }

    private static void checkPresent(String fileName, CsvMapping mapping, boolean canonical, List<String> names) {
        List<String> missing = mapping.columns().stream()
                .filter(column -> !names.contains(column))
                .toList();
        if (!missing.isEmpty()) {
            String questions = missing.stream()
                    .flatMap(column -> DidYouMean.closest(column, unused(names, mapping)).stream()
                            .map(near -> "; is '%s' meant to be '%s'?".formatted(near, column)))
                    .collect(joining());
            throw new UnreadableFileException(
                    "Cannot read %s: %s missing: %s; the file has: %s%s"
                            .formatted(
                                    fileName,
                                    missing.size() == 1 ? "a column is" : missing.size() + " columns are",
                                    String.join(", ", missing),
                                    String.join(", ", names),
                                    questions),
                    canonical
                            ? "Without a mapping a CSV has the columns %s."
                                    .formatted(String.join(", ", mapping.columns()))
                            : "Ask the sender for a whole file; if the columns were renamed, change the mapping of %s."
                                    .formatted(mapping.utility()));
        }
    }

    private static List<String> unused(List<String> names, CsvMapping mapping) {
        return names.stream().filter(name -> !mapping.columns().contains(name)).toList();
    }

    private static void checkUnique(String fileName, CsvMapping mapping, List<String> names) {
        for (String column : mapping.columns()) {
            if (names.indexOf(column) != names.lastIndexOf(column)) {
                throw new UnreadableFileException(
                        "Cannot read %s: two columns are called %s".formatted(fileName, column),
                        "Ask the sender to name each column differently.");
            }
        }
    }

    private static void checkNothingElse(String fileName, List<String> names) {
        List<String> known =
                new ArrayList<>(CsvField.CANONICAL.stream().map(CsvField::label).toList());
        known.add(CsvField.TIME_ZONE.label());
        for (String name : names) {
            if (!known.contains(name)) {
                throw new UnreadableFileException(
                        "Cannot read %s: unknown column '%s'%s"
                                .formatted(fileName, name, DidYouMean.question(name, known)),
                        "Drop the column, or describe the file by a mapping, which ignores what it does not name.");
            }
        }
    }
}
