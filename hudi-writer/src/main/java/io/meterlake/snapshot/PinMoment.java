package io.meterlake.snapshot;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CommitLock;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.WriterLock;
import io.meterlake.writer.commit.Recovery;
import java.time.Duration;
import java.util.Optional;

/**
 * A moment at which the data tables may be pinned: nobody commits, and every commit of readings has its changes and its
 * ledger row. A writer that lives sees to that before it frees the commit lock. One that was killed does not, and may be
 * killed while a pin waits for that very lock: so it is looked for when the lock is held, not before.
 */
final class PinMoment {
    /** How long to wait for a writer that is about to recover before it is looked at again. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private PinMoment() {}

    /**
     * Waits for such a moment, and completes first what a dead writer left. It lasts until the lock is closed.
     *
     * @throws MeterlakeException {@code LAKE_LOCKED} if another process commits, or has yet to recover, for longer than
     *     {@link io.meterlake.lake.LakeConfig#writerWait}; {@code LAKE_STORAGE}, {@code COMMIT_INCOMPLETE},
     *     {@code UNPROTECTED_SNAPSHOT}
     */
    static CommitLock await(Lake lake) {
        Duration wait = lake.config().writerWait();
        for (long left = wait.dividedBy(PAUSE); ; left--) {
            CommitLock commit = lake.commitLock();
            boolean whole = false;
            try {
                whole = isWhole(lake);
            } finally {
                if (!whole) {
                    commit.close();
                }
            }
            if (whole) {
                return commit;
            }
            if (left <= 0) {
                throw stillBehind(lake, wait);
            }
            // Whoever writes now recovers first and may then write for an hour: its lock is not what to wait for.
            lake.tryLock(PAUSE).ifPresent(WriterLock::close);
        }
    }

    /**
     * Not to wait for the writer's lock keeps the order of the locks: its holder may wait for the commit lock, which is
     * held here. Without it nothing may be completed, since its holder does so itself.
     */
    private static boolean isWhole(Lake lake) {
        Optional<WriterLock> free = lake.tryLock(Duration.ZERO);
        if (free.isEmpty()) {
            return !Recovery.isBehind(lake);
        }
        try (WriterLock writer = free.get()) {
            requireNonNull(writer);
            if (Recovery.isBehind(lake)) {
                // What completes a commit is a commit, too, and cleans.
                new SnapshotProtection(lake).require("pin the lake");
                Recovery.finish(lake);
            }
            return true;
        }
    }

    private static MeterlakeException stillBehind(Lake lake, Duration wait) {
        return new MeterlakeException(
                LakeErrorCode.LAKE_LOCKED,
                "Cannot pin the lake " + lake.config().root()
                        + ": the newest commit of readings lacks its changes or its"
                        + " row in ingested_files, and another process holds the writer's lock and has not completed"
                        + " them, still after " + wait.toSeconds() + " s",
                "Wait until that process has finished and try again, or end it; ending it at any moment harms nothing");
    }
}
