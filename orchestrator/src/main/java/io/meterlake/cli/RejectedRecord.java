package io.meterlake.cli;

import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeTables;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record of a file that was refused.
 *
 * @param utility empty if nobody says who sent the file
 * @param field at fault; empty if it is the whole record
 * @param receivedDate in UTC
 * @param resolvedAt when a later try of the file no longer refused it; null if none did
 */
record RejectedRecord(
        String fileChecksum,
        String sourceFile,
        String utility,
        long line,
        String field,
        String reason,
        String hint,
        String rawText,
        Instant receivedAt,
        LocalDate receivedDate,
        @Nullable Instant resolvedAt) {
    private static final int CHECKSUM_IN_ID = 12;

    /** All of a lake, the newest files first, and those of a file in its order. */
    static List<RejectedRecord> all(Lake lake) {
        return lake.rowTable(LakeTables.REJECTED_READINGS.name()).rows().stream()
                .map(RejectedRecord::of)
                .sorted(Comparator.comparing(RejectedRecord::receivedAt)
                        .reversed()
                        .thenComparing(RejectedRecord::fileChecksum)
                        .thenComparingLong(RejectedRecord::line))
                .toList();
    }

    private static RejectedRecord of(Map<String, @Nullable Object> row) {
        return new RejectedRecord(
                text(row, "file_checksum"),
                text(row, "source_file"),
                text(row, "utility"),
                (Long) Objects.requireNonNull(row.get("line"), "line is null"),
                text(row, "field"),
                text(row, "reason"),
                text(row, "hint"),
                text(row, "raw_text"),
                (Instant) Objects.requireNonNull(row.get("received_at"), "received_at is null"),
                (LocalDate) Objects.requireNonNull(row.get("received_date"), "received_date is null"),
                (Instant) row.get("resolved_at"));
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof String text ? text : "";
    }

    /** How {@code rejects show} finds it: the beginning of its file's checksum, and its line. */
    String id() {
        return fileChecksum.substring(0, Math.min(CHECKSUM_IN_ID, fileChecksum.length())) + ":" + line;
    }

    /** Whether it is the one that this names: {@code CHECKSUM:LINE} with any beginning of the checksum, or {@code FILE:LINE}. */
    boolean isNamed(String name) {
        int colon = name.lastIndexOf(':');
        if (colon < 1 || !name.substring(colon + 1).equals(Long.toString(line))) {
            return false;
        }
        String file = name.substring(0, colon);
        return fileChecksum.startsWith(file) || sourceFile.equals(file);
    }

    /** What is wrong, with the field. */
    String problem() {
        return field.isEmpty() ? reason : field + ": " + reason;
    }
}
