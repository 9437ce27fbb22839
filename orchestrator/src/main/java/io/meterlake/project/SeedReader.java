package io.meterlake.project;

import static io.meterlake.error.DidYouMean.question;
import static io.meterlake.project.ProjectErrorCode.INVALID_PROJECT;

import io.meterlake.project.CsvRows.Row;
import io.meterlake.project.SeedTable.SeedColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a seed and settles the types of its columns. */
public final class SeedReader {
    private final Seed seed;
    private final Problems problems = new Problems();

    private SeedReader(Seed seed) {
        this.seed = seed;
    }

    /**
     * Reads a seed: CSV with one header line.
     *
     * @throws io.meterlake.error.MeterlakeException if a row has more or fewer fields than the header, or a declared
     *     column is not there, with the lines
     */
    public static SeedTable read(Seed seed) {
        SeedReader reader = new SeedReader(seed);
        SeedTable table = reader.read();
        reader.problems.throwIfAny(
                INVALID_PROJECT, "Cannot read seed " + seed.name(), "Mend the file at the lines above.");
        return table;
    }

    private SeedTable read() {
        String file = seed.location().file();
        List<Row> rows;
        try {
            rows = CsvRows.parse(seed.text(), seed.delimiter());
        } catch (CsvRows.UnclosedQuote e) {
            problems.add(new Location(file, e.line()), "a quote is opened and never closed");
            return new SeedTable(List.of(), List.of());
        }
        if (rows.isEmpty()) {
            problems.add(new Location(file, 1), "there is no header line");
            return new SeedTable(List.of(), List.of());
        }
        List<String> header =
                rows.getFirst().fields().stream().map(String::strip).toList();
        checkHeader(header);
        List<List<@Nullable String>> values = values(rows.subList(1, rows.size()), header.size());
        List<SeedColumn> columns = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            String declared = seed.columnTypes().get(header.get(i));
            columns.add(new SeedColumn(header.get(i), declared == null ? SeedTypes.infer(values, i) : declared));
        }
        return new SeedTable(columns, values);
    }

    private void checkHeader(List<String> header) {
        Location line = new Location(seed.location().file(), 1);
        Set<String> names = new HashSet<>();
        for (String name : header) {
            if (name.isEmpty()) {
                problems.add(line, "a column has no name");
            } else if (!names.add(name)) {
                problems.add(line, "column " + name + " is there twice");
            }
        }
        for (String declared : seed.columnTypes().keySet()) {
            if (!names.contains(declared)) {
                problems.add(
                        line,
                        "column_types names %s, which the header has not%s"
                                .formatted(declared, question(declared, header)));
            }
        }
    }

    private List<List<@Nullable String>> values(List<Row> rows, int width) {
        List<List<@Nullable String>> values = new ArrayList<>();
        for (Row row : rows) {
            if (row.fields().size() != width) {
                problems.add(
                        new Location(seed.location().file(), row.line()),
                        "%d fields where the header has %d"
                                .formatted(row.fields().size(), width));
                continue;
            }
            List<@Nullable String> fields = new ArrayList<>();
            for (String field : row.fields()) {
                fields.add(field.isEmpty() ? null : field);
            }
            values.add(Collections.unmodifiableList(fields));
        }
        return values;
    }
}
