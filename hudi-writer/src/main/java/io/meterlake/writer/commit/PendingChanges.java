package io.meterlake.writer.commit;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.LakeTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.model.WriteOperationType;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.exception.HoodieException;

/**
 * A commit to reading_changes whose files are all on disk and which only has to be completed. It travels in the metadata
 * of the commit to meter_readings that it belongs to: once that one took effect, whoever comes next can complete this.
 *
 * @param instant the commit's instant in reading_changes
 * @param stats what Hudi wants to know of its files
 */
record PendingChanges(String instant, List<HoodieWriteStat> stats) {
    private static final String INSTANT_KEY = "meterlake.changes.instant";
    private static final String STATS_KEY = "meterlake.changes.stats";

    PendingChanges {
        requireNonNull(instant, "instant is null");
        stats = List.copyOf(stats);
    }

    /** As entries of a commit's metadata. */
    Map<String, String> toMetadata() {
        HoodieCommitMetadata metadata = new HoodieCommitMetadata();
        stats.forEach(stat -> metadata.addWriteStat(stat.getPartitionPath(), stat));
        try {
            return Map.of(INSTANT_KEY, instant, STATS_KEY, metadata.toJsonString());
        } catch (IOException e) {
            throw new IllegalStateException("Hudi's own metadata is always JSON", e);
        }
    }

    /**
     * From the metadata of a commit to meter_readings; empty if it replaced nothing.
     *
     * @throws MeterlakeException {@code FOREIGN_TABLE}
     */
    static Optional<PendingChanges> of(Map<String, String> metadata) {
        String instant = metadata.get(INSTANT_KEY);
        String stats = metadata.get(STATS_KEY);
        if (instant == null || stats == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PendingChanges(
                    instant,
                    HoodieCommitMetadata.fromJsonString(stats, HoodieCommitMetadata.class)
                            .getWriteStats()));
        } catch (Exception e) { // Hudi declares no narrower one.
            throw new MeterlakeException(
                    LakeErrorCode.FOREIGN_TABLE,
                    "Cannot complete the commit " + instant + " to reading_changes: its files are not told as this"
                            + " version tells them: " + e.getMessage(),
                    "Run the version of Meterlake that wrote it once more; it completes it",
                    e);
        }
    }

    /**
     * Makes the changes visible. For the holder of the lake's lock.
     *
     * @param table reading_changes
     * @throws MeterlakeException {@code COMMIT_INCOMPLETE}: they are not visible, or it can't be told; nothing was
     *     touched any more, and {@link Recovery} completes them
     */
    void complete(LakeTable table) {
        try (HoodieJavaWriteClient<?> client = table.writeClient()) {
            client.setOperationType(WriteOperationType.INSERT);
            client.commitStats(instant, stats, Option.empty(), HoodieTimeline.COMMIT_ACTION);
        } catch (RuntimeException e) {
            // As with the readings, cleaning and archiving come after the commit took effect.
            if (!isCompleted(table, e)) {
                throw incomplete(e);
            }
        }
    }

    private boolean isCompleted(LakeTable table, RuntimeException failure) {
        try {
            return table.completedInstants().stream()
                    .anyMatch(completed -> completed.requested().equals(instant));
        } catch (HoodieException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    private MeterlakeException incomplete(Exception cause) {
        return new MeterlakeException(
                LakeErrorCode.COMMIT_INCOMPLETE,
                "Cannot complete commit " + instant + " to reading_changes: " + cause
                        + "; the readings that it belongs to are visible already",
                "Mend the cause (is the disk full?) and run the command again; it completes it first",
                cause);
    }
}
