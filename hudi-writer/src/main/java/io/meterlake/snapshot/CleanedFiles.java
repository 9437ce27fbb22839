package io.meterlake.snapshot;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CompletedInstant;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.model.HoodieFileGroupId;
import org.apache.hudi.common.model.HoodieReplaceCommitMetadata;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.common.table.timeline.TimelineUtils;

/** Tells whether the files of an earlier state are still there: the cleaner takes those that later commits replaced. */
final class CleanedFiles {
    private CleanedFiles() {}

    /**
     * Refuses a state of which a file is gone, or will go with a clean that was planned and cut off.
     *
     * @param chosen the commits of the state, and {@code later} those that came after it
     * @throws MeterlakeException {@code CANNOT_PIN}
     */
    static void refuse(TableState state, HoodieTableMetaClient metaClient, HoodieTimeline chosen, HoodieTimeline later)
            throws IOException {
        Map<HoodieFileGroupId, HoodieWriteStat> expected = new HashMap<>();
        for (HoodieInstant instant : chosen.getInstants()) {
            HoodieCommitMetadata metadata = TimelineUtils.getCommitMetadata(instant, chosen);
            metadata.getWriteStats().forEach(stat -> expected.put(group(stat), stat));
            if (metadata instanceof HoodieReplaceCommitMetadata replaced) {
                replaced.getPartitionToReplaceFileIds()
                        .forEach((partition, ids) ->
                                ids.forEach(id -> expected.remove(new HoodieFileGroupId(partition, id))));
            }
        }
        Set<String> present = state.files().stream()
                .map(file -> file.partition() + "/" + file.fileName())
                .collect(Collectors.toSet());
        for (HoodieWriteStat stat : expected.values()) {
            String name = stat.getPath().substring(stat.getPath().lastIndexOf('/') + 1);
            if (!present.contains(stat.getPartitionPath() + "/" + name)) {
                throw gone(state, metaClient, stat.getPath() + " was deleted by the cleaner");
            }
        }
        refuseReplaced(state, metaClient, later);
        refusePlanned(state, metaClient);
    }

    /** The first later commit that rewrote a file says which one it replaced; that may be of an archived commit. */
    private static void refuseReplaced(TableState state, HoodieTableMetaClient metaClient, HoodieTimeline later)
            throws IOException {
        Set<String> present = state.files().stream()
                .map(file -> version(FSUtils.getFileId(file.fileName()), FSUtils.getCommitTime(file.fileName())))
                .collect(Collectors.toSet());
        Set<String> inState =
                state.instants().stream().map(CompletedInstant::requested).collect(Collectors.toSet());
        Set<HoodieFileGroupId> seen = new HashSet<>();
        for (HoodieInstant instant : later.getInstants()) {
            for (HoodieWriteStat stat :
                    TimelineUtils.getCommitMetadata(instant, later).getWriteStats()) {
                String replaced = stat.getPrevCommit();
                boolean ofState = replaced != null
                        && (inState.contains(replaced) || later.isBeforeTimelineStarts(replaced))
                        && !replaced.equals(HoodieWriteStat.NULL_COMMIT);
                if (seen.add(group(stat)) && ofState && !present.contains(version(stat.getFileId(), replaced))) {
                    throw gone(
                            state,
                            metaClient,
                            "the file of commit " + replaced + " that " + stat.getPath()
                                    + " replaced was deleted by the cleaner");
                }
            }
        }
    }

    private static String version(String fileId, String commit) {
        return fileId + "@" + commit;
    }

    private static HoodieFileGroupId group(HoodieWriteStat stat) {
        return new HoodieFileGroupId(stat.getPartitionPath(), stat.getFileId());
    }

    /** A savepoint does not stop a clean that was planned before it. */
    private static void refusePlanned(TableState state, HoodieTableMetaClient metaClient) throws IOException {
        Set<String> planned = planned(metaClient);
        for (PinnedFile file : state.files()) {
            if (planned.contains(file.fileName())) {
                throw gone(state, metaClient, file.relativePath() + " is in a clean that was begun");
            }
        }
    }

    /** The names of the files that cleans will delete that were planned and are not complete. */
    static Set<String> planned(HoodieTableMetaClient metaClient) throws IOException {
        Set<String> doomed = new HashSet<>();
        List<HoodieInstant> pending = metaClient
                .getActiveTimeline()
                .getCleanerTimeline()
                .filterInflightsAndRequested()
                .getInstants();
        for (HoodieInstant clean : pending) {
            HoodieInstant requested = metaClient.createNewInstant(
                    HoodieInstant.State.REQUESTED, clean.getAction(), clean.requestedTime());
            metaClient
                    .getActiveTimeline()
                    .readCleanerPlan(requested)
                    .getFilePathsToBeDeletedPerPartition()
                    .values()
                    .forEach(files -> files.forEach(file -> doomed.add(
                            file.getFilePath().substring(file.getFilePath().lastIndexOf('/') + 1))));
        }
        return doomed;
    }

    static MeterlakeException gone(TableState state, HoodieTableMetaClient metaClient, String reason) {
        return new MeterlakeException(
                SnapshotErrorCode.CANNOT_PIN,
                "Cannot pin " + state.name() + ": " + reason,
                "Pin the present state, or one at or after " + earliest(metaClient)
                        + ", which the cleaner still keeps; a snapshot has to be made before the retention of"
                        + " replaced files has passed");
    }

    /** The completion of the first commit whose state the cleaner keeps; of the last commit if it keeps no other. */
    private static String earliest(HoodieTableMetaClient metaClient) {
        HoodieTimeline commits =
                metaClient.getActiveTimeline().getCommitsTimeline().filterCompletedInstants();
        HoodieTimeline cleans =
                metaClient.getActiveTimeline().getCleanerTimeline().filterCompletedInstants();
        String kept = "";
        try {
            if (!cleans.empty()) {
                String requested =
                        cleans.readCleanMetadata(cleans.lastInstant().get()).getEarliestCommitToRetain();
                kept = requested == null ? "" : requested;
            }
        } catch (IOException e) {
            // Then the last commit is the answer that is right in any case.
            kept = "";
        }
        String first = kept;
        return commits.getInstantsAsStream()
                .filter(instant -> !first.isEmpty() && instant.requestedTime().compareTo(first) >= 0)
                .findFirst()
                .or(() -> commits.getInstantsAsStream().reduce((one, later) -> later))
                .map(HoodieInstant::getCompletionTime)
                .orElse("the first commit");
    }
}
