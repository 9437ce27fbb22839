package io.meterlake.writer.commit;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CommitCompletion;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.LakeTable;
import io.meterlake.writer.parquet.BaseFileWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.client.heartbeat.HeartbeatUtils;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.model.HoodiePartitionMetadata;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.model.IOType;
import org.apache.hudi.common.model.WriteOperationType;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.marker.MarkerType;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.common.table.timeline.TimelineUtils;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.exception.HoodieException;
import org.apache.hudi.storage.StoragePath;
import org.apache.hudi.table.HoodieTable;
import org.apache.hudi.table.marker.WriteMarkers;
import org.apache.hudi.table.marker.WriteMarkersFactory;

/**
 * A commit that the timeline of its table has as inflight: its files may be written, and until it is completed no reader
 * sees them. Thread-safe.
 */
final class StartedCommit {
    /** Of the actions in flight, Hudi takes no other ones back by itself. */
    static final Set<String> ACTIONS = Set.of(HoodieTimeline.COMMIT_ACTION, HoodieTimeline.REPLACE_COMMIT_ACTION);

    /** In the metadata of a commit in flight: it is of a writer that holds the lake's lock as long as it lives. */
    private static final String LOCKED_KEY = "meterlake.locked";

    private final LakeTable table;
    private final HoodieTable<?, ?, ?, ?> hoodieTable;
    private final String instant;
    private final WriteMarkers markers;
    private final StoragePath basePath;
    /** The markers of the files that were announced, by the files' names. */
    private final Map<String, StoragePath> announced = new ConcurrentHashMap<>();

    private StartedCommit(LakeTable table, HoodieTable<?, ?, ?, ?> hoodieTable, String instant) {
        this.table = table;
        this.hoodieTable = hoodieTable;
        this.instant = instant;
        this.markers = WriteMarkersFactory.get(MarkerType.DIRECT, hoodieTable, instant);
        this.basePath = new StoragePath(table.basePath());
    }

    /**
     * Has Hudi begin a commit.
     *
     * @return its instant
     * @throws MeterlakeException {@code COMMIT_FAILED} if it cannot, as on a full disk
     */
    static String request(LakeTable table, Supplier<String> begin) {
        try {
            return begin.get();
        } catch (HoodieException e) {
            throw new MeterlakeException(
                    LakeErrorCode.COMMIT_FAILED,
                    "Cannot begin a commit to " + table.definition().name() + ": " + e.getMessage(),
                    "Nothing was written. Mend the cause (is the disk full?) and run the command again",
                    e);
        }
    }

    /**
     * Takes a requested commit to inflight, and has the client give signs of life for it.
     *
     * @param planned what Hudi's own writers announce, so that others can tell a conflict
     */
    static StartedCommit start(
            LakeTable table, HoodieJavaWriteClient<?> client, String instant, HoodieCommitMetadata planned) {
        return start(table, client, instant, HoodieTimeline.COMMIT_ACTION, planned);
    }

    /** The same for a commit that replaces file groups. */
    static StartedCommit startReplacing(
            LakeTable table, HoodieJavaWriteClient<?> client, String instant, HoodieCommitMetadata planned) {
        return start(table, client, instant, HoodieTimeline.REPLACE_COMMIT_ACTION, planned);
    }

    private static StartedCommit start(
            LakeTable table,
            HoodieJavaWriteClient<?> client,
            String instant,
            String action,
            HoodieCommitMetadata planned) {
        // Until the commit is completed or the client closed. Other programs whose policy for failed writes is LAZY,
        // Spark
        // among them, do not ask for our lock, and take back what is in flight and gives no signs of life.
        client.getHeartbeatClient().start(instant);
        try {
            WriteOperationType operation = planned.getOperationType();
            HoodieTable<?, ?, ?, ?> hoodieTable = client.initTable(operation, Option.of(instant));
            HoodieTableMetaClient metaClient = hoodieTable.getMetaClient();
            client.preWrite(instant, operation, metaClient);
            planned.addMetadata(LOCKED_KEY, "true");
            HoodieInstant requested = metaClient.createNewInstant(HoodieInstant.State.REQUESTED, action, instant);
            metaClient.getActiveTimeline().transitionRequestedToInflight(requested, Option.of(planned));
            return new StartedCommit(table, hoodieTable, instant);
        } catch (RuntimeException e) {
            client.getHeartbeatClient().stop(instant);
            throw e;
        }
    }

