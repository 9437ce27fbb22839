package io.meterlake.writer;

import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.LakeTable;
import io.meterlake.writer.commit.CommitListener;
import io.meterlake.writer.commit.Ledger;
import io.meterlake.writer.commit.LedgerRow;
import io.meterlake.writer.commit.PresentFiles;
import io.meterlake.writer.commit.ReadingsCommit;
import io.meterlake.writer.commit.RejectedReadings;
import io.meterlake.writer.commit.UpsertPlan;
import io.meterlake.writer.parquet.BaseFileWriter;
import io.meterlake.writer.parquet.ColumnarBaseFileWriter;
import io.meterlake.writer.upsert.MemoryBudget;
import io.meterlake.writer.upsert.SortedReadings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A batch's journey, step by step. The order of the writes makes it safe to be cut off anywhere: the next ingest takes out
 * the rejects of files that the ledger does not have, an empty partition does no harm, the commit is atomic and carries the
 * ledger's rows and what is needed to complete the changes, and both can be completed from it. For the holder of the lake's
 * lock.
 */
final class BatchIngest {
    private final Lake lake;
    private final LakeTable table;
    private final Ledger ledger;
    private final IngestListener listener;
    private final BaseFileWriter writer = new ColumnarBaseFileWriter();
    private final PresentFiles check;
    private final MemoryBudget budget;

    /** @param check looks for base files behind which a later one is missing */
    BatchIngest(
            Lake lake,
            LakeTable table,
            Ledger ledger,
            IngestListener listener,
            PresentFiles check,
            MemoryBudget budget) {
        this.lake = lake;
        this.table = table;
        this.ledger = ledger;
        this.listener = listener;
        this.check = check;
        this.budget = budget;
    }

    /** Takes a batch in; what became of its files, in their order. */
    List<IngestOutcome> run(FileBatch batch) {
        List<BatchFile.Read> files = batch.read();
        if (files.isEmpty()) {
            BatchLedger rows = new BatchLedger(batch);
            writeLedger(rows.all().toList(), files);
            return rows.outcomes();
        }
        SortedReadings sorted = batch.readings().sorted();
        reached(files, IngestStep.SORTED);
        if (files.stream().anyMatch(BatchFile.Read::concernsRejects)) {
            new RejectedReadings(lake)
                    .write(files.stream()
                            .filter(BatchFile.Read::concernsRejects)
                            .map(BatchFile.Read::rejects)
                            .toList());
            reached(files, IngestStep.REJECTS_WRITTEN);
        }
        return upsert(new BatchLedger(batch), files, sorted);
    }

    /** What {@link #run} would tell, if the batch were taken in now; changes nothing. */
    List<IngestOutcome> count(FileBatch batch) {
        BatchLedger rows = new BatchLedger(batch);
        try {
            SortedReadings sorted = batch.readings().sorted();
            rows.decided(UpsertPlan.of(table, sorted, writer, check).countAll(table, sorted, writer));
        } catch (IOException e) {
            throw tableNotReadable(table, e);
        }
        return rows.outcomes();
    }

    private List<IngestOutcome> upsert(BatchLedger rows, List<BatchFile.Read> files, SortedReadings sorted) {
        UpsertPlan plan;
        try {
            plan = UpsertPlan.of(table, sorted, writer, check);
        } catch (IOException e) {
            throw tableNotReadable(table, e);
        }
        if (plan.changes().isEmpty()) {
            rows.decided(plan.counts());
            writeLedger(rows.all().toList(), files);
            return rows.outcomes();
        }
        lake.registerPartitions(
                table.definition(),
                plan.days().stream().map(LocalDate::toString).toList());
        reached(files, IngestStep.PARTITIONS_REGISTERED);
        ReadingsCommit.Done done = new ReadingsCommit(lake, writer, budget.changesHeld(), steps(files))
                .run(plan, sorted, rows::decided, committed -> writeLedgerBehind(rows, files, committed));
        rows.committed(done, plan.days());
        return rows.outcomes();
    }

    private void writeLedger(List<LedgerRow> rows, List<BatchFile.Read> files) {
        if (!rows.isEmpty()) {
            ledger.write(rows);
        }
        reached(files, IngestStep.LEDGER_WRITTEN);
        resolveRejects(files);
    }

    /** What a try before this one refused, and this one did not: once the ledger says that this one counts. */
    private void resolveRejects(List<BatchFile.Read> files) {
        if (files.stream().anyMatch(file -> file.opened().before().isPresent())) {
            new RejectedReadings(lake).settle(ledger);
        }
    }

    /** The readings are visible by then: what fails is not to be taken for a failed commit. */
    private void writeLedgerBehind(BatchLedger rows, List<BatchFile.Read> files, ReadingsCommit.Done committed) {
        try {
            ledger.write(Stream.concat(committed.ledgerRows().stream(), rows.withoutCommit())
                    .toList());
        } catch (MeterlakeException e) {
            throw ledgerBehind(committed.ledgerRows(), e);
        }
        reached(files, IngestStep.LEDGER_WRITTEN);
        resolveRejects(files);
    }

    private void reached(List<BatchFile.Read> files, IngestStep step) {
        files.forEach(file -> listener.reached(file.path(), step));
    }

    private CommitListener steps(List<BatchFile.Read> files) {
        List<Path> paths = files.stream().map(BatchFile.Read::path).toList();
        Consumer<IngestStep> each = step -> reached(files, step);
        return new CommitListener() {
            @Override
            public void started() {
                each.accept(IngestStep.COMMIT_STARTED);
            }

            @Override
            public void written(int baseFiles, int of) {
                listener.written(paths, baseFiles, of);
            }

            @Override
            public void filesWritten() {
                each.accept(IngestStep.FILES_WRITTEN);
            }

            @Override
            public void changesWritten() {
                each.accept(IngestStep.CHANGES_WRITTEN);
            }

            @Override
            public void committed() {
                each.accept(IngestStep.COMMITTED);
            }

            @Override
            public void changesCommitted() {
                each.accept(IngestStep.CHANGES_COMMITTED);
            }
        };
    }

    /** Not {@code COMMIT_FAILED}, which says that nothing was taken in. */
    private static MeterlakeException ledgerBehind(List<LedgerRow> committed, MeterlakeException cause) {
        List<String> names =
                new ArrayList<>(committed.stream().map(LedgerRow::sourceFile).toList());
        String files = names.size() == 1
                ? "%s: its readings are".formatted(names.getFirst())
                : "%s and %d more: their readings are".formatted(names.getFirst(), names.size() - 1);
        return new MeterlakeException(
                LakeErrorCode.COMMIT_UNKNOWN,
                "Cannot finish the ingest of %s visible by commit %s, and missing in ingested_files. %s"
                        .formatted(files, committed.getFirst().commitRequestedAt(), cause.getMessage()),
                "Mend the cause and run the command again: it completes ingested_files and takes nothing in twice",
                cause);
    }

    static MeterlakeException tableNotReadable(LakeTable table, IOException cause) {
        return new MeterlakeException(
                LakeErrorCode.LAKE_STORAGE,
                "Cannot read the table " + table.definition().name() + ": " + FailedIo.reason(cause),
                "Check that you may read the lake's folder " + table.folder(),
                cause);
    }
}
