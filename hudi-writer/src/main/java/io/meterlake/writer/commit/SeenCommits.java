package io.meterlake.writer.commit;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.LakeTable;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieTimeline;

/**
 * The commits of a table that its files were listed with. Another program, such as Spark, does not ask for the lake's lock:
 * what it commits between our listing and our commit would be in none of the files that we write, and they would hide it.
 *
 * @param completed requested times of the commits whose files the listing had
 */
record SeenCommits(Set<String> completed) {
    SeenCommits {
        completed = Set.copyOf(completed);
    }

    /** @param metaClient the view of the table that the files are listed with */
    static SeenCommits of(HoodieTableMetaClient metaClient) {
        return new SeenCommits(
                requested(metaClient.getActiveTimeline().getWriteTimeline().filterCompletedInstants())
                        .collect(Collectors.toSet()));
    }

    /**
     * Looks at the timeline again, which costs one listing of its folder and opens no file. For the holder of the commit
     * lock, just before the commit is completed. What another program starts and completes in the moment after it is not
     * seen.
     *
     * @param own the requested time of the commit that is about to be completed
     * @throws MeterlakeException {@code COMMIT_FAILED} if there is a commit, completed or pending, that was not there, or one
     *     was taken back: nothing of ours is visible, and the next writer takes it back; {@code COMMIT_UNKNOWN} if the
     *     timeline can't be read
     */
    void requireUnchanged(LakeTable table, String own) {
        HoodieTimeline now = table.metaClient().getActiveTimeline().getWriteTimeline();
        if (requested(now).noneMatch(own::equals)) {
            // Hudi takes a timeline that it can't list for an empty one.
            throw new MeterlakeException(
                    LakeErrorCode.COMMIT_UNKNOWN,
                    "Cannot complete commit " + own + " to "
                            + table.definition().name() + ": the timeline does not have it, though it was begun",
                    "Check that the folder " + table.folder()
                            + "/.hoodie/timeline is there and that you may read it, and run the command again");
        }
        Set<String> completed = requested(now.filterCompletedInstants()).collect(Collectors.toSet());
        Optional<String> other = requested(now)
                .filter(instant -> !instant.equals(own) && !this.completed.contains(instant))
                .findFirst()
                .map(instant -> "wrote meanwhile (" + instant + ")")
                .or(() -> this.completed.stream()
                        .filter(instant -> !completed.contains(instant))
                        .findFirst()
                        .map(instant -> "took back or archived " + instant + " meanwhile"));
        if (other.isPresent()) {
            throw new MeterlakeException(
                    LakeErrorCode.COMMIT_FAILED,
                    "Cannot complete commit " + own + " to "
                            + table.definition().name() + ": another program " + other.get()
                            + ", and its rows would be lost",
                    "Nothing of ours is visible. Let the other program end (it may be Spark; `./meterlake` commands wait for"
                            + " each other), and run the command again");
        }
    }

    private static Stream<String> requested(HoodieTimeline timeline) {
        return timeline.getInstantsAsStream().map(instant -> instant.requestedTime());
    }
}
