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

    /** Takes what became of all readings; the rows of the files that changed something, without the commit's instants. */
    List<LedgerRow> decided(MergeCounts ofBatch) {
        counts = ofBatch;
        for (BatchFile.Read file : batch.read()) {
            int number = file.readings().number();
            rows.put(number, file.outcomes().planned(counts.ofFile(number)));
        }
        return batch.read().stream()
                .filter(this::isCommitted)
                .map(file -> requireNonNull(rows.get(file.readings().number())))
                .toList();
    }

    private boolean isCommitted(BatchFile.Read file) {
        return counts.ofFile(file.readings().number()).anyWritten();
    }

    /** The rows of the files that have no part in the commit: void, or without anything new. */
    List<LedgerRow> withoutCommit() {
        return batch.files().stream()
                .flatMap(file -> switch (file) {
                    case BatchFile.Known known -> Stream.<LedgerRow>empty();
                    case BatchFile.Unreadable known -> Stream.of(known.row());
                    case BatchFile.Read read ->
                        isCommitted(read)
                                ? Stream.<LedgerRow>empty()
                                : Stream.of(
                                        requireNonNull(rows.get(read.readings().number())));
                })
                .toList();
    }

    /** Takes what the commit wrote. */
    void committed(ReadingsCommit.Done done, List<LocalDate> days) {
        Map<String, LedgerRow> byChecksum = new HashMap<>();
        done.ledgerRows().forEach(row -> byChecksum.put(row.fileChecksum(), row));
        IngestOutcome.Written written = new IngestOutcome.Written(
                done.ledgerRows().size(),
                counts.added() + counts.changed(),
                days,
                done.files(),
                done.filesReplaced(),
                done.rows(),
                done.bytes());
        batch.read().stream().filter(this::isCommitted).forEach(file -> {
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
