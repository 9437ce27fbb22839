package io.meterlake.writer;

import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import io.meterlake.format.FileHeader;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.storage.Storage;
import io.meterlake.writer.commit.Ledger;
import io.meterlake.writer.commit.LedgerRow;
import io.meterlake.writer.source.LandingFile;
import io.meterlake.writer.upsert.ChannelZones;
import io.meterlake.writer.upsert.IncomingFile;
import io.meterlake.writer.upsert.IncomingReadings;
import io.meterlake.writer.upsert.MemoryBudget;
import io.meterlake.writer.validate.ReadingValidator;
import io.meterlake.writer.validate.plausibility.PlausibilityRules;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads files from the beginning of a list, as many as are committed together. For the holder of the lake's lock. */
final class BatchReader {
    private final Lake lake;
    private final int buckets;
    private final Ledger ledger;
    private final IngestListener listener;
    private final MemoryBudget budget;
    private final BatchLimit limit;
    private final PlausibilityRules rules;

    BatchReader(
            Lake lake,
            int buckets,
            Ledger ledger,
            IngestListener listener,
            MemoryBudget budget,
            BatchLimit limit,
            PlausibilityRules rules) {
        this.rules = rules;
        this.lake = lake;
        this.buckets = buckets;
        this.ledger = ledger;
        this.listener = listener;
        this.budget = budget;
        this.limit = limit;
    }

    /** The first files, one at least. Where a file can't be read, those before it are a batch. */
    FileBatch read(List<IngestRequest> requests) throws IOException {
        FileBatch batch = emptyBatch();
        try {
            long bytes = 0;
            for (IngestRequest request : requests) {
                // 0 for a file that is not there, which is told when it is opened.
                long size = new File(request.file().toString()).length();
                int files = batch.files().size();
                if (!limit.admits(size, files, bytes, batch.held()) || !add(batch, request)) {
                    break;
                }
                bytes += size;
            }
            return batch;
        } catch (RuntimeException e) {
            batch.close();
            throw e;
        }
    }

    /**
     * The same files once more, or as many of them as still go together.
     *
     * @param zones what the lake knows of the channels of files, by their number
     */
    FileBatch readAgain(FileBatch before, Map<Integer, ChannelZones> zones) throws IOException {
        // What comes needs the room.
        before.readings().close();
        FileBatch batch = emptyBatch();
        try {
            for (BatchFile file : before.files()) {
                if (!(file instanceof BatchFile.Read read)) {
                    batch.add(file);
                    continue;
                }
                ChannelZones ofFile = zones.getOrDefault(read.readings().number(), ChannelZones.NONE);
                if (!add(batch, read.opened(), parse(batch, read.opened(), ofFile))) {
                    return batch;
                }
            }
            before.failure().ifPresent(batch::failedAfter);
            return batch;
        } catch (UnreadableFileException e) {
            batch.close();
            throw new IOException("it was readable, and is no longer", e);
        } catch (IOException | RuntimeException e) {
            batch.close();
            throw e;
        }
    }

    private FileBatch emptyBatch() {
        Path root = lake.config().root();
        return new FileBatch(
                new IncomingReadings(buckets, budget, Storage.of(root).scratch(root)));
    }

    /** Whether the batch may go on. */
    private boolean add(FileBatch batch, IngestRequest request) {
        try {
            Path path = request.file();
            Instant now = lake.clock().instant().truncatedTo(ChronoUnit.MICROS);
            LandingFile file = LandingFile.of(
                    path, bytes -> listener.read(path, bytes, batch.readings().size()));
            batch.opened(file);
            listener.started(path, file.sizeBytes());
            // Another name or size is another file, nearly always: reading it need not wait for its checksum.
            Optional<LedgerRow> before =
                    ledger.hasOneLike(file.name(), file.sizeBytes()) ? ledger.find(file.checksum()) : Optional.empty();
            return add(batch, new BatchFile.Opened(request, file, new Outcomes(request, file, now, before), before));
        } catch (IOException e) {
            return failed(batch, notReadable(request.file(), e));
        } catch (RuntimeException e) {
            return failed(batch, e);
        }
    }

