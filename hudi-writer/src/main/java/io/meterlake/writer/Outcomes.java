package io.meterlake.writer;

import static java.util.Objects.requireNonNull;

import io.meterlake.format.FileHeader;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.lake.CompletedInstant;
import io.meterlake.reading.Reject;
import io.meterlake.writer.IngestOutcome.Status;
import io.meterlake.writer.commit.LedgerRow;
import io.meterlake.writer.source.LandingFile;
import io.meterlake.writer.upsert.FileFacts;
import io.meterlake.writer.upsert.IncomingFile;
import io.meterlake.writer.upsert.MergeCounts;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what is to be told of a file, for the ledger and for the caller. */
final class Outcomes {
    private final IngestRequest request;
    private final LandingFile file;
    private final Instant receivedAt;
    private final Optional<LedgerRow> before;
    private String utility;
    private String checksum = "";
    private long rowsRead;
    private long rowsRejected;
    private long rowsTaken;
    private String firstReject = "";
    private MergeCounts counts = MergeCounts.NONE;
    private @Nullable Instant first;
    private @Nullable Instant last;

    /**
     * Of a file of which nothing is known yet.
     *
     * @param before what the ledger says of an earlier try; if that took the file in, it was received then
     */
    Outcomes(IngestRequest request, LandingFile file, Instant now, Optional<LedgerRow> before) {
        this.request = request;
        this.file = file;
        this.before = before;
        this.receivedAt = isInTheTable() ? Instant.parse(before.orElseThrow().receivedAt()) : now;
        this.utility = request.utility();
    }

    /** Whether an earlier try took it in, though maybe not all of it. */
    boolean isInTheTable() {
        return before.isPresent() && before.get().status().equals(LedgerRow.INGESTED);
    }

    /** Whether it was taken in before, and is not to be read once more. */
    boolean isDone() {
        return isInTheTable() && !(request.isRetry() && before.orElseThrow().rowsRejected() > 0);
    }

    /** How often it was read for the lake, this time counted. */
    int tries() {
        return before.map(LedgerRow::tries).orElse(0) + 1;
    }

    void parsed(FileHeader header, long read, IncomingFile readings) throws IOException {
        checksum = file.checksum();
        if (utility.isEmpty()) {
            utility = header.sender();
        }
        if (utility.isEmpty() && isInTheTable()) {
            utility = before.orElseThrow().utility();
        }
        rowsRead = read;
        rowsTaken = readings.size();
        rowsRejected = readings.rejectedRecords();
        List<Reject> rejects = readings.rejects();
        firstReject = rejects.isEmpty() ? "" : words(rejects.getFirst());
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
        // What an earlier try refused of it, this one says nothing about.
        return ofThisTry(LedgerRow.REJECTED, reason, Math.max(1, tries() - 1));
    }

    /** @param ofFile what became of its readings, but for those of which another one took the place before */
    LedgerRow planned(MergeCounts ofFile) {
        boolean nothingGood = rowsTaken == 0 && rowsRejected > 0;
        return nothingGood ? row(LedgerRow.REJECTED, allRejected(), ofFile) : row(LedgerRow.INGESTED, "", ofFile);
    }

    private String allRejected() {
        if (rowsRejected == 0) {
            return "it has no record that can be read";
        }
        return rowsRejected == 1
                ? "its only record was rejected: " + firstReject
                : "all of its %d records were rejected, the first one: %s".formatted(rowsRejected, firstReject);
    }

    private static String words(Reject reject) {
        String field = reject.field().isEmpty() ? "" : reject.field() + ": ";
        return "line %d: %s%s. Fix: %s".formatted(reject.line(), field, reject.reason(), reject.hint());
    }

    private LedgerRow row(String status, String reason, MergeCounts ofFile) {
        counts = ofFile;
        LedgerRow row = ofThisTry(status, reason);
        return isInTheTable() ? row.after(before.orElseThrow()) : row;
    }

    private LedgerRow ofThisTry(String status, String reason) {
        return ofThisTry(status, reason, tries());
    }

    private LedgerRow ofThisTry(String status, String reason, int tries) {
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
                receivedAt.toString(),
                tries);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    IngestOutcome alreadyIngested(LedgerRow before) {
        return outcome(before, Status.ALREADY_INGESTED, "", IngestOutcome.Written.NOTHING);
    }

    /** Of a try of which nothing is taken in, as the one before brought more. */
    IngestOutcome nothingGood() {
        return outcome(ofThisTry(LedgerRow.REJECTED, allRejected()), "");
    }

    IngestOutcome outcome(LedgerRow row, String hint) {
        boolean rejected = row.status().equals(LedgerRow.REJECTED);
        String how = rejected && hint.isEmpty() ? "See them with `./meterlake rejects list`" : hint;
        return outcome(row, rejected ? Status.REJECTED : Status.INGESTED, how, IngestOutcome.Written.NOTHING);
    }

    IngestOutcome committed(LedgerRow row, IngestOutcome.Written written) {
        return outcome(row, Status.INGESTED, "", written);
    }

    private IngestOutcome outcome(LedgerRow row, Status status, String hint, IngestOutcome.Written written) {
        boolean isRetried = status == Status.INGESTED && isInTheTable();
        LedgerRow told = isRetried ? ofThisTry(row.status(), row.reason()) : row;
        return new IngestOutcome(
                request.file(),
                row.fileChecksum(),
                row.utility(),
                row.format(),
                status,
                row.reason(),
                hint,
                row.sizeBytes(),
                told.rowsRead(),
                told.rowsNew(),
                told.rowsChanged(),
                told.rowsUnchanged(),
                told.rowsLate(),
                told.rowsDuplicate(),
                told.rowsRejected(),
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
