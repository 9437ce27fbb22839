package io.meterlake.writer;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CommitLock;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeTable;
import io.meterlake.lake.LakeTables;
import io.meterlake.lake.WriterLock;
import io.meterlake.snapshot.SnapshotProtection;
import io.meterlake.writer.commit.Ledger;
import io.meterlake.writer.commit.PresentFiles;
import io.meterlake.writer.commit.Recovery;
import io.meterlake.writer.commit.RejectedReadings;
import io.meterlake.writer.upsert.ChannelZones;
import io.meterlake.writer.upsert.MemoryBudget;
import io.meterlake.writer.validate.plausibility.PlausibilityRules;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Takes meter files into a lake. A file is part of one atomic commit: its readings are all visible or none. Small files are
 * committed together, which makes the same table as one after the other; but values that are replaced by a file of the same
 * commit never were in the table, and are not in {@code reading_changes}. The same file again changes nothing, and so does
 * a run that repeats one that was cut off anywhere. Thread-safe; ingests into one lake wait for each other.
 */
public final class Ingest {
    private final Lake lake;
    private final IngestListener listener;
    private final MemoryBudget budget;
    private final boolean withoutMissingFiles;
    private final BatchLimit limit;
    private final PlausibilityRules rules;

    /** With a share of this program's heap. */
    public Ingest(Lake lake, IngestListener listener) {
        this(lake, listener, MemoryBudget.ofHeap(Runtime.getRuntime().maxMemory()));
    }

    /** With a memory budget of its own. */
    public Ingest(Lake lake, IngestListener listener, MemoryBudget budget) {
        this(lake, listener, budget, false, BatchLimit.of(budget), PlausibilityRules.NONE);
    }

    private Ingest(
            Lake lake,
            IngestListener listener,
            MemoryBudget budget,
            boolean withoutMissingFiles,
            BatchLimit limit,
            PlausibilityRules rules) {
        this.rules = requireNonNull(rules, "rules is null");
        this.withoutMissingFiles = withoutMissingFiles;
        this.limit = limit;
        this.budget = requireNonNull(budget, "budget is null");
        this.lake = requireNonNull(lake, "lake is null");
        this.listener = requireNonNull(listener, "listener is null");
    }

    /**
     * One that goes on from the files that are there, where later ones are missing: what only these held is lost, unless it
     * is delivered again.
     */
    public Ingest withoutMissingFiles() {
        return new Ingest(lake, listener, budget, true, limit, rules);
    }

    /** One for which each file is a commit of its own. */
    public Ingest oneByOne() {
        return with(BatchLimit.ONE_BY_ONE);
    }

    /** One that rejects what these rules find. */
    public Ingest rejecting(PlausibilityRules implausible) {
        return new Ingest(lake, listener, budget, withoutMissingFiles, limit, implausible);
    }

    /** One that commits other numbers of files together. */
    Ingest with(BatchLimit changed) {
        return new Ingest(lake, listener, budget, withoutMissingFiles, changed, rules);
    }

    /**
     * Ingests one file.
     *
     * @throws MeterlakeException {@code FILE_NOT_READABLE}, {@code FILE_CHANGED}, {@code LAKE_LOCKED},
     *     {@code METASTORE_DOWN}, {@code METASTORE_REFUSED}, {@code COMMIT_FAILED}: nothing of the file was taken in,
     *     and it may be tried again; {@code UNPROTECTED_SNAPSHOT}, {@code MISSING_BASE_FILE}: the same, once the
     *     snapshot is protected or dropped, or the file is back; {@code COMMIT_UNKNOWN}: its readings may be visible or
     *     not, or are visible and the ledger lacks the file; it may be tried again, too, and may turn out to be there
     *     already; {@code COMMIT_INCOMPLETE}: they are visible, and the next ingest completes what they changed. A file
     *     that is void is no exception but an outcome
     */
    public IngestOutcome ingest(IngestRequest request) {
        return ingest(List.of(request)).getFirst();
    }

