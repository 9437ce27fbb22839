package io.meterlake.writer;

import static java.util.Objects.requireNonNull;

import io.meterlake.writer.commit.LedgerRow;
import io.meterlake.writer.commit.ReadingsCommit;
import io.meterlake.writer.upsert.MergeCounts;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is to be told of each file of a batch, for the ledger and for the caller. Not thread-safe. */
final class BatchLedger {
    private final FileBatch batch;
    /** By number of the file. */
    private final Map<Integer, LedgerRow> rows = new HashMap<>();

    private final Map<Integer, IngestOutcome> outcomes = new HashMap<>();
    private MergeCounts counts = MergeCounts.NONE;

    BatchLedger(FileBatch batch) {
        this.batch = batch;
    }

    /**
     * Takes what became of all readings; the rows that go into the commit, without its instants: of every file that had a
     * good reading. One of which nothing is left, as a later file of the batch had it all, is among them: were it not known
     * after a crash, it would be read again, as the last one that came.
     */
    List<LedgerRow> decided(MergeCounts ofBatch) {
        counts = ofBatch;
        for (BatchFile.Read file : batch.read()) {
            int number = file.readings().number();
            rows.put(number, file.outcomes().planned(counts.ofFile(number)));
        }
        return all().filter(BatchLedger::goesIntoTheCommit).toList();
    }

    private static boolean goesIntoTheCommit(LedgerRow row) {
        return row.status().equals(LedgerRow.INGESTED);
    }

    /** The rows of all files that are not known yet. */
    Stream<LedgerRow> all() {
        return batch.files().stream().flatMap(file -> switch (file) {
            case BatchFile.Known known -> Stream.empty();
            case BatchFile.Unreadable known -> Stream.of(known.row());
            case BatchFile.Read read ->
                Stream.of(requireNonNull(rows.get(read.readings().number())));
        });
    }

    /** The rows that are not in the commit: of files that are void, or have no good reading. */
    Stream<LedgerRow> withoutCommit() {
        return all().filter(row -> !goesIntoTheCommit(row));
    }

    private boolean isWritten(BatchFile.Read file) {
        return counts.ofFile(file.readings().number()).anyWritten();
    }

    /** Takes what the commit wrote. */
    void committed(ReadingsCommit.Done done, List<LocalDate> days) {
        Map<String, LedgerRow> byChecksum = new HashMap<>();
        done.ledgerRows().forEach(row -> byChecksum.put(row.fileChecksum(), row));
        IngestOutcome.Written written = new IngestOutcome.Written(
                Math.toIntExact(batch.read().stream().filter(this::isWritten).count()),
                counts.added() + counts.changed(),
                days,
                done.files(),
                done.filesReplaced(),
                done.rows(),
                done.bytes());
        batch.read().stream().filter(this::isWritten).forEach(file -> {
            LedgerRow row =
                    requireNonNull(byChecksum.get(file.outcomes().facts().checksum()));
            outcomes.put(file.readings().number(), file.outcomes().committed(row, written));
        });
    }

    /** In the order of the files. */
    List<IngestOutcome> outcomes() {
        return batch.files().stream()
                .map(file -> switch (file) {
                    case BatchFile.Known known -> known.outcome();
                    case BatchFile.Unreadable known -> known.outcomes().outcome(known.row(), known.hint());
                    case BatchFile.Read read -> {
                        int number = read.readings().number();
                        IngestOutcome committed = outcomes.get(number);
                        yield committed == null
                                ? read.outcomes().outcome(requireNonNull(rows.get(number)), "")
                                : committed;
                    }
                })
                .toList();
    }
}