    private boolean add(FileBatch batch, BatchFile.Opened opened) throws IOException {
        BatchFile.Opened file = opened;
        while (!file.outcomes().isDone()) {
            listener.reached(file.path(), IngestStep.OPENED);
            Attempt attempt = attempt(batch, file);
            Optional<LedgerRow> known = file.before().isPresent()
                    ? Optional.empty()
                    : ledger.find(file.file().checksum());
            if (known.isEmpty()) {
                return switch (attempt) {
                    case Parsed parsed -> add(batch, file, parsed);
                    case VoidFile ofFile -> add(batch, file, ofFile.cause());
                    case Failed ofFile -> throw ofFile.cause();
                };
            }
            // It is in the ledger under another name: what that says of it decides.
            if (attempt instanceof Parsed parsed) {
                parsed.readings().drop();
            }
            file = file.withBefore(known.get());
        }
        batch.add(new BatchFile.Known(
                file.outcomes().alreadyIngested(file.before().orElseThrow())));
        return true;
    }

    private static boolean failed(FileBatch batch, RuntimeException cause) {
        if (batch.files().isEmpty()) {
            throw cause;
        }
        batch.failedAfter(cause);
        return false;
    }

    /** What reading a file came to. */
    private sealed interface Attempt {}

    private record Parsed(IncomingFile readings, ReadingValidator validator) implements Attempt {}

    private record VoidFile(UnreadableFileException cause) implements Attempt {}

    private record Failed(RuntimeException cause) implements Attempt {}

    private Attempt attempt(FileBatch batch, BatchFile.Opened file) throws IOException {
        try {
            return parse(batch, file, ChannelZones.NONE);
        } catch (UnreadableFileException e) {
            return new VoidFile(e);
        } catch (RuntimeException e) {
            return new Failed(e);
        }
    }

    private static boolean add(FileBatch batch, BatchFile.Opened file, UnreadableFileException cause)
            throws IOException {
        LedgerRow row = file.outcomes().unreadable(cause);
        if (batch.holds(row.fileChecksum())) {
            return false;
        }
        batch.add(
                file.outcomes().isInTheTable()
                        ? new BatchFile.Known(file.outcomes().outcome(row, cause.hint()))
                        : new BatchFile.Unreadable(file.outcomes(), row, cause.hint()));
        return true;
    }

    private static boolean add(FileBatch batch, BatchFile.Opened file, Parsed parsed) {
        Outcomes outcomes = file.outcomes();
        IncomingFile readings = parsed.readings();
        if (batch.decidesAbout(outcomes, readings)) {
            readings.drop();
            return false;
        }
        if (outcomes.isInTheTable() && readings.size() == 0) {
            readings.drop();
            batch.add(new BatchFile.Known(outcomes.nothingGood()));
            return true;
        }
        readings.keep(outcomes.facts());
        ReadingValidator validator = parsed.validator();
        batch.add(new BatchFile.Read(file, readings, validator.declared(), validator.utcDays()));
        return true;
    }

    private Parsed parse(FileBatch batch, BatchFile.Opened file, ChannelZones zones)
            throws IOException, UnreadableFileException {
        PlausibilityRules applied = rules.of(file.outcomes().facts().utility());
        Parsed parsed = parse(batch, file, zones, applied);
        PlausibilityRules ofSender = rules.of(file.outcomes().facts().utility());
        if (ofSender.equals(applied)) {
            return parsed;
        }
        // Some formats say at their end who sent the file, or nobody asked before.
        parsed.readings().drop();
        return parse(batch, file, zones, ofSender);
    }

    private Parsed parse(FileBatch batch, BatchFile.Opened file, ChannelZones zones, PlausibilityRules ofFile)
            throws IOException, UnreadableFileException {
        Outcomes outcomes = file.outcomes();
        IncomingFile readings = batch.readings().file(ChronoUnit.MICROS.between(Instant.EPOCH, outcomes.receivedAt()));
        ReadingValidator validator = new ReadingValidator(readings, ofFile.before(readings), zones);
        try {
            FileHeader header = file.request().format().read(file.file(), validator);
            file.file().refuseIfChanged();
            outcomes.parsed(header, validator.rowsRead(), readings);
            listener.reached(file.path(), IngestStep.READ);
        } catch (IOException | RuntimeException e) {
            readings.drop();
            throw e;
        }
        return new Parsed(readings, validator);
    }

    static MeterlakeException notReadable(Path path, IOException cause) {
        return new MeterlakeException(
                LakeErrorCode.FILE_NOT_READABLE,
                "Cannot read the file " + path + ": " + FailedIo.reason(cause),
                "Check the disk that it lies on, and that you may read it",
                cause);
    }
}
