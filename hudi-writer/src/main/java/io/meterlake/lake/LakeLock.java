package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file, across processes and threads. The operating system holds it, so a killed process frees it at once,
 * and nothing has to be cleaned up. The holder's process id stands in the file. A thread that holds the lock may take it
 * again.
 *
 * <p>Hudi's own FileSystemBasedLockProvider is no alternative: several writers get it at once, and a waiter's close
 * deletes the holder's lock.
 */
final class LakeLock {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Map<Path, InProcess> IN_PROCESS = new ConcurrentHashMap<>();

    /** What the threads of this process share: Java refuses a second lock on a file that it holds already. */
    private static final class InProcess {
        final ReentrantLock threads = new ReentrantLock(true);

        /** Open while the lock is held; closing it frees the lock. */
        @Nullable
        FileChannel channel;
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
                    if (!lockFile(shared, file, deadline)) {
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

    private static boolean lockFile(InProcess shared, Path file, long deadline)
            throws IOException, InterruptedException {
        Files.createDirectories(requireNonNull(file.getParent()));
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        shared.channel = channel;
        FileLock lock = channel.tryLock();
        while (lock == null) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            Thread.sleep(POLL);
            lock = channel.tryLock();
        }
        channel.truncate(0);
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(pid), 0);
        return true;
    }

    private static MeterlakeException locked(Path file, Duration wait, String action, String holding) {
        String waited = wait.isPositive() ? ", still after " + wait.toSeconds() + " s" : "";
        return new MeterlakeException(
                LakeErrorCode.LAKE_LOCKED,
                "Cannot " + action + ": " + holder(file) + " " + holding + waited,
                "Wait until it has finished and try again, or end it; ending it at any moment harms nothing"
                        + (wait.isPositive() ? ". lake.lock-wait-seconds says how long to wait" : ""));
    }

    /** Who has written its number last: nobody yet if the lock was taken only just now. */
    private static String holder(Path file) {
        try {
            String pid = Files.readString(file, StandardCharsets.US_ASCII).strip();
            return pid.isEmpty() ? "another process" : "process " + pid;
        } catch (IOException e) {
            return "another process";
        }
    }

    /** Frees the lock if it was taken as often as it is released. By the thread that took it. */
    void release() {
        release(shared);
    }

    private static void release(InProcess shared) {
        try {
            FileChannel channel = shared.channel;
            if (shared.threads.getHoldCount() == 1 && channel != null) {
                // Closing the channel frees the file lock. The file stays: deleting it would let two others in, one
                // by the old file and one by a new one.
                shared.channel = null;
                channel.close();
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
