package io.meterlake.writer;

import static java.util.Objects.requireNonNull;

import io.meterlake.format.FileHeader;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.lake.CompletedInstant;
import io.meterlake.writer.IngestOutcome.Status;
import io.meterlake.writer.commit.LedgerRow;
import io.meterlake.writer.commit.ReadingsCommit;
import io.meterlake.writer.commit.RejectedReadings;
import io.meterlake.writer.source.LandingFile;
import io.meterlake.writer.upsert.FileFacts;
import io.meterlake.writer.upsert.IncomingReadings;
import io.meterlake.writer.upsert.MergeCounts;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is to be told of a file, for the ledger and for the caller. */
final class Outcomes {
    private static final Written NOTHING = new Written(0, 0, 0, 0);

    /** What a commit wrote. */
    private record Written(int files, int filesReplaced, long rows, long bytes) {
        static Written of(ReadingsCommit.Done done) {
            return new Written(done.files(), done.filesReplaced(), done.rows(), done.bytes());
        }
    }

    private final IngestRequest request;
    private final LandingFile file;
    private final Instant receivedAt;
    private String utility;
    private String checksum = "";
    private long rowsRead;
    private long rowsRejected;
    private long rowsTaken;
    private @Nullable Instant first;
    private @Nullable Instant last;

    Outcomes(IngestRequest request, LandingFile file, Instant receivedAt) {
        this.request = request;
        this.file = file;
        this.receivedAt = receivedAt;
        this.utility = request.utility();
    }

    void parsed(FileHeader header, long read, IncomingReadings readings) throws IOException {
        checksum = file.checksum();
        if (utility.isEmpty()) {
            utility = header.sender();
        }
        rowsRead = read;
        rowsTaken = readings.size();
        rowsRejected = RejectedReadings.count(readings.rejects());
        first = null;
        last = null;
        if (rowsTaken > 0) {
            first = Instant.EPOCH.plus(readings.firstStart(), ChronoUnit.MICROS);
            last = Instant.EPOCH.plus(readings.lastStart(), ChronoUnit.MICROS);
        }
    }

    Instant receivedAt() {
        return receivedAt;
    }

    FileFacts facts() {
        return new FileFacts(utility, file.name(), checksum, ChronoUnit.MICROS.between(Instant.EPOCH, receivedAt));
    }

    LedgerRow unreadable(UnreadableFileException cause) throws IOException {
        checksum = file.checksum();
        String reason = requireNonNull(cause.getMessage());
        return row(LedgerRow.REJECTED, reason, MergeCounts.NONE, 0);
    }

    LedgerRow planned(MergeCounts counts, long duplicates) {
        boolean nothingGood = rowsTaken == 0 && rowsRejected > 0;
        return nothingGood
                ? row(LedgerRow.REJECTED, "all of its " + rowsRejected + " records were rejected", counts, duplicates)
                : row(LedgerRow.INGESTED, "", counts, duplicates);
    }

    private LedgerRow row(String status, String reason, MergeCounts counts, long duplicates) {
        return new LedgerRow(
                checksum,
                file.name(),
                utility,
                request.format().name(),
                status,
                reason,
                file.sizeBytes(),
                rowsRead,
                counts.added(),
                counts.changed(),
                counts.unchanged(),
                counts.late(),
                duplicates,
                rowsRejected,
                text(first),
                text(last),
                null,
                null,
                receivedAt.toString());
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    IngestOutcome alreadyIngested(LedgerRow before) {
        return outcome(before, Status.ALREADY_INGESTED, "", List.of(), NOTHING);
    }

    IngestOutcome outcome(LedgerRow row, String hint) {
        boolean rejected = row.status().equals(LedgerRow.REJECTED);
        String how = rejected && hint.isEmpty() ? "See them with: select * from hudi.lake.rejected_readings" : hint;
        return outcome(row, rejected ? Status.REJECTED : Status.INGESTED, how, List.of(), NOTHING);
    }

    IngestOutcome committed(LedgerRow row, ReadingsCommit.Done done, List<LocalDate> days) {
        return outcome(row, Status.INGESTED, "", days, Written.of(done));
    }

    private IngestOutcome outcome(LedgerRow row, Status status, String hint, List<LocalDate> days, Written written) {
        return new IngestOutcome(
                request.file(),
                row.fileChecksum(),
                row.utility(),
                row.format(),
                status,
                row.reason(),
                hint,
                row.sizeBytes(),
                row.rowsRead(),
                row.rowsNew(),
                row.rowsChanged(),
                row.rowsUnchanged(),
                row.rowsLate(),
                row.rowsDuplicate(),
                row.rowsRejected(),
                instant(row.firstIntervalStart()),
                instant(row.lastIntervalStart()),
                commit(row),
                days,
                written.files(),
                written.filesReplaced(),
                written.rows(),
                written.bytes());
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    private static @Nullable CompletedInstant commit(LedgerRow row) {
        String requested = row.commitRequestedAt();
        String completed = row.commitCompletedAt();
        return requested == null || completed == null ? null : new CompletedInstant("commit", requested, completed);
    }
}
