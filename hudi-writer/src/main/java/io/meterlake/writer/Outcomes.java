package io.meterlake.writer;

import static java.util.Objects.requireNonNull;

import io.meterlake.format.FileHeader;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.lake.CompletedInstant;
import io.meterlake.writer.IngestOutcome.Status;
import io.meterlake.writer.commit.LedgerRow;
import io.meterlake.writer.commit.RejectedReadings;
import io.meterlake.writer.source.LandingFile;
import io.meterlake.writer.upsert.FileFacts;
import io.meterlake.writer.upsert.IncomingFile;
import io.meterlake.writer.upsert.MergeCounts;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Collects what is to be told of a file, for the ledger and for the caller. */
final class Outcomes {
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

    void parsed(FileHeader header, long read, IncomingFile readings) throws IOException {
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
        return row(LedgerRow.REJECTED, reason, MergeCounts.NONE);
    }

    /** @param counts what became of its readings, but for those of which another one took the place before */
    LedgerRow planned(MergeCounts counts) {
        boolean nothingGood = rowsTaken == 0 && rowsRejected > 0;
        return nothingGood
                ? row(LedgerRow.REJECTED, "all of its " + rowsRejected + " records were rejected", counts)
                : row(LedgerRow.INGESTED, "", counts);
    }

    private LedgerRow row(String status, String reason, MergeCounts counts) {
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
                rowsTaken - counts.all(),
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
        return outcome(before, Status.ALREADY_INGESTED, "", IngestOutcome.Written.NOTHING);
    }

    IngestOutcome outcome(LedgerRow row, String hint) {
        boolean rejected = row.status().equals(LedgerRow.REJECTED);
        String how = rejected && hint.isEmpty() ? "See them with: select * from hudi.lake.rejected_readings" : hint;
        return outcome(row, rejected ? Status.REJECTED : Status.INGESTED, how, IngestOutcome.Written.NOTHING);
    }

    IngestOutcome committed(LedgerRow row, IngestOutcome.Written written) {
        return outcome(row, Status.INGESTED, "", written);
    }

    private IngestOutcome outcome(LedgerRow row, Status status, String hint, IngestOutcome.Written written) {
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
                written);
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