    /**
     * Ingests files in this order, small ones together. When it throws, outcomes of which the listener was told stand. A
     * file that cannot be read holds those before it not up: they are committed before it throws.
     *
     * @throws MeterlakeException as {@link #ingest(IngestRequest)}
     */
    public List<IngestOutcome> ingest(List<IngestRequest> requests) {
        try (WriterLock lock = lake.lock()) {
            requireNonNull(lock);
            // A commit cleans, and what completes an earlier one is a commit, too.
            new SnapshotProtection(lake).require("ingest");
            return ingest(requests, recovered(), BatchIngest::run);
        }
    }

    /**
     * What an ingest of these files would tell; nothing is written to any table. Each batch of files is compared with the
     * lake as it is now.
     *
     * @throws MeterlakeException {@code FILE_NOT_READABLE}, {@code FILE_CHANGED}, {@code LAKE_LOCKED},
     *     {@code LAKE_STORAGE}, {@code MISSING_BASE_FILE}
     */
    public List<IngestOutcome> dryRun(List<IngestRequest> requests) {
        // Nobody is to clean away what is compared.
        try (WriterLock lock = lake.lock()) {
            requireNonNull(lock);
            return ingest(requests, Ledger.read(lake), BatchIngest::count);
        }
    }

    /** What is done with a batch. */
    private interface Work {
        List<IngestOutcome> of(BatchIngest ingest, FileBatch batch);
    }

    private List<IngestOutcome> ingest(List<IngestRequest> requests, Ledger ledger, Work work) {
        List<IngestOutcome> outcomes = new ArrayList<>();
        LakeTable table = lake.table(LakeTables.METER_READINGS.name());
        int buckets = table.buckets();
        BatchReader reader = new BatchReader(lake, buckets, ledger, listener, budget, limit, rules);
        BatchZones zones = new BatchZones(table, buckets);
        BatchIngest ingest = new BatchIngest(lake, table, ledger, listener, check(table), budget);
        while (outcomes.size() < requests.size()) {
            List<IngestRequest> rest = requests.subList(outcomes.size(), requests.size());
            try (FileBatch batch = reader.read(rest)) {
                outcomes.addAll(take(batch, reader, one -> work.of(ingest, one), zones));
            } catch (IOException e) {
                throw BatchReader.notReadable(rest.getFirst().file(), e);
            }
        }
        return outcomes;
    }

    private List<IngestOutcome> take(
            FileBatch batch, BatchReader reader, Function<FileBatch, List<IngestOutcome>> work, BatchZones lakeZones)
            throws IOException {
        Map<Integer, ChannelZones> zones = lakeZones.disagreeing(batch.read());
        if (zones.isEmpty()) {
            return take(batch, work);
        }
        // Only now is it known in which zones the lake holds the channels, and the sort needs them: once more.
        try (FileBatch again = reader.readAgain(batch, zones)) {
            return take(again, work);
        }
    }

    private List<IngestOutcome> take(FileBatch batch, Function<FileBatch, List<IngestOutcome>> work) {
        List<IngestOutcome> outcomes = work.apply(batch);
        outcomes.forEach(listener::finished);
        batch.failure().ifPresent(failure -> {
            throw failure;
        });
        return outcomes;
    }

    private PresentFiles check(LakeTable table) {
        Predicate<LocalDate> registered = day -> lake.wasRegistered(table.definition(), day.toString());
        return withoutMissingFiles
                ? PresentFiles.takingOlder(table, registered)
                : PresentFiles.refusingOlder(table, registered);
    }

    /** A pin must not come between the parts of a commit that are completed here. */
    private Ledger recovered() {
        try (CommitLock lock = lake.commitLock()) {
            requireNonNull(lock);
            Ledger ledger = Recovery.run(lake);
            new RejectedReadings(lake).settle(ledger);
            return ledger;
        }
    }
}
