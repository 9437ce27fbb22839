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
 * @param rowsDuplicate readings that another one took the place of before they were committed: of the same file, or of one
 *     that was committed together with it
 * @param rowsRejected records that are now in {@code rejected_readings}
 * @param firstIntervalStart the earliest reading that was taken in, or null if there is none
 * @param lastIntervalStart the latest one
 * @param commit the commit that made the readings visible, or null if the file changed nothing
 * @param written what the commit wrote, for all files that it is of
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
        Written written) {
    /**
     * What a commit wrote.
     *
     * @param ofFiles of how many files it made readings visible
     * @param rowsNewOrChanged of all of them
     * @param days the market's days whose readings it changed
     * @param baseFiles how many base files it wrote
     * @param replaced how many of them took the place of others
     * @param rows how many rows they have, those that were in the replaced files among them
     * @param bytes their size
     */
    public record Written(
            int ofFiles,
            long rowsNewOrChanged,
            List<LocalDate> days,
            int baseFiles,
            int replaced,
            long rows,
            long bytes) {
        /** Where no commit was needed. */
        public static final Written NOTHING = new Written(0, 0, List.of(), 0, 0, 0, 0);

        public Written {
            days = List.copyOf(days);
        }

        /** How many rows were written for each row that is new or changed; 0 if nothing was written. */
        public double amplification() {
            return rows == 0 ? 0 : (double) rows / rowsNewOrChanged;
        }
    }

    /** How an ingest can end. */
    public enum Status {
        /** Taken in; some of its records may have been rejected. */
        INGESTED,
        /** The same bytes were ingested before; nothing was done. The numbers are those of that time. */
        ALREADY_INGESTED,
        /** Void as a whole, or all of its records were rejected; no reading of it was taken in. */
        REJECTED
    }

    public IngestOutcome {
        requireNonNull(file, "file is null");
        requireNonNull(status, "status is null");
        requireNonNull(written, "written is null");
    }
}
