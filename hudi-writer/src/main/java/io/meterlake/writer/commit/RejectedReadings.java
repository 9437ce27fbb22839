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

    private final Lake lake;
    private final RowTable table;

    public RejectedReadings(Lake lake) {
        this.lake = lake;
        this.table = lake.rowTable(LakeTables.REJECTED_READINGS.name());
    }

    /**
     * What was refused of a file.
     *
     * @param tries how often the file was tried, this time counted
     */
    public record OfFile(FileFacts file, List<Reject> rejects, int tries) {
        public OfFile {
            rejects = List.copyOf(rejects);
        }

        private Collection<List<Reject>> byLine() {
            return rejects.stream()
                    .collect(Collectors.groupingBy(Reject::line, TreeMap::new, Collectors.toList()))
                    .values();
        }
    }

    /**
     * Writes the rejects of files, all at once. What an earlier try of a file refused, and this one does not, stays until
     * the ledger has this one, and {@link #settle} marks it.
     */
    public void write(List<OfFile> files) {
        Map<String, Map<Long, Map<String, @Nullable Object>>> before = ofEarlierTries(files);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (OfFile file : files) {
            Map<Long, Map<String, @Nullable Object>> present =
                    before.remove(file.file().checksum());
            if (present == null) {
                present = new HashMap<>();
            }
            for (List<Reject> ofLine : file.byLine()) {
                Map<String, @Nullable Object> row = columns(file, LineRejects.asOne(ofLine));
                Map<String, @Nullable Object> same =
                        present.remove(ofLine.getFirst().line());
                if (same != null) {
                    row.put("received_at", same.get("received_at"));
                    row.put("received_date", same.get("received_date"));
                }
                rows.add(row);
            }
            // They are written once more, so that the newest commit names their file. One of a try that was cut off had
            // this one's number.
            for (Map<String, @Nullable Object> row : present.values()) {
                if (row.get("resolved_at") == null) {
                    rows.add(with(row, "tries", Math.min(tries(row), file.tries() - 1)));
                }
            }
        }
        table.upsert(
                rows,
                Map.of(
                        FILES_KEY,
                        files.stream().map(file -> file.file().checksum()).collect(Collectors.joining(" "))));
    }

    /** The rows of files that were tried before, by checksum and line. */
    private Map<String, Map<Long, Map<String, @Nullable Object>>> ofEarlierTries(List<OfFile> files) {
        Set<String> checksums = files.stream()
                .filter(file -> file.tries() > 1)
                .map(file -> file.file().checksum())
                .collect(Collectors.toSet());
        Map<String, Map<Long, Map<String, @Nullable Object>>> rows = new HashMap<>();
        for (Map<String, @Nullable Object> row : rowsOf(checksums)) {
            rows.computeIfAbsent(checksum(row), file -> new HashMap<>())
                    .put((Long) requireNonNull(row.get("line")), row);
        }
        return rows;
    }

    /**
     * Brings the rejects in line with the ledger: takes out those of files that it does not know, whose only try was cut
     * off, and marks those that a later try, which the ledger has, did not refuse. Only the files of the newest commit can
     * have such, as every ingest begins with this; so unless there may be any, this opens no data file. For the holder of
     * the lake's lock, after {@link Recovery}.
     */
    public void settle(Ledger ledger) {
        Set<String> concerned = table.newest(FILES_KEY).stream()
                .flatMap(checksums -> Stream.of(checksums.split(" ")))
                .filter(checksum -> !checksum.isEmpty() && triesOf(ledger, checksum) != 1)
                .collect(Collectors.toSet());
        List<Map<String, @Nullable Object>> unknown = new ArrayList<>();
        List<Map<String, @Nullable Object>> resolved = new ArrayList<>();
        Instant now = lake.clock().instant().truncatedTo(ChronoUnit.MICROS);
        for (Map<String, @Nullable Object> row : rowsOf(concerned)) {
            int ofFile = triesOf(ledger, checksum(row));
            if (ofFile == 0) {
                unknown.add(row);
            } else if (row.get("resolved_at") == null && tries(row) < ofFile) {
                resolved.add(with(row, "resolved_at", now));
            }
        }
        // The files stay named until both are done.
        table.upsert(resolved, Map.of(FILES_KEY, unknown.isEmpty() ? "" : String.join(" ", concerned)));
        if (!unknown.isEmpty()) {
            table.delete(unknown, Map.of(FILES_KEY, ""));
        }
    }

    /** 0 if the ledger does not have the file. */
    private static int triesOf(Ledger ledger, String checksum) {
        return ledger.find(checksum).map(LedgerRow::tries).orElse(0);
    }

    private List<Map<String, @Nullable Object>> rowsOf(Set<String> checksums) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        if (!checksums.isEmpty()) {
            for (Map<String, @Nullable Object> row : table.rows()) {
                if (checksums.contains(checksum(row))) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private static String checksum(Map<String, @Nullable Object> row) {
        return (String) requireNonNull(row.get("file_checksum"));
    }

    private static int tries(Map<String, @Nullable Object> row) {
        return row.get("tries") instanceof Integer tries ? tries : 1;
    }

    private static Map<String, @Nullable Object> with(Map<String, @Nullable Object> row, String column, Object value) {
        Map<String, @Nullable Object> changed = new HashMap<>();
        changed.putAll(row);
        changed.put(column, value);
        return changed;
    }

    private static Map<String, @Nullable Object> columns(OfFile ofFile, Reject reject) {
        FileFacts file = ofFile.file();
        Instant receivedAt = Instant.EPOCH.plus(file.receivedAtMicros(), ChronoUnit.MICROS);
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("file_checksum", file.checksum());
        columns.put("source_file", file.sourceFile());
        columns.put("utility", file.utility());
        columns.put("line", reject.line());
        columns.put("field", reject.field());
        columns.put("reason", reject.reason());
        columns.put("hint", reject.hint());
        columns.put("raw_text", reject.rawText());
        columns.put("received_at", receivedAt);
        columns.put("tries", ofFile.tries());
        columns.put("received_date", LocalDate.ofInstant(receivedAt, ZoneOffset.UTC));
        return columns;
    }
}
