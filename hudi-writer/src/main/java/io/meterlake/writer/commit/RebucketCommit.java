package io.meterlake.writer.commit;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.BucketChange;
import io.meterlake.lake.CommitCompletion;
import io.meterlake.lake.CommitLock;
import io.meterlake.lake.CompletedInstant;
import io.meterlake.lake.LakeTable;
import io.meterlake.writer.parquet.BaseFileSplit;
import io.meterlake.writer.parquet.BaseFileWriter;
import io.meterlake.writer.upsert.Slot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.common.model.HoodieBaseFile;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.model.HoodieReplaceCommitMetadata;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.model.IOType;
import org.apache.hudi.common.model.WriteOperationType;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.index.bucket.BucketIdentifier;

/**
 * Rewrites meter_readings to another number of buckets: one commit of Hudi's that replaces all file groups, day after day
 * written before it. For the holder of the lake's lock.
 */
public final class RebucketCommit {
    private final LakeTable table;
    private final Listener listener;

    /** @param table meter_readings */
    public RebucketCommit(LakeTable table, Listener listener) {
        this.table = table;
        this.listener = listener;
    }

    /** Is told how it goes on, on the thread that runs it. */
    public interface Listener {
        /** The properties name the commit that is going to change the number. */
        void announced();

        /** So many days are on disk; no reader sees them yet. */
        void written(int days, int of);

        /** Readers see the new files. */
        void committed();

        /** The properties have the new number. */
        void settled();
    }

    /**
     * A commit that took effect.
     *
     * @param replaced how many file groups it took the place of
     */
    public record Done(CompletedInstant commit, int days, int replaced, int written, long rows, long bytes) {}

    /**
     * Rewrites all files.
     *
     * @param check looks for what the table does not hold any more
     * @throws MeterlakeException {@code MISSING_BASE_FILE}, {@code FOREIGN_TABLE}, {@code COMMIT_FAILED}: the table is as it
     *     was, and what is left is taken back by the next writer; {@code COMMIT_UNKNOWN}: it can't be told, and the next
     *     writer finds out
     */
    public Done run(int buckets, PresentFiles check) {
        HoodieTableMetaClient metaClient = table.metaClient();
        SeenCommits seen = SeenCommits.of(metaClient);
        Map<String, Map<Integer, HoodieBaseFile>> present = present(metaClient, check);
        try (HoodieJavaWriteClient<?> client = table.writeClientWithoutClean()) {
            String instant =
                    StartedCommit.request(table, () -> client.startCommit(HoodieTimeline.REPLACE_COMMIT_ACTION));
            List<HoodieWriteStat> stats = write(client, instant, buckets, present);
            Map<String, List<String>> replaced = new HashMap<>();
            present.forEach((partition, files) -> replaced.put(
                    partition,
                    files.values().stream().map(HoodieBaseFile::getFileId).toList()));
            try (CommitLock lock = table.commitLock()) {
                requireNonNull(lock);
                seen.requireUnchanged(table, instant);
                table.requireLocks();
                CompletedInstant completed = new CommitCompletion(table, instant)
                        .run(() -> client.commitStats(
                                instant,
                                stats,
                                Option.empty(),
                                HoodieTimeline.REPLACE_COMMIT_ACTION,
                                replaced,
                                Option.empty()));
                listener.committed();
                new BucketChange(table).settle();
                listener.settled();
                return done(completed, replaced, stats);
            }
        }
    }

    /** The base files by partition and bucket; of days that have any. */
    private Map<String, Map<Integer, HoodieBaseFile>> present(HoodieTableMetaClient metaClient, PresentFiles check) {
        Map<String, Map<Integer, HoodieBaseFile>> present =
                new TreeMap<>(BucketFiles.latest(table, metaClient, table.partitionPaths()));
        List<Slot> slots = new ArrayList<>();
        for (String partition : present.keySet()) {
            LocalDate day = LocalDate.parse(partition.substring(partition.indexOf('=') + 1));
            for (int bucket = 0; bucket < LakeTable.buckets(metaClient); bucket++) {
                slots.add(new Slot(day, bucket));
            }
        }
        check.lost(metaClient, slots, present);
        present.values().removeIf(Map::isEmpty);
        return present;
    }

    private List<HoodieWriteStat> write(
            HoodieJavaWriteClient<?> client,
            String instant,
            int buckets,
            Map<String, Map<Integer, HoodieBaseFile>> present) {
        try {
            HoodieCommitMetadata planned = new HoodieReplaceCommitMetadata();
            planned.setOperationType(WriteOperationType.BUCKET_RESCALE);
            StartedCommit commit = StartedCommit.startReplacing(table, client, instant, planned);
            new BucketChange(table).announce(instant, buckets);
            listener.announced();
            List<HoodieWriteStat> stats = new ArrayList<>();
            int days = 0;
            for (Map.Entry<String, Map<Integer, HoodieBaseFile>> day : present.entrySet()) {
                stats.addAll(write(commit, buckets, day.getKey(), day.getValue(), stats.size()));
                listener.written(++days, present.size());
            }
            return stats;
        } catch (IOException | RuntimeException e) {
            throw new CommitCompletion(table, instant).failed(e);
        }
    }

    private List<HoodieWriteStat> write(
            StartedCommit commit, int buckets, String partition, Map<Integer, HoodieBaseFile> present, int firstTask)
            throws IOException {
        List<Path> files = new TreeMap<>(present)
                .values().stream()
                        .map(file -> UpsertPlan.path(table, partition, file))
                        .toList();
        Map<Integer, String> fileIds = new HashMap<>();
        Map<Integer, BaseFileWriter.Target> targets = new HashMap<>();
        try (BaseFileSplit split = new BaseFileSplit(channel -> channel.bucket(buckets), bucket -> {
            String fileId = BucketIdentifier.newBucketFileIdPrefix(bucket) + "-0";
            BaseFileWriter.Target target =
                    commit.announce(partition, fileId, firstTask + fileIds.size(), IOType.CREATE);
            fileIds.put(bucket, fileId);
            targets.put(bucket, target);
            return target;
        })) {
            List<HoodieWriteStat> stats = new ArrayList<>();
            split.write(files)
                    .forEach((bucket, written) -> stats.add(commit.stat(
                            requireNonNull(fileIds.get(bucket)), requireNonNull(targets.get(bucket)), written)));
            return stats;
        }
    }

    private static Done done(
            CompletedInstant completed, Map<String, List<String>> replaced, List<HoodieWriteStat> stats) {
        return new Done(
                completed,
                replaced.size(),
                replaced.values().stream().mapToInt(List::size).sum(),
                stats.size(),
                stats.stream().mapToLong(HoodieWriteStat::getNumWrites).sum(),
                stats.stream().mapToLong(HoodieWriteStat::getFileSizeInBytes).sum());
    }
}
