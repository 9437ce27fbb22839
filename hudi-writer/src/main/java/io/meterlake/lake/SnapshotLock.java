package io.meterlake.lake;

import io.meterlake.error.MeterlakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes its holder the only one that creates, drops or recovers snapshots of a lake. Taken before {@link CommitLock}. A
 * thread that holds it may take it again.
 */
public final class SnapshotLock implements AutoCloseable {
    private static final String FILE = ".lock";

    private final LakeLock lock;

    private SnapshotLock(LakeLock lock) {
        this.lock = lock;
    }

    /**
     * Waits for the lock.
     *
     * @throws MeterlakeException {@code LAKE_LOCKED} if another one still holds it after this time
     */
    static SnapshotLock acquire(Path folder, Duration wait) {
        return new SnapshotLock(LakeLock.acquire(
                folder.resolve(FILE), wait, "change the snapshots in " + folder, "is creating or dropping one"));
    }

    /** The lock if nobody has it. */
    static Optional<SnapshotLock> tryAcquire(Path folder) {
        try {
            return Optional.of(acquire(folder, Duration.ZERO));
        } catch (MeterlakeException e) {
            if (e.code() == LakeErrorCode.LAKE_LOCKED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Frees the lock if it was taken as often as it is closed. By the thread that took it. */
    @Override
    public void close() {
        lock.release();
    }
}
