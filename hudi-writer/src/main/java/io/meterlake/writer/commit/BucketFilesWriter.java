package io.meterlake.writer.commit;

import io.meterlake.lake.LakeTable;
import io.meterlake.writer.parquet.BaseFileWriter;
import io.meterlake.writer.upsert.SortedReadings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.model.HoodieBaseFile;
import org.apache.hudi.common.model.HoodiePartitionMetadata;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.model.IOType;
import org.apache.hudi.common.table.marker.MarkerType;
import org.apache.hudi.index.bucket.BucketIdentifier;
import org.apache.hudi.storage.StoragePath;
import org.apache.hudi.table.HoodieTable;
import org.apache.hudi.table.marker.WriteMarkers;
import org.apache.hudi.table.marker.WriteMarkersFactory;

/** Writes the base files of one commit, a few at a time, each with the marker by which a rollback finds it. */
final class BucketFilesWriter {
    /** Each holds one bucket of one day in memory. */
    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

    private final LakeTable table;
    private final HoodieTable<?, ?, ?, ?> hoodieTable;
    private final String instant;
    private final BaseFileWriter writer;
    private final CommitListener listener;
    private final WriteMarkers markers;
    private final StoragePath basePath;

    BucketFilesWriter(
            LakeTable table,
            HoodieTable<?, ?, ?, ?> hoodieTable,
            String instant,
            BaseFileWriter writer,
            CommitListener listener) {
        this.table = table;
        this.hoodieTable = hoodieTable;
        this.instant = instant;
        this.writer = writer;
        this.listener = listener;
        this.markers = WriteMarkersFactory.get(MarkerType.DIRECT, hoodieTable, instant);
        this.basePath = new StoragePath(table.basePath());
    }

    List<WriteStatus> write(UpsertPlan plan, SortedReadings readings) throws IOException {
        makePartitions(plan);
        List<WriteStatus> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<WriteStatus>> running = new ArrayList<>();
            try {
                for (UpsertPlan.Change change : plan.changes()) {
                    int task = running.size();
                    Callable<WriteStatus> write = () -> write(change, readings, task);
                    running.add(threads.submit(write));
                }
                for (Future<WriteStatus> one : running) {
                    statuses.add(one.get());
                    listener.written(statuses.size(), running.size());
                }
            } catch (ExecutionException e) {
                running.forEach(one -> one.cancel(false));
                throw new IOException("a base file could not be written: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                running.forEach(one -> one.cancel(false));
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        return statuses;
    }

    /** Hudi knows a folder as a partition by a file in it. */
    private void makePartitions(UpsertPlan plan) throws IOException {
        Set<String> made = new HashSet<>();
        for (UpsertPlan.Change change : plan.changes()) {
            String partition = change.partitionPath();
            if (made.add(partition)) {
                Files.createDirectories(table.folder().resolve(partition));
                new HoodiePartitionMetadata(
                                hoodieTable.getStorage(),
                                instant,
                                basePath,
                                new StoragePath(basePath, partition),
                                hoodieTable.getPartitionMetafileFormat())
                        .trySave();
            }
        }
    }

    private WriteStatus write(UpsertPlan.Change change, SortedReadings readings, int task) throws IOException {
        String partition = change.partitionPath();
        Optional<HoodieBaseFile> present = change.present();
        String fileId = present.map(HoodieBaseFile::getFileId)
                .orElseGet(() ->
                        BucketIdentifier.newBucketFileIdPrefix(change.slot().bucket()) + "-0");
        String fileName = FSUtils.makeBaseFileName(instant, FSUtils.makeWriteToken(task, 0, 0), fileId, ".parquet");
        // The marker first: a file without one would outlive a rollback.
        markers.create(partition, fileName, present.isPresent() ? IOType.MERGE : IOType.CREATE);
        Path folder = table.folder().resolve(partition);
        BaseFileWriter.WrittenFile written = writer.write(
                present.map(file -> folder.resolve(file.getFileName())),
                readings.columns(change.slot()),
                new BaseFileWriter.Target(folder, fileName, partition, instant, task));
        return status(change, fileId, fileName, written);
    }

    private WriteStatus status(
            UpsertPlan.Change change, String fileId, String fileName, BaseFileWriter.WrittenFile written) {
        String partition = change.partitionPath();
        HoodieWriteStat stat = new HoodieWriteStat();
        stat.setPartitionPath(partition);
        stat.setFileId(fileId);
        stat.setPath(basePath, new StoragePath(new StoragePath(basePath, partition), fileName));
        stat.setPrevCommit(change.present().map(HoodieBaseFile::getCommitTime).orElse(HoodieWriteStat.NULL_COMMIT));
        change.present().ifPresent(file -> stat.setPrevBaseFile(file.getFileName()));
        stat.setNumWrites(written.rows());
        stat.setNumInserts(written.counts().added());
        stat.setNumUpdateWrites(written.counts().changed());
        stat.setTotalWriteBytes(written.bytes());
        stat.setFileSizeInBytes(written.bytes());
        stat.setMinEventTime(Math.floorDiv(written.firstRecorded(), 1000L));
        stat.setMaxEventTime(Math.floorDiv(written.lastRecorded(), 1000L));
        WriteStatus status = new WriteStatus(false, 0.0);
        status.setFileId(fileId);
        status.setPartitionPath(partition);
        status.setTotalRecords(change.slot().size());
        status.setStat(stat);
        return status;
    }
}
