package io.meterlake.lake;

import io.meterlake.error.MeterlakeException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Held for the moment in which the state of the data tables changes: from just before Hudi's commit until all that
 * belongs to it is written, too, and while a snapshot is pinned or savepoints are taken away. So a pin sees all tables
 * between two commits of an ingest, never waits for a whole one, and no cleaner plans meanwhile. A thread that holds it
 * may take it again.
 */
public final class CommitLock implements AutoCloseable {
    private static final String FILE = ".meterlake-commit.lock";

    private final LakeLock lock;

    private CommitLock(LakeLock lock) {
        this.lock = lock;
    }

    /**
     * Waits for the lock.
     *
     * @throws MeterlakeException {@code LAKE_LOCKED} if another one still holds it after this time, or this thread has
     *     lost the {@link WriterLock} meanwhile
     */
    static CommitLock acquire(Path root, Duration wait) {
        CommitLock lock = new CommitLock(LakeLock.acquire(
                root.resolve(FILE),
                wait,
                "commit to the lake " + root + " or pin it",
                "is committing to it or pinning it"));
        try {
            WriterLock.requireHeldIfTaken(root);
        } catch (MeterlakeException e) {
            lock.close();
            throw e;
        }
        return lock;
    }

    /**
     * Makes sure that this thread still keeps the data tables as they are, if it does.
     *
     * @throws MeterlakeException {@code LAKE_LOCKED} if it has lost the lock meanwhile
     */
    static void requireHeldIfTaken(Path root) {
        LakeLock.requireHeld(root.resolve(FILE), "commit to the lake " + root);
    }

    /** Frees the lock if it was taken as often as it is closed. By the thread that took it. */
    @Override
    public void close() {
        lock.release();
    }
}
