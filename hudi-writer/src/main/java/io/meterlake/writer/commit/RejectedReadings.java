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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps what was refused, in {@code rejected_readings}. Repeating it changes nothing. */
public final class RejectedReadings {
    /** In a commit's metadata: the checksums of the files whose rejects it wrote, parted by blanks. */
    private static final String FILES_KEY = "meterlake.rejects.files";

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

    /**
     * What was refused of a file.
     *
     * @param triedBefore whether the file may have had other rejects before
     */
    public record OfFile(FileFacts file, List<Reject> rejects, boolean triedBefore) {
        public OfFile {
            rejects = List.copyOf(rejects);
        }

        private Collection<List<Reject>> byLine() {
            return rejects.stream()
                    .collect(Collectors.groupingBy(Reject::line, TreeMap::new, Collectors.toList()))
                    .values();
        }

        private Set<Long> lines() {
            return rejects.stream().map(Reject::line).collect(Collectors.toSet());
        }
    }

    /** Writes the rejects of files, all at once; of a file that had others before, those go. */
    public void write(List<OfFile> files) {
        if (files.stream().anyMatch(OfFile::triedBefore)) {
            table.delete(stale(files));
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (OfFile file : files) {
            file.byLine().forEach(ofLine -> rows.add(columns(file.file(), LineRejects.asOne(ofLine))));
        }
        table.upsert(
                rows,
                Map.of(
                        FILES_KEY,
                        files.stream().map(file -> file.file().checksum()).collect(Collectors.joining(" "))));
    }

    /**
     * Takes out the rejects of files that the ledger does not know: those of a try that was cut off before the ledger had
     * it, the next one of which may find nothing to reject. Only the newest commit can have such, as every ingest begins
     * with this; so unless there are any, this opens no data file. For the holder of the lake's lock, after
     * {@link Recovery}.
     */
    public void forgetUnknown(Ledger ledger) {
        Set<String> unknown = table.newest(FILES_KEY).stream()
                .flatMap(checksums -> Stream.of(checksums.split(" ")))
                .filter(checksum -> !checksum.isEmpty() && ledger.find(checksum).isEmpty())
                .collect(Collectors.toSet());
        if (!unknown.isEmpty()) {
            table.delete(
                    table.rows().stream()
                            .filter(row -> unknown.contains((String) requireNonNull(row.get("file_checksum"))))
                            .toList(),
                    Map.of(FILES_KEY, ""));
        }
    }

    private List<Map<String, @Nullable Object>> stale(List<OfFile> files) {
        Map<String, Set<Long>> linesOfFile = new HashMap<>();
        files.stream()
                .filter(OfFile::triedBefore)
                .forEach(file -> linesOfFile.put(file.file().checksum(), file.lines()));
        return table.rows().stream()
                .filter(row -> {
                    Set<Long> lines = linesOfFile.get((String) requireNonNull(row.get("file_checksum")));
                    return lines != null && !lines.contains((Long) requireNonNull(row.get("line")));
                })
                .toList();
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
