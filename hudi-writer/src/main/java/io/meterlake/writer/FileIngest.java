package io.meterlake.writer;

import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import io.meterlake.format.FileHeader;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.LakeTable;
import io.meterlake.writer.commit.CommitListener;
import io.meterlake.writer.commit.LakeZones;
import io.meterlake.writer.commit.Ledger;
import io.meterlake.writer.commit.LedgerRow;
import io.meterlake.writer.commit.PresentFiles;
import io.meterlake.writer.commit.ReadingsCommit;
import io.meterlake.writer.commit.RejectedReadings;
import io.meterlake.writer.commit.UpsertPlan;
import io.meterlake.writer.parquet.BaseFileWriter;
import io.meterlake.writer.parquet.ColumnarBaseFileWriter;
import io.meterlake.writer.source.LandingFile;
import io.meterlake.writer.upsert.ChannelZones;
import io.meterlake.writer.upsert.FileFacts;
import io.meterlake.writer.upsert.IncomingReadings;
import io.meterlake.writer.upsert.MemoryBudget;
import io.meterlake.writer.upsert.SortedReadings;
import io.meterlake.writer.validate.ReadingValidator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * One file's journey, step by step. The order of the writes makes it safe to be cut off anywhere: rejects can be
 * written twice, an empty partition does no harm, the commit is atomic and carries the ledger's row and what is needed
 * to complete the changes, and both can be completed from it. For the holder of the lake's lock.
 */
final class FileIngest {
    /** Where readings go that memory has no room for. On the lake's disk, which has room for them later anyway. */
    private static final String SPILL_FOLDER = ".meterlake-spill";

    private final Lake lake;
    private final LakeTable table;
    private final int buckets;
    private final Ledger ledger;
    private final IngestListener listener;
    private final BaseFileWriter writer = new ColumnarBaseFileWriter();
    private final MemoryBudget budget;
    private final PresentFiles check;

    /** @param check looks for base files behind which a later one is missing */
    FileIngest(
            Lake lake,
            LakeTable table,
            Ledger ledger,
            IngestListener listener,
            MemoryBudget budget,
            PresentFiles check) {
        this.check = check;
        this.lake = lake;
        this.budget = budget;
        this.table = table;
        this.buckets = table.buckets();
        this.ledger = ledger;
        this.listener = listener;
    }

    IngestOutcome run(IngestRequest request) {
        Path path = request.file();
        Instant receivedAt = lake.clock().instant().truncatedTo(ChronoUnit.MICROS);
        try (IncomingReadings readings = incoming(receivedAt)) {
            try (LandingFile file = LandingFile.of(path, bytes -> listener.read(path, bytes, readings.size()))) {
                return run(request, file, readings, new Outcomes(request, file, receivedAt));
            }
        } catch (IOException e) {
            throw notReadable(path, e);
        }
    }

    private IncomingReadings incoming(Instant receivedAt) {
        return new IncomingReadings(
                buckets,
                ChronoUnit.MICROS.between(Instant.EPOCH, receivedAt),
                budget,
                lake.config().root().resolve(SPILL_FOLDER));
    }

    private IngestOutcome run(IngestRequest request, LandingFile file, IncomingReadings readings, Outcomes outcomes)
            throws IOException {
        Path path = request.file();
        listener.started(path, file.sizeBytes());
        // A file of a new size is a new file: reading it need not wait for its checksum.
        Optional<LedgerRow> before = ledger.hasSize(file.sizeBytes()) ? ledger.find(file.checksum()) : Optional.empty();
        if (before.isPresent() && before.get().status().equals(LedgerRow.INGESTED)) {
            return outcomes.alreadyIngested(before.get());
        }
        listener.reached(path, IngestStep.OPENED);
        ChannelZones zones;
        try {
            ReadingValidator validator = parse(request, file, readings, ChannelZones.NONE, outcomes);
            zones = zones(validator);
            if (zones.agreeWith(validator.declared())) {
                return take(path, before, readings, outcomes);
            }
        } catch (UnreadableFileException e) {
            LedgerRow row = outcomes.unreadable(e);
            writeLedger(path, row);
            return outcomes.outcome(row, e.hint());
        }
        // Only now is it known in which zones the lake holds the channels, and the sort needs them: once more.
        readings.close();
        try (IncomingReadings again = incoming(outcomes.receivedAt())) {
            parse(request, file, again, zones, outcomes);
            return take(path, before, again, outcomes);
        } catch (UnreadableFileException e) {
            throw new IOException("it was readable, and is no longer", e);
        }
    }

