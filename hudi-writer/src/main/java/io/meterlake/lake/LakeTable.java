package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.client.common.HoodieJavaEngineContext;
import org.apache.hudi.common.config.HoodieMetadataConfig;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.model.HoodieBaseFile;
import org.apache.hudi.common.model.HoodieFailedWritesCleaningPolicy;
import org.apache.hudi.common.model.OverwriteWithLatestAvroPayload;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.common.table.view.FileSystemViewManager;
import org.apache.hudi.common.table.view.HoodieTableFileSystemView;
import org.apache.hudi.config.HoodieArchivalConfig;
import org.apache.hudi.config.HoodieCleanConfig;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.metadata.HoodieTableMetadataUtil;
import org.apache.hudi.table.HoodieJavaTable;

/**
 * A table of an opened lake, as the writer uses it. What it returns of Hudi's is a fresh view of the table as it is on
 * disk at the moment of the call. Thread-safe.
 */
public final class LakeTable {
    private final TableDefinition definition;
    private final Path folder;
    private final LakeConfig config;
    private final HoodieJavaEngineContext context;

    LakeTable(TableDefinition definition, LakeConfig config, HoodieJavaEngineContext context) {
        this.definition = definition;
        this.folder = config.root().resolve(definition.name());
        this.config = config;
        this.context = context;
    }

    public TableDefinition definition() {
        return definition;
    }

    /** The table's folder on this machine. */
    public Path folder() {
        return folder;
    }

    /** Hudi's name of the table's folder. */
    public String basePath() {
        return TableStorage.basePath(folder);
    }

    /** Hudi's view of the table: its properties and its timeline. */
    public HoodieTableMetaClient metaClient() {
        return TableStorage.metaClient(context, folder);
    }

    /**
     * A client that keeps the timeline, for the holder of the {@linkplain Lake#lock lock}. To be closed. It takes back
     * nothing that is in flight: that is for {@link #recoveryClient}, which asks whether it lives.
     */
    public HoodieJavaWriteClient<?> writeClient() {
        dropMetadataTable();
        return new HoodieJavaWriteClient<>(context, takingNothingBack());
    }

    /**
     * The same, for a commit that replaces all files: it deletes none. A policy that counts versions would delete at once
     * what readers are just reading; the next commit cleans as the policy says, and only then archives.
     */
    public HoodieJavaWriteClient<?> writeClientWithoutClean() {
        dropMetadataTable();
        HoodieWriteConfig config = takingNothingBack();
        config.setValue(HoodieCleanConfig.AUTO_CLEAN, "false");
        config.setValue(HoodieArchivalConfig.AUTO_ARCHIVE, "false");
        return new HoodieJavaWriteClient<>(context, config);
    }

    /**
     * A client that takes back what a dead writer left, also where another program has committed since: the other clients
     * refuse to take back anything but the last commit. It leaves alone what another program has in flight and says that it
     * lives, as Hudi's writers do whose policy for failed writes is {@code LAZY}.
     */
    public HoodieJavaWriteClient<?> recoveryClient() {
        dropMetadataTable();
        HoodieWriteConfig config = writeConfig();
        config.setValue(HoodieCleanConfig.FAILED_WRITES_CLEANER_POLICY, HoodieFailedWritesCleaningPolicy.LAZY.name());
        return new HoodieJavaWriteClient<>(context, config);
    }

    private HoodieWriteConfig takingNothingBack() {
        HoodieWriteConfig config = writeConfig();
        config.setValue(HoodieCleanConfig.FAILED_WRITES_CLEANER_POLICY, HoodieFailedWritesCleaningPolicy.NEVER.name());
        return config;
    }

    private HoodieWriteConfig writeConfig() {
        boolean replaced =
                !metaClient().getActiveTimeline().getCompletedReplaceTimeline().empty();
        return WriteConfigs.of(definition, basePath(), config, replaced);
    }

    /**
     * Deletes now all replaced files that the cleaner's policy and the savepoints do not keep. Hudi's own clean waits for
     * the next commit, and then may look at changed partitions only. For the holder of the {@linkplain Lake#lock lock} and
     * the {@linkplain Lake#commitLock commit lock}, after what a dead writer left was taken back.
     *
     * @throws MeterlakeException {@code LAKE_STORAGE}; it may be tried again, and the next commit goes on where it was
     */
    public CleanedSpace clean() {
        dropMetadataTable();
        return new FullClean(this, writeConfig(), context).run();
    }

