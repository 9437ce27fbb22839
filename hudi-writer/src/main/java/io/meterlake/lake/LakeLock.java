package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import io.meterlake.storage.HeldLock;
import io.meterlake.storage.ProcessLock;
import io.meterlake.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock across processes and threads, by a file of the lake's {@link Storage}: a killed process frees it, on a disk at
 * once, and nothing has to be cleaned up. A thread that holds the lock may take it again.
 */
final class LakeLock {
    private static final Map<Path, InProcess> IN_PROCESS = new ConcurrentHashMap<>();

    /** What the threads of this process share: Java refuses a second lock on a file that it holds already. */
    private static final class InProcess {
        final ReentrantLock threads = new ReentrantLock(true);

        @Nullable
        HeldLock held;
    }

    private final InProcess shared;

    private LakeLock(InProcess shared) {
        this.shared = shared;
    }

    /**
     * Waits for a lock.
     *
     * @param file an absolute path; made if missing, with its folder
     * @param action what the lock is wanted for, as {@code write to the lake /lake}
     * @param holding what its holder does, as {@code is writing to it}
     * @throws MeterlakeException {@code LAKE_LOCKED} if another one still holds it after this time
     */
    static LakeLock acquire(Path file, Duration wait, String action, String holding) {
        InProcess shared = requireNonNull(IN_PROCESS.computeIfAbsent(file, path -> new InProcess()));
        long deadline = System.nanoTime() + wait.toNanos();
        try {
            if (!shared.threads.tryLock(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                throw locked(file, wait, action, holding);
            }
            if (shared.threads.getHoldCount() == 1) {
                boolean done = false;
                try {
                    if (!takeFile(shared, file, deadline)) {
                        throw locked(file, wait, action, holding);
                    }
                    done = true;
                } finally {
                    if (!done) {
                        release(shared);
                    }
                }
            }
            return new LakeLock(shared);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeterlakeException(
                    LakeErrorCode.LAKE_LOCKED,
                    "Cannot " + action + ": interrupted while waiting for another process",
                    "Run the command again",
                    e);
        } catch (IOException e) {
            throw new MeterlakeException(
                    LakeErrorCode.LAKE_STORAGE,
                    "Cannot lock " + file + ": " + FailedIo.reason(e),
                    "Check that the folder exists and that you may write to it",
                    e);
        }
    }

    private static boolean takeFile(InProcess shared, Path file, long deadline)
            throws IOException, InterruptedException {
        ProcessLock lock = Storage.of(file).lock(file);
        Optional<HeldLock> held = lock.tryTake();
        while (held.isEmpty()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            Thread.sleep(lock.pause());
            held = lock.tryTake();
        }
        shared.held = held.get();
        return true;
    }

    /**
     * Asks whether this thread, if it has taken a lock, still holds it, as an object store may have given it to another.
     *
     * @throws MeterlakeException {@code LAKE_LOCKED}
     */
    static void requireHeld(Path file, String action) {
        InProcess shared = IN_PROCESS.get(file);
        if (shared != null && shared.threads.isHeldByCurrentThread()) {
            HeldLock held = shared.held;
            if (held == null || !held.isStillHeld()) {
                throw new MeterlakeException(
                        LakeErrorCode.LAKE_LOCKED,
                        "Cannot " + action
                                + ": this process stood still, or could not reach the store, for so long that"
                                + " it lost the lock " + file,
                        "Run the command again; nothing of it has become visible, and what it left is taken back first");
            }
        }
    }

    private static MeterlakeException locked(Path file, Duration wait, String action, String holding) {
        String waited = wait.isPositive() ? ", still after " + wait.toSeconds() + " s" : "";
        return new MeterlakeException(
                LakeErrorCode.LAKE_LOCKED,
                "Cannot " + action + ": " + Storage.of(file).lock(file).holder() + " " + holding + waited,
                "Wait until it has finished and try again, or end it; ending it at any moment harms nothing"
                        + (wait.isPositive() ? ". lake.lock-wait-seconds says how long to wait" : ""));
    }

    /** Frees the lock if it was taken as often as it is released. By the thread that took it. */
    void release() {
        release(shared);
    }

    private static void release(InProcess shared) {
        try {
            HeldLock held = shared.held;
            if (shared.threads.getHoldCount() == 1 && held != null) {
                shared.held = null;
                held.release();
            }
        } catch (IOException e) {
            throw new MeterlakeException(
                    LakeErrorCode.LAKE_STORAGE,
                    "Cannot unlock the lake: " + FailedIo.reason(e),
                    "End this process to free it",
                    e);
        } finally {
            shared.threads.unlock();
        }
    }
}
