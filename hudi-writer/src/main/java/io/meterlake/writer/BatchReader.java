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
                } else if (!parse(
                        batch, read.opened(), zones.getOrDefault(read.readings().number(), ChannelZones.NONE))) {
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
            return add(batch, request, file, now, before);
        } catch (IOException e) {
            return failed(batch, notReadable(request.file(), e));
        } catch (RuntimeException e) {
            return failed(batch, e);
        }
    }

    /** Whether the batch may go on. */
    private boolean add(
            FileBatch batch, IngestRequest request, LandingFile file, Instant now, Optional<LedgerRow> before)
            throws IOException {
        Outcomes outcomes = new Outcomes(request, file, now, before);
        if (outcomes.isDone()) {
            batch.add(new BatchFile.Known(outcomes.alreadyIngested(before.orElseThrow())));
            return true;
        }
        listener.reached(request.file(), IngestStep.OPENED);
        return parseOrVoid(batch, new BatchFile.Opened(request, file, outcomes, before));
    }

    private static boolean failed(FileBatch batch, RuntimeException cause) {
        if (batch.files().isEmpty()) {
            throw cause;
        }
        batch.failedAfter(cause);
        return false;
    }

    /** Whether the batch may go on. */
    private boolean parseOrVoid(FileBatch batch, BatchFile.Opened file) throws IOException {
        try {
            return parse(batch, file, ChannelZones.NONE);
        } catch (UnreadableFileException e) {
            Optional<LedgerRow> known = knownAfterAll(file);
            if (known.isPresent()) {
                return addKnown(batch, file, known);
            }
            LedgerRow row = file.outcomes().unreadable(e);
            if (batch.holds(row.fileChecksum())) {
                return false;
            }
            if (file.outcomes().isInTheTable()) {
                batch.add(new BatchFile.Known(file.outcomes().outcome(row, e.hint())));
                return true;
            }
            batch.add(new BatchFile.Unreadable(file.outcomes(), row, e.hint()));
            return true;
        }
    }

    /** What the ledger says of a file that was taken for a new one, and is in it under another name. */
    private Optional<LedgerRow> knownAfterAll(BatchFile.Opened file) throws IOException {
        return file.before().isPresent()
                ? Optional.empty()
                : ledger.find(file.file().checksum());
    }

    private boolean addKnown(FileBatch batch, BatchFile.Opened file, Optional<LedgerRow> before) throws IOException {
        return add(batch, file.request(), file.file(), file.outcomes().receivedAt(), before);
    }

    /** A file as it was read. */
    private record Parsed(IncomingFile readings, ReadingValidator validator) {}

    /** Whether the batch may go on. */
    private boolean parse(FileBatch batch, BatchFile.Opened file, ChannelZones zones)
            throws IOException, UnreadableFileException {
        Outcomes outcomes = file.outcomes();
        PlausibilityRules applied = rules.of(outcomes.facts().utility());
        Parsed parsed = parse(batch, file, zones, applied);
        Optional<LedgerRow> known = knownAfterAll(file);
        if (known.isPresent()) {
            parsed.readings().drop();
            return addKnown(batch, file, known);
        }
        PlausibilityRules ofSender = rules.of(outcomes.facts().utility());
        if (!ofSender.equals(applied)) {
            // Some formats say at their end who sent the file, or nobody asked before.
            parsed.readings().drop();
            parsed = parse(batch, file, zones, ofSender);
        }
        IncomingFile readings = parsed.readings();
        ReadingValidator validator = parsed.validator();
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
        batch.add(new BatchFile.Read(file, readings, validator.declared(), validator.utcDays()));
        return true;
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
            listener.reached(file.request().file(), IngestStep.READ);
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