    private static ReadingValidator parse(
            IngestRequest request, LandingFile file, IncomingReadings readings, ChannelZones zones, Outcomes outcomes)
            throws IOException, UnreadableFileException {
        ReadingValidator validator = new ReadingValidator(readings, zones);
        FileHeader header = request.format().read(file, validator);
        file.refuseIfChanged();
        outcomes.parsed(header, validator.rowsRead(), readings);
        return validator;
    }

    private ChannelZones zones(ReadingValidator parsed) {
        if (parsed.declared().isEmpty()) {
            return ChannelZones.NONE;
        }
        try {
            return new LakeZones(table, buckets).of(parsed.declared(), parsed.utcDays());
        } catch (IOException e) {
            throw tableNotReadable(e);
        }
    }

    private IngestOutcome take(Path path, Optional<LedgerRow> before, IncomingReadings readings, Outcomes outcomes) {
        FileFacts facts = outcomes.facts();
        SortedReadings sorted = readings.sorted(facts);
        listener.reached(path, IngestStep.SORTED);
        if (before.isPresent() || !readings.rejects().isEmpty()) {
            new RejectedReadings(lake).write(facts, readings.rejects(), before.isPresent());
            listener.reached(path, IngestStep.REJECTS_WRITTEN);
        }
        return upsert(path, sorted, outcomes);
    }

    private IngestOutcome upsert(Path path, SortedReadings sorted, Outcomes outcomes) {
        UpsertPlan plan;
        try {
            plan = UpsertPlan.of(table, sorted, writer, check);
        } catch (IOException e) {
            throw tableNotReadable(e);
        }
        if (plan.changes().isEmpty()) {
            LedgerRow row = outcomes.planned(plan.counts(), plan.duplicates() + sorted.duplicates());
            writeLedger(path, row);
            return outcomes.outcome(row, "");
        }
        lake.registerPartitions(
                table.definition(),
                plan.days().stream().map(LocalDate::toString).toList());
        listener.reached(path, IngestStep.PARTITIONS_REGISTERED);
        ReadingsCommit.Done done = new ReadingsCommit(lake, writer, steps(path))
                .run(
                        plan,
                        sorted,
                        (counts, duplicates) -> outcomes.planned(counts, duplicates + sorted.duplicates()),
                        committed -> writeLedgerBehind(path, committed.ledgerRow()));
        return outcomes.committed(done.ledgerRow(), done, plan.days());
    }

    private void writeLedger(Path path, LedgerRow row) {
        ledger.write(List.of(row));
        listener.reached(path, IngestStep.LEDGER_WRITTEN);
    }

    /** The readings are visible by then: what fails is not to be taken for a failed commit. */
    private void writeLedgerBehind(Path path, LedgerRow committed) {
        try {
            ledger.write(List.of(committed));
        } catch (MeterlakeException e) {
            throw ledgerBehind(path, committed, e);
        }
        listener.reached(path, IngestStep.LEDGER_WRITTEN);
    }

    private CommitListener steps(Path path) {
        return new CommitListener() {
            @Override
            public void started() {
                listener.reached(path, IngestStep.COMMIT_STARTED);
            }

            @Override
            public void written(int files, int of) {
                listener.written(path, files, of);
            }

            @Override
            public void filesWritten() {
                listener.reached(path, IngestStep.FILES_WRITTEN);
            }

            @Override
            public void changesWritten() {
                listener.reached(path, IngestStep.CHANGES_WRITTEN);
            }

            @Override
            public void committed() {
                listener.reached(path, IngestStep.COMMITTED);
            }

            @Override
            public void changesCommitted() {
                listener.reached(path, IngestStep.CHANGES_COMMITTED);
            }
        };
    }

    /** Not {@code COMMIT_FAILED}, which says that nothing was taken in. */
    private static MeterlakeException ledgerBehind(Path path, LedgerRow committed, MeterlakeException cause) {
        return new MeterlakeException(
                LakeErrorCode.COMMIT_UNKNOWN,
                "Cannot finish the ingest of %s: its readings are visible by commit %s, and its row in ingested_files is missing. %s"
                        .formatted(path, committed.commitRequestedAt(), cause.getMessage()),
                "Mend the cause and run the command again: it completes ingested_files and takes nothing in twice",
                cause);
    }

    private MeterlakeException tableNotReadable(IOException cause) {
        return new MeterlakeException(
                LakeErrorCode.LAKE_STORAGE,
                "Cannot read the table " + table.definition().name() + ": " + FailedIo.reason(cause),
                "Check that you may read the lake's folder " + table.folder(),
                cause);
    }

    private static MeterlakeException notReadable(Path path, IOException cause) {
        return new MeterlakeException(
                LakeErrorCode.FILE_NOT_READABLE,
                "Cannot read the file " + path + ": " + FailedIo.reason(cause),
                "Check the disk that it lies on, and that you may read it",
                cause);
    }
}
