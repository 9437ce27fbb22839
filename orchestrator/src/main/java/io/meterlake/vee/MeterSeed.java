package io.meterlake.vee;

import io.meterlake.project.CsvRows;
import io.meterlake.project.Location;
import io.meterlake.project.Problems;
import io.meterlake.writer.validate.plausibility.KnownMeters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the seed {@code meters} says: {@code meter_id}, {@code meter_class} and {@code fuse_kw}, of which the last two may be empty. */
final class MeterSeed {
    private static final List<String> HEADER = List.of("meter_id", "meter_class", "fuse_kw");

    private MeterSeed() {}

    /** Nothing of any meter if there is no such file. */
    static KnownMeters read(Path path, String file, Problems problems) {
        if (!Files.isRegularFile(path)) {
            return KnownMeters.NONE;
        }
        List<CsvRows.Row> rows;
        try {
            rows = CsvRows.parse(Files.readString(path), ',');
        } catch (CsvRows.UnclosedQuote e) {
            problems.add(new Location(file, e.line()), "a quote is opened and never closed");
            return KnownMeters.NONE;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
        if (rows.isEmpty() || !rows.getFirst().fields().equals(HEADER)) {
            problems.add(new Location(file, 1), "the header is not " + String.join(",", HEADER));
            return KnownMeters.NONE;
        }
        Map<String, KnownMeters.Meter> meters = new HashMap<>();
        for (CsvRows.Row row : rows.subList(1, rows.size())) {
            Location line = new Location(file, row.line());
            if (row.fields().size() != HEADER.size()) {
                problems.add(line, "it has not %d fields".formatted(HEADER.size()));
            } else if (meters.putIfAbsent(row.fields().getFirst(), meter(row.fields(), line, problems)) != null) {
                problems.add(
                        line, "meter %s is there twice".formatted(row.fields().getFirst()));
            }
        }
        return new KnownMeters(meters);
    }

    private static KnownMeters.Meter meter(List<String> fields, Location line, Problems problems) {
        return new KnownMeters.Meter(
                Optional.of(fields.get(1)).filter(name -> !name.isEmpty()), fuse(fields.get(2), line, problems));
    }

    private static Optional<BigDecimal> fuse(String text, Location line, Problems problems) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            BigDecimal kilowatts = new BigDecimal(text);
            if (kilowatts.signum() > 0) {
                return Optional.of(kilowatts);
            }
        } catch (NumberFormatException e) {
            // Told as one that is too small.
        }
        problems.add(line, "fuse_kw: '%s' is not a number above 0".formatted(text));
        return Optional.empty();
    }
}
