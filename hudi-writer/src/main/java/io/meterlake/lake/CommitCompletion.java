package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import java.util.Optional;
import org.apache.hudi.common.table.timeline.HoodieActiveTimeline;
import org.apache.hudi.exception.HoodieException;

/**
 * The last step of a commit, and what became of it. Hudi's client cleans and archives after a commit took effect, and
 * whatever fails then looks like a failed commit: only the timeline can tell.
 */
public final class CommitCompletion {
    private final LakeTable table;
    private final String instant;

    /** @param instant the commit's requested instant */
    public CommitCompletion(LakeTable table, String instant) {
        this.table = requireNonNull(table, "table is null");
        this.instant = requireNonNull(instant, "instant is null");
    }

    /**
     * Completes the commit.
     *
     * @param commit Hudi's call
     * @throws MeterlakeException {@code COMMIT_FAILED}: nothing of it is visible, and the next commit takes back what is
     *     left; {@code COMMIT_UNKNOWN}: it can't be told, and nothing was touched any more
     */
    public CompletedInstant run(Runnable commit) {
        RuntimeException failure = null;
        try {
            commit.run();
        } catch (RuntimeException e) {
            failure = e;
        }
        Optional<CompletedInstant> completed;
        try {
            completed = find();
        } catch (HoodieException e) {
            if (failure != null) {
                e.addSuppressed(failure);
            }
            throw new MeterlakeException(
                    LakeErrorCode.COMMIT_UNKNOWN,
                    "Cannot tell whether commit " + instant + " to "
                            + table.definition().name() + " took effect: " + e.getMessage(),
                    "Run the command again once the lake's disk is back: it finds out, and completes or takes back",
                    e);
        }
        if (completed.isPresent()) {
            return completed.get();
        }
        throw failed(requireNonNull(failure, "Hudi reports a commit that is not there"));
    }

    /**
     * The commit, or nothing if it is pending still.
     *
     * @throws HoodieException if it is neither: a timeline that does not know it, such as one that Hudi takes for empty
     *     because its folder can't be listed, tells nothing
     */
    private Optional<CompletedInstant> find() {
        HoodieActiveTimeline timeline = table.metaClient().getActiveTimeline();
        Optional<CompletedInstant> completed = timeline.filterCompletedInstants().getInstants().stream()
                .filter(one -> one.requestedTime().equals(instant))
                .map(LakeTable::completed)
                .findFirst();
        if (completed.isEmpty() && !timeline.filterInflightsAndRequested().containsInstant(instant)) {
            throw new HoodieException("the timeline does not know it");
        }
        return completed;
    }

    /** What to throw where something before the last step failed: what says itself what went wrong, as it is. */
    public MeterlakeException failed(Exception cause) {
        if (cause instanceof MeterlakeException known) {
            return known;
        }
        return new MeterlakeException(
                LakeErrorCode.COMMIT_FAILED,
                "Cannot complete commit " + instant + " to "
                        + table.definition().name() + ": " + cause,
                "Nothing of it is visible. Mend the cause (is the disk full?) and run the command again",
                cause);
    }
}
