package io.meterlake.snapshot;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.LakeTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hudi.avro.model.HoodieSavepointMetadata;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieActiveTimeline;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.exception.HoodieException;

/**
 * A table's savepoints. Hudi's cleaner spares every file that one of them lists. A commit has one at most, and it lists
 * what the commit's requested time selects when it is made: a slow writer's files are not in the savepoint of a commit
 * that was requested after its own and completed before. So a snapshot may need several, and several snapshots may share
 * one. For the holder of the snapshot lock and the commit lock.
 */
final class Savepoints {
    private static final String USER = "meterlake";
    private static final String COMMENT = "snapshot ";

    private final LakeTable table;

    Savepoints(LakeTable table) {
        this.table = table;
    }

    /**
     * Makes savepoints that list all files of the state, as far as they are missing. What it made and does not need, as
     * when it fails, it takes away again.
     *
     * @return the requested times of the commits whose savepoints keep the files
     * @throws MeterlakeException {@code CANNOT_PIN}
     */
    List<String> protect(TableState state, String snapshotId) {
        Set<String> before = completed();
        Set<String> used = new TreeSet<>();
        try {
            cover(state, snapshotId, used);
        } catch (RuntimeException e) {
            try {
                takeBack(snapshotId, before);
            } catch (RuntimeException notDeleted) {
                // It bears the snapshot's name, and goes with what else was made of it.
                e.addSuppressed(notDeleted);
            }
            throw e;
        }
        before.addAll(used);
        takeBack(snapshotId, before);
        return List.copyOf(used);
    }

    private void cover(TableState state, String snapshotId, Set<String> used) {
        Set<String> uncovered = new HashSet<>();
        state.files().forEach(file -> uncovered.add(key(file.partition(), file.fileName())));
        if (!uncovered.isEmpty()) {
            state.newestRequested().ifPresent(newest -> use(newest.requested(), snapshotId, uncovered, used));
        }
        if (!uncovered.isEmpty()) {
            Set<String> own = uncovered.stream()
                    .map(file -> FSUtils.getCommitTime(file.substring(file.lastIndexOf('/') + 1)))
                    .collect(Collectors.toCollection(TreeSet::new));
            own.forEach(commit -> use(commit, snapshotId, uncovered, used));
        }
        if (!uncovered.isEmpty()) {
            List<String> present = new ArrayList<>(completed());
            present.sort(Comparator.reverseOrder());
            present.forEach(commit -> use(commit, snapshotId, uncovered, used));
        }
        if (!uncovered.isEmpty()) {
            throw CleanedFiles.gone(
                    state,
                    table.metaClient(),
                    new TreeSet<>(uncovered).first() + " is out of the reach of Hudi's savepoints");
        }
    }

    /** Takes the savepoint of this commit if it lists some of the files, and makes it first if that can be done. */
    private void use(String commit, String snapshotId, Set<String> uncovered, Set<String> used) {
        if (uncovered.isEmpty() || used.contains(commit)) {
            return;
        }
        if (!completed().contains(commit) && !make(commit, snapshotId)) {
            return;
        }
        if (uncovered.removeAll(files(commit))) {
            used.add(commit);
        }
    }

    private boolean make(String commit, String snapshotId) {
        deletePending();
        HoodieTimeline commits =
                table.metaClient().getActiveTimeline().getCommitsTimeline().filterCompletedInstants();
        if (!commits.containsInstant(commit)) {
            return false;
        }
        try (HoodieJavaWriteClient<?> client = table.writeClient()) {
            client.savepoint(commit, USER, COMMENT + snapshotId);
            return true;
        } catch (HoodieException | IllegalArgumentException e) {
            // Older than what the last clean kept. Others may cover the file; if none does, the pin fails.
            return false;
        }
    }

    /**
     * Makes savepoints again that somebody deleted.
     *
     * @return the commits that can't be given one any more
     */
    List<String> restore(Collection<String> commits, String snapshotId) {
        Set<String> present = completed();
        return commits.stream()
                .filter(commit -> !present.contains(commit) && !make(commit, snapshotId))
                .toList();
    }

    /** The commits that have a savepoint. */
    Set<String> completed() {
        return timeline(table.metaClient())
                .filterCompletedInstants()
                .getInstantsAsStream()
                .map(HoodieInstant::requestedTime)
                .collect(Collectors.toSet());
    }

    private static HoodieTimeline timeline(HoodieTableMetaClient metaClient) {
        return metaClient.getActiveTimeline().getSavePointTimeline();
    }

    /** The keys of the files that the savepoints of these commits list; a commit without one lists none. */
    Set<String> files(Collection<String> commits) {
        Set<String> files = new HashSet<>();
        Set<String> present = completed();
        commits.stream().filter(present::contains).forEach(commit -> files.addAll(files(commit)));
        return files;
    }

    private Set<String> files(String commit) {
        Set<String> files = new HashSet<>();
        read(commit)
                .getPartitionMetadata()
                .forEach((partition, listed) ->
                        listed.getSavepointDataFile().forEach(name -> files.add(key(partition, name))));
        return files;
    }

    static String key(String partition, String fileName) {
        return partition + "/" + fileName;
    }

    private HoodieSavepointMetadata read(String commit) {
        HoodieActiveTimeline timeline = table.metaClient().getActiveTimeline();
        try {
            for (HoodieInstant savepoint :
                    timeline.getSavePointTimeline().filterCompletedInstants().getInstants()) {
                if (savepoint.requestedTime().equals(commit)) {
                    return timeline.readSavepointMetadata(savepoint);
                }
            }
            throw new IOException("it is not in the timeline");
        } catch (IOException e) {
            throw new MeterlakeException(
                    LakeErrorCode.LAKE_STORAGE,
                    "Cannot read the savepoint " + commit + " of "
                            + table.definition().name() + ": " + e,
                    "Check that you may read the lake's folder",
                    e);
        }
    }

    /** Takes the savepoints of these commits away if we made them; one that somebody else made stays. */
    void release(Collection<String> commits) {
        deletePending();
        Set<String> present = completed();
        List<String> ours = commits.stream()
                .filter(present::contains)
                .filter(commit -> USER.equals(read(commit).getSavepointedBy()))
                .toList();
        delete(ours);
    }

    /** Takes away what was made for this snapshot and is not needed by another one. */
    void takeBack(String snapshotId, Set<String> needed) {
        deletePending();
        List<String> made = completed().stream()
                .filter(commit -> !needed.contains(commit))
                .filter(commit -> {
                    HoodieSavepointMetadata metadata = read(commit);
                    return USER.equals(metadata.getSavepointedBy())
                            && (COMMENT + snapshotId).equals(metadata.getComments());
                })
                .toList();
        delete(made);
    }

    private void delete(List<String> commits) {
        if (commits.isEmpty()) {
            return;
        }
        try (HoodieJavaWriteClient<?> client = table.writeClient()) {
            commits.forEach(client::deleteSavepoint);
        }
    }

    /** A savepoint that a process left half-made or half-deleted keeps nothing, and is in the way of a new one. */
    private void deletePending() {
        HoodieTableMetaClient metaClient = table.metaClient();
        timeline(metaClient)
                .filterInflightsAndRequested()
                .getInstants()
                .forEach(metaClient.getActiveTimeline()::deleteInflight);
    }
}