    /**
     * Deletes the files that a writer still wrote after its commit had been rolled back, which readers would take for
     * committed once archiving is past their instant. For the holder of the {@linkplain Lake#lock lock}.
     *
     * @throws MeterlakeException {@code LAKE_STORAGE}
     */
    public void deleteLateFiles() {
        List<String> instants = LateFiles.markedInstants(folder);
        if (!instants.isEmpty()) {
            new LateFiles(this, HoodieJavaTable.create(writeConfig(), context), context).delete(instants);
        }
    }

    /**
     * Spark's writers make a metadata table, which we do not keep. Spark would go on reading from it the files of before
     * our commit, and its next upsert would lose what we wrote. The table's properties forget it before its files go.
     */
    private void dropMetadataTable() {
        HoodieTableMetaClient metaClient = metaClient();
        if (metaClient.getTableConfig().isMetadataTableAvailable()) {
            HoodieTableMetadataUtil.deleteMetadataTable(metaClient, context, false);
        }
    }

    HoodieJavaWriteClient<OverwriteWithLatestAvroPayload> rowClient() {
        dropMetadataTable();
        return new HoodieJavaWriteClient<>(context, writeConfig());
    }

    /** How many files a day is spread over. */
    public int buckets() {
        return buckets(metaClient());
    }

    /** The same, from a view of the table that is there already. */
    public static int buckets(HoodieTableMetaClient metaClient) {
        return TableStorage.buckets(metaClient);
    }

    /** The paths below the lake's folder of all base files that a reader sees now. */
    public Set<String> liveFiles() {
        Set<String> paths = new HashSet<>();
        latestBaseFiles(partitionPaths()).forEach((partition, files) -> {
            String folderName = partition.isEmpty() ? "" : partition + "/";
            files.forEach(file -> paths.add(definition.name() + "/" + folderName + file.getFileName()));
        });
        return paths;
    }

    /** The base files that a reader sees now, by partition path. */
    public Map<String, List<HoodieBaseFile>> latestBaseFiles(Collection<String> partitions) {
        return latestBaseFiles(metaClient(), partitions);
    }

    /** The same, of what had completed when Hudi's view of the table was taken. */
    public Map<String, List<HoodieBaseFile>> latestBaseFiles(
            HoodieTableMetaClient metaClient, Collection<String> partitions) {
        HoodieMetadataConfig withoutMetadata =
                HoodieMetadataConfig.newBuilder().enable(false).build();
        Map<String, List<HoodieBaseFile>> files = new LinkedHashMap<>();
        try (HoodieTableFileSystemView view =
                FileSystemViewManager.createInMemoryFileSystemView(context, metaClient, withoutMetadata)) {
            for (String partition : partitions) {
                files.put(partition, view.getLatestBaseFiles(partition).toList());
            }
        }
        return files;
    }

    /**
     * The table's files as Hudi sees them with no more instants than these. To be closed.
     *
     * @param timeline some of the table's completed commits
     */
    public HoodieTableFileSystemView view(HoodieTableMetaClient metaClient, HoodieTimeline timeline) {
        return FileSystemViewManager.createInMemoryFileSystemViewWithTimeline(
                context,
                metaClient,
                HoodieMetadataConfig.newBuilder().enable(false).build(),
                timeline);
    }

    /** Keeps the state of the data tables from changing, as {@link Lake#commitLock} tells. */
    public CommitLock commitLock() {
        return CommitLock.acquire(config.root(), config.writerWait());
    }

    /**
     * Makes sure that this thread still has the locks that it took to write: an object store may have given them to another
     * writer while this process stood still. To be asked right before what would harm that other one.
     *
     * @throws MeterlakeException {@code LAKE_LOCKED} if it has lost one
     */
    public void requireLocks() {
        WriterLock.requireHeldIfTaken(config.root());
        CommitLock.requireHeldIfTaken(config.root());
    }

    /** The paths of all partitions; one that is empty for a table without partitions. */
    public List<String> partitionPaths() {
        return FSUtils.getAllPartitionPaths(context, metaClient(), false);
    }

    /** All completed actions of the active timeline, in the order of their completion. */
    public List<CompletedInstant> completedInstants() {
        return metaClient().getActiveTimeline().filterCompletedInstants().getInstants().stream()
                .map(LakeTable::completed)
                .sorted(Comparator.comparing(CompletedInstant::completed).thenComparing(CompletedInstant::requested))
                .toList();
    }

    /** The instants of one completed action. */
    public static CompletedInstant completed(HoodieInstant instant) {
        return new CompletedInstant(
                instant.getAction(),
                instant.requestedTime(),
                requireNonNull(instant.getCompletionTime(), "the instant is not completed"));
    }
}
