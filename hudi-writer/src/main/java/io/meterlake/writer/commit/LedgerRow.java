package io.meterlake.writer.commit;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.meterlake.lake.CompletedInstant;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file's row in {@code ingested_files}. Also goes into the metadata of the commit, from where {@link Recovery} takes
 * it if the ledger could not be written any more.
 *
 * @param status {@link #INGESTED} or {@link #REJECTED}
 * @param receivedAt ISO-8601, as are the interval starts
 * @param tries how often the file was read for the lake; 1 in rows of older versions, which do not say it
 */
public record LedgerRow(
        String fileChecksum,
        String sourceFile,
        String utility,
        String format,
        String status,
        String reason,
        long sizeBytes,
        long rowsRead,
        long rowsNew,
        long rowsChanged,
        long rowsUnchanged,
        long rowsLate,
        long rowsDuplicate,
        long rowsRejected,
        @Nullable String firstIntervalStart,
        @Nullable String lastIntervalStart,
        @Nullable String commitRequestedAt,
        @Nullable String commitCompletedAt,
        String receivedAt,
        int tries) {
    public static final String INGESTED = "ingested";
    public static final String REJECTED = "rejected";

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    public LedgerRow {
        requireNonNull(fileChecksum, "fileChecksum is null");
        requireNonNull(status, "status is null");
        requireNonNull(receivedAt, "receivedAt is null");
        tries = Math.max(1, tries);
    }

    /** Whether this is what became of the file, or of a later try of it. */
    boolean isOfTry(LedgerRow other) {
        return status.equals(INGESTED) && tries >= other.tries;
    }

    /**
     * What the ledger is to say of a file that was taken in before and was read once more. What was new or changed then
     * comes again as unchanged, or late if a later file took its place: it stays counted as new or changed.
     */
    public LedgerRow after(LedgerRow before) {
        long taken = rowsNew + rowsChanged + rowsUnchanged + rowsLate;
        long ofBoth = before.rowsNew + rowsNew + before.rowsChanged + rowsChanged;
        long late = Math.clamp(taken - ofBoth, 0, rowsLate);
        boolean isWritten = rowsNew + rowsChanged > 0;
        return with(
                before.rowsNew + rowsNew,
                before.rowsChanged + rowsChanged,
                Math.max(0, taken - ofBoth - late),
                late,
                isWritten ? null : before.commitRequestedAt,
                isWritten ? null : before.commitCompletedAt);
    }

    /**
     * The same with the instants of the commit that took it in; without any if nothing of it was written, and with those
     * of the try before if that wrote all there is.
     */
    LedgerRow committed(CompletedInstant instant) {
        if (rowsNew + rowsChanged == 0 || commitRequestedAt != null) {
            return this;
        }
        return with(rowsNew, rowsChanged, rowsUnchanged, rowsLate, instant.requested(), instant.completed());
    }

    private LedgerRow with(
            long added,
            long changed,
            long unchanged,
            long late,
            @Nullable String requestedAt,
            @Nullable String completedAt) {
        return new LedgerRow(
                fileChecksum,
                sourceFile,
                utility,
                format,
                status,
                reason,
                sizeBytes,
                rowsRead,
                added,
                changed,
                unchanged,
                late,
                rowsDuplicate,
                rowsRejected,
                firstIntervalStart,
                lastIntervalStart,
                requestedAt,
                completedAt,
                receivedAt,
                tries);
    }

    /** One row as an object, as all versions read it; several as an array. */
    static String json(List<LedgerRow> rows) {
        try {
            return JSON.writeValueAsString(rows.size() == 1 ? rows.getFirst() : rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts and numbers is always JSON", e);
        }
    }

    /** Nothing if it is no ledger rows: another program may use the same key in its commits. */
    static List<LedgerRow> ofJson(String json) {
        try {
            return JSON.readerForListOf(LedgerRow.class)
                    .with(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                    .readValue(json);
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    Map<String, @Nullable Object> columns() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("file_checksum", fileChecksum);
        row.put("source_file", sourceFile);
        row.put("utility", utility);
        row.put("format", format);
        row.put("status", status);
        row.put("reason", reason.isEmpty() ? null : reason);
        row.put("size_bytes", sizeBytes);
        row.put("rows_read", rowsRead);
        row.put("rows_new", rowsNew);
        row.put("rows_changed", rowsChanged);
        row.put("rows_unchanged", rowsUnchanged);
        row.put("rows_late", rowsLate);
        row.put("rows_duplicate", rowsDuplicate);
        row.put("rows_rejected", rowsRejected);
        row.put("first_interval_start", instant(firstIntervalStart));
        row.put("last_interval_start", instant(lastIntervalStart));
        row.put("commit_requested_at", commitRequestedAt);
        row.put("commit_completed_at", commitCompletedAt);
        row.put("received_at", Instant.parse(receivedAt));
        row.put("tries", tries);
        return row;
    }

    static LedgerRow ofColumns(Map<String, @Nullable Object> row) {
        return new LedgerRow(
                text(row, "file_checksum"),
                text(row, "source_file"),
                text(row, "utility"),
                text(row, "format"),
                text(row, "status"),
                text(row, "reason"),
                number(row, "size_bytes"),
                number(row, "rows_read"),
                number(row, "rows_new"),
                number(row, "rows_changed"),
                number(row, "rows_unchanged"),
                number(row, "rows_late"),
                number(row, "rows_duplicate"),
                number(row, "rows_rejected"),
                nullable(row, "first_interval_start"),
                nullable(row, "last_interval_start"),
                nullable(row, "commit_requested_at"),
                nullable(row, "commit_completed_at"),
                text(row, "received_at"),
                row.get("tries") instanceof Integer tries ? tries : 1);
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        Object value = row.get(column);
        return value == null ? "" : value.toString();
    }

    private static @Nullable String nullable(Map<String, @Nullable Object> row, String column) {
        Object value = row.get(column);
        return value == null ? null : value.toString();
    }

    private static long number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Long value ? value : 0;
    }
}
