package io.meterlake.writer;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@code meter_readings} and {@code reading_changes} have to hold after some files, worked out with plain maps. */
final class Model {
    /** What a row is found by, as Hudi writes it. */
    static String key(String meter, String channel, Instant start) {
        return "meter_id:%s,channel:%s,interval_start_us:%d"
                .formatted(meter, channel, ChronoUnit.MICROS.between(Instant.EPOCH, start));
    }

    /** What became of a file's readings. */
    record Counts(long added, long changed, long unchanged, long late, long duplicate) {
        static Counts of(IngestOutcome outcome) {
            return new Counts(
                    outcome.rowsNew(),
                    outcome.rowsChanged(),
                    outcome.rowsUnchanged(),
                    outcome.rowsLate(),
                    outcome.rowsDuplicate());
        }
    }

    /** A row of {@code reading_changes}, as far as a file's lines decide it. */
    record Change(
            String key,
            LocalDate day,
            @Nullable BigDecimal oldValue,
            @Nullable BigDecimal newValue,
            String oldQuality,
            String newQuality,
            Instant oldRecordedAt,
            Instant newRecordedAt,
            String oldSourceFile,
            String newSourceFile) {
        static Change of(Map<String, @Nullable Object> row) {
            return new Change(
                    Model.key(text(row, "meter_id"), text(row, "channel"), (Instant) present(row, "interval_start")),
                    (LocalDate) present(row, "reading_date"),
                    (BigDecimal) row.get("old_value"),
                    (BigDecimal) row.get("new_value"),
                    text(row, "old_quality"),
                    text(row, "new_quality"),
                    (Instant) present(row, "old_recorded_at"),
                    (Instant) present(row, "new_recorded_at"),
                    text(row, "old_source_file"),
                    text(row, "new_source_file"));
        }

        private static Object present(Map<String, @Nullable Object> row, String column) {
            return requireNonNull(row.get(column), column);
        }

        private static String text(Map<String, @Nullable Object> row, String column) {
            return present(row, column).toString();
        }
    }

    private record Row(Line line, Instant recordedAt, String sourceFile) {
        boolean tellsTheSameAs(Row other) {
            return withoutOrigin(columns()).equals(withoutOrigin(other.columns()));
        }

        /** Whether only the time of recording differs, or nothing. */
        boolean saysTheSameAs(Row other) {
            return new Row(line, other.recordedAt, sourceFile).tellsTheSameAs(other);
        }

        Change takingThePlaceOf(Row old) {
            return new Change(
                    Model.key(line.meter(), line.channel(), line.startInstant()),
                    LocalDate.ofInstant(line.startInstant(), ZoneId.of(line.zone())),
                    old.line.decimal(),
                    line.decimal(),
                    old.line.quality(),
                    line.quality(),
                    old.recordedAt,
                    recordedAt,
                    old.sourceFile,
                    sourceFile);
        }

        Map<String, @Nullable Object> columns() {
            Map<String, @Nullable Object> columns = new TreeMap<>();
            columns.put("meter_id", line.meter());
            columns.put("channel", line.channel());
            columns.put("interval_start", line.startInstant());
            columns.put("interval_start_us", ChronoUnit.MICROS.between(Instant.EPOCH, line.startInstant()));
            columns.put("interval_minutes", line.minutes());
            BigDecimal value = line.decimal();
            columns.put("value", value);
            columns.put("unit", line.unit());
            columns.put("quality", line.quality());
            columns.put("quality_code", line.code().isEmpty() ? null : line.code());
            columns.put("recorded_at", recordedAt);
            columns.put("time_zone", line.zone());
            columns.put("utility", "acme");
            columns.put("source_file", sourceFile);
            columns.put("reading_date", LocalDate.ofInstant(line.startInstant(), ZoneId.of(line.zone())));
            return columns;
        }
    }

    private final Map<String, Row> rows = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();

    Model copy() {
        Model copy = new Model();
        copy.rows.putAll(rows);
        copy.changes.addAll(changes);
        return copy;
    }

    int size() {
        return rows.size();
    }

    /** Takes a file in. */
    Counts ingest(String sourceFile, List<Line> lines, Instant receivedAt) {
        Map<String, Row> ofFile = new LinkedHashMap<>();
        for (Line line : lines) {
            String recorded = line.recordedAt();
            Row row = new Row(line, recorded == null ? receivedAt : Instant.parse(recorded), sourceFile);
            ofFile.merge(
                    key(line.meter(), line.channel(), line.startInstant()),
                    row,
                    (one, other) -> other.recordedAt.isBefore(one.recordedAt) ? one : other);
        }
        long added = 0;
        long changed = 0;
        long unchanged = 0;
        long late = 0;
        for (Map.Entry<String, Row> entry : ofFile.entrySet()) {
            Row present = rows.get(entry.getKey());
            Row row = entry.getValue();
            if (present == null) {
                rows.put(entry.getKey(), row);
                added++;
            } else if (row.recordedAt.isBefore(present.recordedAt)) {
                late++;
            } else if (row.recordedAt.equals(present.recordedAt) && row.tellsTheSameAs(present)) {
                unchanged++;
            } else {
                if (!row.saysTheSameAs(present)) {
                    changes.add(row.takingThePlaceOf(present));
                }
                rows.put(entry.getKey(), row);
                changed++;
            }
        }
        return new Counts(added, changed, unchanged, late, lines.size() - ofFile.size());
    }

    /** What was replaced, in any order. */
    List<Change> changes() {
        return List.copyOf(changes);
    }

    /** The rows by key, in the order of the keys. */
    Map<String, Map<String, @Nullable Object>> columns() {
        Map<String, Map<String, @Nullable Object>> columns = new TreeMap<>();
        rows.forEach((key, row) -> columns.put(key, row.columns()));
        return columns;
    }

    /** Rows without the column that says which file they came in. */
    static Map<String, Map<String, @Nullable Object>> withoutOrigins(Map<String, Map<String, @Nullable Object>> rows) {
        Map<String, Map<String, @Nullable Object>> stripped = new TreeMap<>();
        for (Map.Entry<String, Map<String, @Nullable Object>> row : rows.entrySet()) {
            stripped.put(row.getKey(), withoutOrigin(row.getValue()));
        }
        return stripped;
    }

    private static Map<String, @Nullable Object> withoutOrigin(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> stripped = new TreeMap<>();
        stripped.putAll(row);
        stripped.remove("source_file");
        return stripped;
    }
}
