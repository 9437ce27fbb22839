package io.meterlake.writer.commit;

import static java.util.Objects.requireNonNull;

import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeTables;
import io.meterlake.lake.RowTable;
import io.meterlake.reading.Reject;
import io.meterlake.writer.upsert.FileFacts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps what was refused, in {@code rejected_readings}. Repeating it changes nothing. */
public final class RejectedReadings {
    /** A record that is longer than this was not split where it should have been; its beginning tells as much. */
    private static final int LONGEST_RAW_TEXT = 8192;

    private final RowTable table;

    public RejectedReadings(Lake lake) {
        this.table = lake.rowTable(LakeTables.REJECTED_READINGS.name());
    }

    /** How many rows a file's rejects make: a line has one, whatever is wrong with it. */
    public static long count(List<Reject> rejects) {
        return rejects.stream().mapToLong(Reject::line).distinct().count();
    }

    /** Writes a file's rejects; of a file that had others before, those go. */
    public void write(FileFacts file, List<Reject> rejects, boolean triedBefore) {
        Map<Long, Reject> byLine = new TreeMap<>();
        rejects.forEach(reject -> byLine.merge(reject.line(), reject, RejectedReadings::both));
        if (triedBefore) {
            table.delete(stale(file.checksum(), byLine));
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        byLine.values().forEach(reject -> rows.add(columns(file, reject)));
        table.upsert(rows);
    }

    private List<Map<String, @Nullable Object>> stale(String checksum, Map<Long, Reject> byLine) {
        return table.rows().stream()
                .filter(row -> checksum.equals(row.get("file_checksum"))
                        && !byLine.containsKey((Long) requireNonNull(row.get("line"))))
                .toList();
    }

    private static Reject both(Reject one, Reject other) {
        return new Reject(
                one.line(),
                one.field().equals(other.field()) ? one.field() : one.field() + ", " + other.field(),
                one.reason() + "; " + other.reason(),
                one.hint().equals(other.hint()) ? one.hint() : one.hint() + "; " + other.hint(),
                one.rawText());
    }

    private static Map<String, Object> columns(FileFacts file, Reject reject) {
        Instant receivedAt = Instant.EPOCH.plus(file.receivedAtMicros(), ChronoUnit.MICROS);
        String raw = reject.rawText();
        return Map.of(
                "file_checksum", file.checksum(),
                "source_file", file.sourceFile(),
                "utility", file.utility(),
                "line", reject.line(),
                "field", reject.field(),
                "reason", reject.reason(),
                "hint", reject.hint(),
                "raw_text", raw.length() > LONGEST_RAW_TEXT ? raw.substring(0, LONGEST_RAW_TEXT) + "…" : raw,
                "received_at", receivedAt,
                "received_date", LocalDate.ofInstant(receivedAt, ZoneOffset.UTC));
    }
}
