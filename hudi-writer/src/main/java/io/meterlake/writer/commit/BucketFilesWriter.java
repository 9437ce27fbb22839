package io.meterlake.writer.commit;

import io.meterlake.error.MeterlakeException;
import io.meterlake.writer.parquet.BaseFileWriter;
import io.meterlake.writer.upsert.ChangedReadings;
import io.meterlake.writer.upsert.MergeCounts;
import io.meterlake.writer.upsert.SortedReadings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hudi.client.WriteStatus;
import org.apache.hudi.common.model.HoodieBaseFile;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.model.IOType;
import org.apache.hudi.index.bucket.BucketIdentifier;

/** Writes the base files of one commit, a few at a time, each with the marker by which a rollback finds it. */
final class BucketFilesWriter {
    /** Each holds a few row groups in memory. */
    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

    private final StartedCommit commit;
    private final BaseFileWriter writer;
    private final ReadingChanges changes;
    private final CommitListener listener;

    BucketFilesWriter(StartedCommit commit, BaseFileWriter writer, ReadingChanges changes, CommitListener listener) {
        this.commit = commit;
        this.writer = writer;
        this.changes = changes;
        this.listener = listener;
    }

    /**
     * The base files of a commit.
     *
     * @param counts what became of the readings in them
     */
    record Written(List<WriteStatus> statuses, MergeCounts counts) {}

    /** A base file of them. */
    private record WrittenOne(WriteStatus status, MergeCounts counts) {}

    Written write(UpsertPlan plan, SortedReadings readings) throws IOException {
        makePartitions(plan);
        List<WriteStatus> statuses = new ArrayList<>();
        MergeCounts counts = MergeCounts.NONE;
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<WrittenOne>> running = new ArrayList<>();
            try {
                for (UpsertPlan.Change change : plan.changes()) {
                    int task = running.size();
                    Callable<WrittenOne> write = () -> write(change, readings, task);
                    running.add(threads.submit(write));
                }
                for (Future<WrittenOne> future : running) {
                    WrittenOne one = future.get();
                    statuses.add(one.status());
                    counts = counts.plus(one.counts());
                    listener.written(statuses.size(), running.size());
                }
            } catch (ExecutionException e) {
                running.forEach(one -> one.cancel(false));
                if (e.getCause() instanceof MeterlakeException known) {
                    throw known;
                }
                throw new IOException("a base file could not be written: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                running.forEach(one -> one.cancel(false));
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        return new Written(statuses, counts);
    }

    private void makePartitions(UpsertPlan plan) throws IOException {
        Set<String> made = new HashSet<>();
        for (UpsertPlan.Change change : plan.changes()) {
            if (made.add(change.partitionPath())) {
                commit.makePartition(change.partitionPath());
            }
        }
    }

    private WrittenOne write(UpsertPlan.Change change, SortedReadings readings, int task) throws IOException {
        Optional<HoodieBaseFile> present = change.present();
        String fileId = change.fileId()
                .orElseGet(() ->
                        BucketIdentifier.newBucketFileIdPrefix(change.slot().bucket()) + "-0");
        BaseFileWriter.Target target = commit.announce(
                change.partitionPath(), fileId, task, present.isPresent() ? IOType.MERGE : IOType.CREATE);
        ChangedReadings changed = changes.collected(change.slot().day());
        BaseFileWriter.WrittenFile written = writer.write(
                present.map(file -> target.folder().resolve(file.getFileName())),
                readings.windows(change.slot()),
                target,
                changed);
        changes.add(change.slot().day(), changed);
        WriteStatus status = status(change, written, commit.stat(fileId, target, written));
        return new WrittenOne(status, written.counts());
    }

    private static WriteStatus status(
            UpsertPlan.Change change, BaseFileWriter.WrittenFile written, HoodieWriteStat stat) {
        change.present().ifPresent(file -> {
            stat.setPrevCommit(file.getCommitTime());
            stat.setPrevBaseFile(file.getFileName());
        });
        WriteStatus status = new WriteStatus(false, 0.0);
        status.setFileId(stat.getFileId());
        status.setPartitionPath(stat.getPartitionPath());
        status.setTotalRecords(written.counts().added() + written.counts().changed());
        status.setStat(stat);
        return status;
    }
}
