package io.meterlake.lake;

import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hudi.avro.model.HoodieSavepointMetadata;
import org.apache.hudi.avro.model.HoodieSavepointPartitionMetadata;
import org.apache.hudi.client.common.HoodieJavaEngineContext;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.model.HoodieFileGroupId;
import org.apache.hudi.common.model.HoodieReplaceCommitMetadata;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieArchivedTimeline;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieInstantTimeGenerator;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.common.table.timeline.TimelineUtils;

/**
 * Which base files there have to be, as the completed commits of a table's active timeline say. Hudi lists folders and
 * takes the newest file that it finds of each file group: where the newest one is gone, the one before it is read again
 * without a word. Keeps what it has read of a commit, which never changes. Not thread-safe.
 */
public final class CommittedFiles {
    private final LakeTable table;
    private final Map<String, Commit> read = new HashMap<>();

    public CommittedFiles(LakeTable table) {
        this.table = table;
    }

    /**
     * What one commit says.
     *
     * @param written the base files that it wrote
     * @param replaced the file groups that it took the place of, which have no files any more
     */
    public record Commit(List<Written> written, Set<HoodieFileGroupId> replaced) {}

    /** A base file of a file group. */
    public record Written(HoodieFileGroupId group, String fileName) {
        public String partition() {
            return group.getPartitionPath();
        }
    }

    /** The completed commits of the active timeline, the newest in Hudi's order first. */
    public static List<HoodieInstant> newestFirst(HoodieTableMetaClient metaClient) {
        return commits(metaClient).getReverseOrderedInstants().toList();
    }

    private static HoodieTimeline commits(HoodieTableMetaClient metaClient) {
        return metaClient.getActiveTimeline().getCommitsTimeline().filterCompletedInstants();
    }

    /**
     * What one of these commits says of itself, by keys of its writer's own.
     *
     * @throws MeterlakeException {@code LAKE_STORAGE}
     */
    public static Map<String, String> metadata(HoodieTableMetaClient metaClient, HoodieInstant instant) {
        try {
            return TimelineUtils.getCommitMetadata(instant, metaClient.getActiveTimeline())
                    .getExtraMetadata();
        } catch (IOException e) {
            throw unreadable(instant, e);
        }
    }

    /** A completed commit, and what it says of itself. */
    public record DescribedCommit(HoodieInstant instant, Map<String, String> metadata) {
        public DescribedCommit {
            metadata = Map.copyOf(metadata);
        }
    }

    /**
     * The commits that the active timeline no longer has, the newest first, each read when it is asked for.
     *
     * @throws MeterlakeException {@code LAKE_STORAGE}
     */
    public static Stream<DescribedCommit> archivedNewestFirst(HoodieTableMetaClient metaClient) {
        HoodieArchivedTimeline archived = metaClient.getArchivedTimeline();
        return archived.getCommitsTimeline()
                .filterCompletedInstants()
                .getReverseOrderedInstants()
                .map(instant -> archivedCommit(archived, instant));
    }

    private static DescribedCommit archivedCommit(HoodieArchivedTimeline archived, HoodieInstant instant) {
        // The first of the two is not part of it.
        archived.loadCompletedInstantDetailsInMemory(
                HoodieInstantTimeGenerator.instantTimeMinusMillis(instant.requestedTime(), 1), instant.requestedTime());
        try {
            return new DescribedCommit(
                    instant, TimelineUtils.getCommitMetadata(instant, archived).getExtraMetadata());
        } catch (IOException e) {
            throw unreadable(instant, e);
        } finally {
            archived.clearInstantDetailsFromMemory(instant.requestedTime());
        }
    }

    /**
     * What one of these commits says.
     *
     * @throws MeterlakeException {@code LAKE_STORAGE}
     */
    public Commit read(HoodieTableMetaClient metaClient, HoodieInstant instant) {
        return read.computeIfAbsent(instant.requestedTime(), requested -> commit(commits(metaClient), instant));
    }