    /**
     * Ends the signs of life of all that one of us left in flight in a table. For the holder of the lake's lock: its former
     * holder does not live, whatever its last sign says.
     *
     * @throws MeterlakeException {@code LAKE_STORAGE}
     */
    static void endSigns(HoodieTableMetaClient metaClient) {
        HoodieTimeline inflight = metaClient.getActiveTimeline().filterInflights();
        for (HoodieInstant instant : inflight.getInstants()) {
            if (ACTIONS.contains(instant.getAction()) && isOurs(inflight, instant)) {
                HeartbeatUtils.deleteHeartbeatFile(
                        metaClient.getStorage(), metaClient.getBasePath().toString(), instant.requestedTime());
            }
        }
    }

    /** Not what Hudi cannot read: other writers leave it empty, or of another kind than what it is in the end. */
    private static boolean isOurs(HoodieTimeline inflight, HoodieInstant instant) {
        try {
            return TimelineUtils.getCommitMetadata(instant, inflight)
                    .getExtraMetadata()
                    .containsKey(LOCKED_KEY);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    String instant() {
        return instant;
    }

    /** Hudi knows a folder as a partition by a file in it. */
    void makePartition(String partition) throws IOException {
        Files.createDirectories(table.folder().resolve(partition));
        new HoodiePartitionMetadata(
                        hoodieTable.getStorage(),
                        instant,
                        basePath,
                        new StoragePath(basePath, partition),
                        hoodieTable.getPartitionMetafileFormat())
                .trySave();
    }

    /**
     * Announces a base file. Its marker is on disk when this returns: a file without one would outlive a rollback.
     *
     * @param task number of the file within the commit
     */
    BaseFileWriter.Target announce(String partition, String fileId, int task, IOType type) {
        String fileName = FSUtils.makeBaseFileName(instant, FSUtils.makeWriteToken(task, 0, 0), fileId, ".parquet");
        announced.put(fileName, markers.create(partition, fileName, type).get());
        Path folder = table.folder().resolve(partition);
        return new BaseFileWriter.Target(folder, fileName, partition, instant, task);
    }

    /**
     * What Hudi wants to know of a file that was written, for one that takes no other one's place.
     *
     * @throws MeterlakeException {@code COMMIT_FAILED} if the commit was rolled back before the file was there, as it is in a
     *     bucket only once it is complete: nobody would find it without its marker, so it is deleted
     */
    HoodieWriteStat stat(String fileId, BaseFileWriter.Target target, BaseFileWriter.WrittenFile written) {
        requireMarker(target);
        HoodieWriteStat stat = new HoodieWriteStat();
        stat.setPartitionPath(target.partitionPath());
        stat.setFileId(fileId);
        stat.setPath(basePath, new StoragePath(new StoragePath(basePath, target.partitionPath()), target.fileName()));
        stat.setPrevCommit(HoodieWriteStat.NULL_COMMIT);
        stat.setNumWrites(written.rows());
        stat.setNumInserts(written.counts().added());
        stat.setNumUpdateWrites(written.counts().changed());
        stat.setTotalWriteBytes(written.bytes());
        stat.setFileSizeInBytes(written.bytes());
        stat.setMinEventTime(Math.floorDiv(written.firstRecorded(), 1000L));
        stat.setMaxEventTime(Math.floorDiv(written.lastRecorded(), 1000L));
        return stat;
    }

    private void requireMarker(BaseFileWriter.Target target) {
        try {
            if (hoodieTable.getStorage().exists(requireNonNull(announced.get(target.fileName())))) {
                return;
            }
            Files.deleteIfExists(target.file());
        } catch (IOException e) {
            throw new CommitCompletion(table, instant).failed(e);
        }
        throw new MeterlakeException(
                LakeErrorCode.COMMIT_FAILED,
                "Cannot complete commit " + instant + " to "
                        + table.definition().name() + ": another program has rolled it back",
                "Nothing of ours is visible. Run the command again; if it happens again, see which program takes this one for"
                        + " dead");
    }
}
