package io.meterlake.lake;

import io.meterlake.error.MeterlakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes its holder the only writer to a lake, for as long as an ingest takes. A thread that holds it may take it again.
 * Taken before {@link CommitLock}; who holds that one may only try for this one, without waiting.
 */
public final class WriterLock implements AutoCloseable {
    private static final String FILE = ".meterlake-writer.lock";

    private final LakeLock lock;

    private WriterLock(LakeLock lock) {
        this.lock = lock;
    }

    /**
     * Waits for the lock.
     *
     * @throws MeterlakeException {@code LAKE_LOCKED} if another writer still holds it after this time
     */
    static WriterLock acquire(Path root, Duration wait) {
        return new WriterLock(
                LakeLock.acquire(root.resolve(FILE), wait, "write to the lake " + root, "is writing to it"));
    }

    /** The lock if nobody has it, or frees it within this time. */
    static Optional<WriterLock> tryAcquire(Path root, Duration wait) {
        try {
            return Optional.of(acquire(root, wait));
        } catch (MeterlakeException e) {
            if (e.code() == LakeErrorCode.LAKE_LOCKED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Makes sure that this thread is still the only writer, if it is one.
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
