package io.meterlake.writer.commit;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CommitCompletion;
import io.meterlake.lake.CommitLock;
import io.meterlake.lake.CompletedInstant;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeTable;
import io.meterlake.lake.LakeTables;
import io.meterlake.writer.parquet.BaseFileWriter;
import io.meterlake.writer.upsert.MergeCounts;
import io.meterlake.writer.upsert.SortedReadings;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.client.WriteStatus;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.model.WriteOperationType;
import org.apache.hudi.common.util.Option;

/**
 * One atomic commit to meter_readings, and what it replaces to reading_changes: our base files under Hudi's protocol.
 * Hudi's client keeps the timeline, the markers, cleaning, archiving and rollback; it never sees a row. For the holder
 * of the lake's lock.
 */
public final class ReadingsCommit {
    /** The key of the ledger rows in a commit's metadata. */
    static final String LEDGER_KEY = "meterlake.ledger";

    private final Lake lake;
    private final LakeTable table;
    private final LakeTable changesTable;
    private final BaseFileWriter writer;
    private final int changesHeld;
    private final CommitListener listener;

    /**
     * Commits to the lake's readings.
     *
     * @param changesHeld how many changed readings of a base file may be held in memory
     */
    public ReadingsCommit(Lake lake, BaseFileWriter writer, int changesHeld, CommitListener listener) {
        this.lake = lake;
        this.table = lake.table(LakeTables.METER_READINGS.name());
        this.changesTable = lake.table(LakeTables.READING_CHANGES.name());
        this.writer = writer;
        this.changesHeld = changesHeld;
        this.listener = listener;
    }

    /**
     * A commit that took effect.
     *
     * @param files how many base files it wrote
     * @param filesReplaced how many of them took the place of others
     * @param rows how many rows they have, those that were there before among them
     * @param bytes their size
     * @param ledgerRows the rows that went into its metadata, with the commit's instants
     */
    public record Done(int files, int filesReplaced, long rows, long bytes, List<LedgerRow> ledgerRows) {
        public Done {
            ledgerRows = List.copyOf(ledgerRows);
        }
    }

    /**
     * Writes what the plan says, and what it replaces. Returns when all of it is visible.
     *
     * <p>Hudi has no commit over two tables. So the changes are written first and left to complete; the commit of the
     * readings, which decides, carries all that is needed to complete them.
     *
     * @param ledgerRows makes, of what became of all readings, the rows of the files that were taken in, without the
     *     commit's instants
     * @param afterwards writes what belongs to the commit, before anybody can pin the lake
     * @throws MeterlakeException {@code COMMIT_FAILED}, {@code METASTORE_DOWN}: nothing is visible, and what was left
     *     is taken back by the next ingest; {@code COMMIT_UNKNOWN}: it can't be told, and nothing was touched any more;
     *     {@code COMMIT_INCOMPLETE}: the readings are visible, what they replaced is not
     */
    public Done run(
            UpsertPlan plan,
            SortedReadings readings,
            Function<MergeCounts, List<LedgerRow>> ledgerRows,
            Consumer<Done> afterwards) {
        try (HoodieJavaWriteClient<?> client = table.writeClient()) {
            String instant = StartedCommit.request(table, client::startCommit);
            try (ReadingChanges changes = new ReadingChanges(changesTable, instant, plan, changesHeld)) {
                BucketFilesWriter.Written written = writeFiles(client, instant, plan, readings, changes);
                List<LedgerRow> rows = ledgerRows.apply(plan.counts().plus(written.counts()));
                listener.filesWritten();
                Optional<PendingChanges> pending = changes.pending();
                if (pending.isPresent()) {
                    registerDays(changes);
                    listener.changesWritten();
                }
                try (CommitLock lock = table.commitLock()) {
                    requireNonNull(lock);
                    plan.seen().requireUnchanged(table, instant);
                    changes.requireInFlight();
                    Map<String, String> metadata = metadata(rows, pending);
                    table.requireLocks();
                    CompletedInstant completed = new CommitCompletion(table, instant)
                            .run(() -> client.commit(instant, written.statuses(), Option.of(metadata)));
                    Done done = done(
                            written.statuses(),
                            rows.stream().map(row -> row.committed(completed)).toList());
                    listener.committed();
                    if (pending.isPresent()) {
                        pending.get().complete(changesTable);
                        listener.changesCommitted();
                    }
                    afterwards.accept(done);
                    return done;
                }
            }
        }
    }

    private static Done done(List<WriteStatus> statuses, List<LedgerRow> ledgerRows) {
        int replaced = 0;
        long rows = 0;
        long bytes = 0;
        for (WriteStatus status : statuses) {
            HoodieWriteStat stat = status.getStat();
            replaced += stat.getPrevCommit().equals(HoodieWriteStat.NULL_COMMIT) ? 0 : 1;
            rows += stat.getNumWrites();
            bytes += stat.getFileSizeInBytes();
        }
        return new Done(statuses.size(), replaced, rows, bytes, ledgerRows);
    }

    private BucketFilesWriter.Written writeFiles(
            HoodieJavaWriteClient<?> client,
            String instant,
            UpsertPlan plan,
            SortedReadings readings,
            ReadingChanges changes) {
        try {
            StartedCommit commit = StartedCommit.start(table, client, instant, planned(plan));
            listener.started();
            return new BucketFilesWriter(commit, writer, changes, listener).write(plan, readings);
        } catch (IOException | RuntimeException e) {
            throw new CommitCompletion(table, instant).failed(e);
        }
    }

    private void registerDays(ReadingChanges changes) {
        lake.registerPartitions(
                changesTable.definition(),
                changes.days().stream().map(LocalDate::toString).toList());
    }

    private static Map<String, String> metadata(List<LedgerRow> ledgerRows, Optional<PendingChanges> changes) {
        Map<String, String> metadata = new HashMap<>();
        metadata.put(LEDGER_KEY, LedgerRow.json(ledgerRows));
        changes.ifPresent(pending -> metadata.putAll(pending.toMetadata()));
        return metadata;
    }

    /** The base files that will be replaced. */
    private static HoodieCommitMetadata planned(UpsertPlan plan) {
        HoodieCommitMetadata metadata = new HoodieCommitMetadata();
        metadata.setOperationType(WriteOperationType.UPSERT);
        for (UpsertPlan.Change change : plan.changes()) {
            HoodieWriteStat stat = new HoodieWriteStat();
            stat.setFileId(change.present().map(file -> file.getFileId()).orElse(""));
            stat.setPrevCommit(
                    change.present().map(file -> file.getCommitTime()).orElse(HoodieWriteStat.NULL_COMMIT));
            metadata.addWriteStat(change.partitionPath(), stat);
        }
        return metadata;
    }
}