    private Commit commit(HoodieTimeline commits, HoodieInstant instant) {
        try {
            HoodieCommitMetadata metadata = TimelineUtils.getCommitMetadata(instant, commits);
            List<Written> written = metadata.getWriteStats().stream()
                    .filter(stat -> stat.getPath() != null)
                    .map(stat -> new Written(
                            new HoodieFileGroupId(stat.getPartitionPath(), stat.getFileId()), name(stat.getPath())))
                    .toList();
            Set<HoodieFileGroupId> replaced = new HashSet<>();
            if (metadata instanceof HoodieReplaceCommitMetadata replace) {
                replace.getPartitionToReplaceFileIds()
                        .forEach((partition, ids) ->
                                ids.forEach(id -> replaced.add(new HoodieFileGroupId(partition, id))));
            }
            return new Commit(written, replaced);
        } catch (IOException e) {
            throw unreadable(instant, e);
        }
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Every file that has to be there and is not: the newest one of each file group, and all that savepoints keep; by
     * path. What was archived and no savepoint names is not known any more.
     *
     * @throws MeterlakeException {@code LAKE_STORAGE}
     */
    public List<MissingFile> missing() {
        HoodieTableMetaClient metaClient = table.metaClient();
        Map<String, MissingFile> missing = new TreeMap<>();
        Set<HoodieFileGroupId> known = new HashSet<>();
        for (HoodieInstant instant : newestFirst(metaClient)) {
            Commit commit = read(metaClient, instant);
            for (Written file : commit.written()) {
                if (known.add(file.group())) {
                    addIfMissing(file.partition(), file.fileName(), missing);
                }
            }
            known.addAll(commit.replaced());
        }
        HoodieTimeline savepoints =
                metaClient.getActiveTimeline().getSavePointTimeline().filterCompletedInstants();
        for (HoodieInstant savepoint : savepoints.getInstants()) {
            for (HoodieSavepointPartitionMetadata partition :
                    savepoint(savepoints, savepoint).getPartitionMetadata().values()) {
                partition
                        .getSavepointDataFile()
                        .forEach(name -> addIfMissing(partition.getPartitionPath(), name, missing));
            }
        }
        return List.copyOf(missing.values());
    }

    private void addIfMissing(String partition, String fileName, Map<String, MissingFile> missing) {
        if (!LakeFiles.exists(path(partition, fileName))) {
            MissingFile file = missingFile(partition, fileName);
            missing.put(file.path(), file);
        }
    }

    private Path path(String partition, String fileName) {
        return table.folder().resolve(partition).resolve(fileName);
    }

    /** Names a base file that is not there. */
    public MissingFile missingFile(String partition, String fileName) {
        String folder = partition.isEmpty() ? "" : partition + "/";
        return new MissingFile(
                table.definition().name(),
                table.definition().name() + "/" + folder + fileName,
                FSUtils.getCommitTime(fileName));
    }

    private static HoodieSavepointMetadata savepoint(HoodieTimeline timeline, HoodieInstant savepoint) {
        try {
            return timeline.readSavepointMetadata(savepoint);
        } catch (IOException e) {
            throw unreadable(savepoint, e);
        }
    }

    private static MeterlakeException unreadable(HoodieInstant instant, IOException cause) {
        return new MeterlakeException(
                LakeErrorCode.LAKE_STORAGE,
                "Cannot read the " + instant.getAction() + " " + instant.requestedTime() + ": " + cause,
                "Check that you may read the lake's folder",
                cause);
    }

    /**
     * What every one of the lake's tables is {@linkplain #missing() missing}. Asks no metastore and changes nothing.
     *
     * @throws MeterlakeException {@code LAKE_STORAGE}
     */
    public static List<MissingFile> missing(LakeConfig config) {
        HoodieJavaEngineContext context = Lake.hudi(config);
        List<MissingFile> missing = new ArrayList<>();
        for (TableDefinition definition : LakeTables.ALL) {
            if (TableStorage.exists(config.root().resolve(definition.name()))) {
                missing.addAll(new CommittedFiles(new LakeTable(definition, config, context)).missing());
            }
        }
        return missing;
    }
}
