package io.meterlake.writer;

import static java.util.Objects.requireNonNull;

import io.meterlake.lake.CompletedInstant;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a file.
 *
 * @param checksum SHA-256 of the file in hexadecimal
 * @param utility who sent it; empty if neither the caller nor the file says
 * @param format the format's name
 * @param reason why the file was rejected; empty otherwise
 * @param hint how to mend it; empty otherwise
 * @param rowsRead readings in the file, the rejected ones that the format could read among them
 * @param rowsNew intervals that the table did not have
 * @param rowsChanged intervals whose value, quality or time of recording the file changed
 * @param rowsUnchanged readings that the table had already
 * @param rowsLate readings that were recorded before what the table has
 * @param rowsDuplicate readings that another one in the same file took the place of
 * @param rowsRejected records that are now in {@code rejected_readings}
 * @param firstIntervalStart the earliest reading that was taken in, or null if there is none
 * @param lastIntervalStart the latest one
 * @param commit the commit that made the readings visible, or null if the file changed nothing
 * @param days the market's days whose readings the commit changed
 * @param filesWritten how many base files the commit wrote
 * @param filesReplaced how many of them took the place of others
 * @param rowsWritten how many rows they have, those that were in the replaced files among them
 * @param bytesWritten their size
 */
public record IngestOutcome(
        Path file,
        String checksum,
        String utility,
        String format,
        Status status,
        String reason,
        String hint,
        long sizeBytes,
        long rowsRead,
        long rowsNew,
        long rowsChanged,
        long rowsUnchanged,
        long rowsLate,
        long rowsDuplicate,
        long rowsRejected,
        @Nullable Instant firstIntervalStart,
        @Nullable Instant lastIntervalStart,
        @Nullable CompletedInstant commit,
        List<LocalDate> days,
        int filesWritten,
        int filesReplaced,
        long rowsWritten,
        long bytesWritten) {
    /** How an ingest can end. */
    public enum Status {
        /** Taken in; some of its records may have been rejected. */
        INGESTED,
        /** The same bytes were ingested before; nothing was done. The numbers are those of that time. */
        ALREADY_INGESTED,
        /** Void as a whole, or all of its records were rejected; no reading of it was taken in. */
        REJECTED
    }

    /** How many rows were written for each row that is new or changed; 0 if nothing was written. */
    public double writeAmplification() {
        return rowsWritten == 0 ? 0 : (double) rowsWritten / (rowsNew + rowsChanged);
    }

    public IngestOutcome {
        requireNonNull(file, "file is null");
        requireNonNull(status, "status is null");
        days = List.copyOf(days);
    }
}
