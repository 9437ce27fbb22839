package io.meterlake.writer.commit;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CompletedInstant;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.LakeTable;
import io.meterlake.writer.parquet.BaseFileWriter;
import io.meterlake.writer.upsert.SortedReadings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.client.WriteStatus;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.model.WriteOperationType;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieActiveTimeline;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.exception.HoodieException;
import org.apache.hudi.table.HoodieTable;

/**
 * One atomic commit to meter_readings: our base files under Hudi's protocol. Hudi's client keeps the timeline, the
 * markers, cleaning, archiving and rollback; it never sees a row. For the holder of the lake's lock.
 */
public final class ReadingsCommit {
    /** The key of the ledger row in a commit's metadata. */
    static final String LEDGER_KEY = "meterlake.ledger";

    private final LakeTable table;
    private final BaseFileWriter writer;
    private final CommitListener listener;

    public ReadingsCommit(LakeTable table, BaseFileWriter writer, CommitListener listener) {
        this.table = table;
        this.writer = writer;
        this.listener = listener;
    }

    /**
     * A commit that took effect.
     *
     * @param files how many base files it wrote
     * @param bytes their size
     */
    public record Done(CompletedInstant instant, int files, long bytes) {}

    /**
     * Writes what the plan says. Returns when all of it is visible; when it throws, nothing of it is.
     *
     * @throws MeterlakeException {@code COMMIT_FAILED}: nothing is visible, and what was left is taken back by the
     *     next commit; {@code COMMIT_UNKNOWN}: it can't be told, and nothing was touched any more
     */
    public Done run(UpsertPlan plan, SortedReadings readings, LedgerRow ledgerRow) {
        try (HoodieJavaWriteClient<?> client = table.writeClient()) {
            String instant = client.startCommit();
            List<WriteStatus> statuses;
            try {
                statuses = writeFiles(client, instant, plan, readings);
            } catch (IOException | RuntimeException e) {
                throw failed(instant, e);
            }
            listener.filesWritten();
            CompletedInstant completed = complete(client, instant, statuses, ledgerRow);
            long bytes = statuses.stream()
                    .mapToLong(status -> status.getStat().getFileSizeInBytes())
                    .sum();
            return new Done(completed, statuses.size(), bytes);
        }
    }

    private List<WriteStatus> writeFiles(
            HoodieJavaWriteClient<?> client, String instant, UpsertPlan plan, SortedReadings readings)
            throws IOException {
        HoodieTable<?, ?, ?, ?> hoodieTable = client.initTable(WriteOperationType.UPSERT, Option.of(instant));
        HoodieTableMetaClient metaClient = hoodieTable.getMetaClient();
        client.preWrite(instant, WriteOperationType.UPSERT, metaClient);
        HoodieInstant requested =
                metaClient.createNewInstant(HoodieInstant.State.REQUESTED, metaClient.getCommitActionType(), instant);
        metaClient.getActiveTimeline().transitionRequestedToInflight(requested, Option.of(planned(plan)));
        listener.started();
        return new BucketFilesWriter(table, hoodieTable, instant, writer, listener).write(plan, readings);
    }

    /** What Hudi's own writers announce, so that others can tell a conflict. */
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

    private CompletedInstant complete(
            HoodieJavaWriteClient<?> client, String instant, List<WriteStatus> statuses, LedgerRow ledgerRow) {
        RuntimeException failure = null;
        try {
            client.commit(instant, statuses, Option.of(Map.of(LEDGER_KEY, ledgerRow.json())));
        } catch (RuntimeException e) {
            // Cleaning and archiving come after the commit took effect, and may be what failed: only the timeline
            // can tell.
            failure = e;
        }
        Optional<CompletedInstant> completed;
        try {
            completed = find(instant);
        } catch (HoodieException e) {
            if (failure != null) {
                e.addSuppressed(failure);
            }
            throw new MeterlakeException(
                    LakeErrorCode.COMMIT_UNKNOWN,
                    "Cannot tell whether commit " + instant + " to "
                            + table.definition().name() + " took effect: " + e.getMessage(),
                    "Run the command again once the lake's disk is back: it finds out, and completes or takes back",
                    e);
        }
        if (completed.isPresent()) {
            return completed.get();
        }
        throw failed(instant, requireNonNull(failure, "Hudi reports a commit that is not there"));
    }

    /**
     * The commit, or nothing if it is pending still.
     *
     * @throws HoodieException if it is neither: a timeline that does not know it, such as one that Hudi takes for empty
     *     because its folder can't be listed, tells nothing
     */
    private Optional<CompletedInstant> find(String instant) {
        HoodieActiveTimeline timeline = table.metaClient().getActiveTimeline();
        Optional<CompletedInstant> completed = timeline.filterCompletedInstants().getInstants().stream()
                .filter(one -> one.requestedTime().equals(instant))
                .map(LakeTable::completed)
                .findFirst();
        if (completed.isEmpty() && !timeline.filterInflightsAndRequested().containsInstant(instant)) {
            throw new HoodieException("the timeline does not know it");
        }
        return completed;
    }

    private MeterlakeException failed(String instant, Exception cause) {
        return new MeterlakeException(
                LakeErrorCode.COMMIT_FAILED,
                "Cannot complete commit " + instant + " to "
                        + table.definition().name() + ": " + cause,
                "Nothing of it is visible. Mend the cause (is the disk full?) and run the command again",
                cause);
    }
}
