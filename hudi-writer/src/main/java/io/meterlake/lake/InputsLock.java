package io.meterlake.lake;

import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import io.meterlake.storage.HeldLock;
import io.meterlake.storage.SharedLock;
import io.meterlake.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what reports were made from, snapshots and the tables of seeds, while somebody reads it. Any number of processes
 * and threads may read at a time; who drops must be alone. Nobody waits, since both may go on for long. A killed process
 * frees the lock. Taken before all other locks of the lake but {@link WorkLock}, which does not wait either, so that the
 * order of these two does not matter.
 */
public final class InputsLock implements AutoCloseable {
    private static final String FILE = ".meterlake-inputs.lock";
    private static final Map<Path, InProcess> IN_PROCESS = new ConcurrentHashMap<>();

    /** What the threads of this process share: Java refuses a second lock on a file that it holds already. */
    private static final class InProcess {
        private int holders;
        private boolean shared;

        private @Nullable HeldLock held;

        synchronized boolean acquire(Path file, boolean wantShared) throws IOException, InterruptedException {
            if (holders > 0) {
                if (!shared || !wantShared) {
                    return false;
                }
                holders++;
                return true;
            }
            SharedLock lock = Storage.of(file).sharedLock(file);
            Optional<HeldLock> taken = wantShared ? lock.tryShare() : lock.tryTakeAlone();
            if (taken.isPresent()) {
                held = taken.get();
                shared = wantShared;
                holders = 1;
            }
            return taken.isPresent();
        }

        synchronized void release() throws IOException {
            holders--;
            HeldLock last = held;
            if (holders == 0 && last != null) {
                held = null;
                last.release();
            }
        }
    }

    private final InProcess inProcess;
    private boolean closed;

    private InputsLock(InProcess inProcess) {
        this.inProcess = inProcess;
    }

    static InputsLock reading(Path root) {
        return acquire(
                root,
                true,
                "Cannot read what reports of the lake " + root + " were made from: somebody is dropping snapshots",
                "Try again when `retention apply`, `snapshot drop`, or the `run`, `build`, `test` or `seed` that takes away"
                        + " what a failed run left has finished");
    }

    static InputsLock dropping(Path root) {
        return acquire(
                root,
                false,
                "Cannot drop snapshots of the lake " + root + ": somebody proves or compares reports, or drops, too",
                "Try again when `report verify`, `reproduce`, `diff`, `impact` or the other drop has finished");
    }

    private static InputsLock acquire(Path root, boolean shared, String message, String hint) {
        Path file = root.resolve(FILE);
        InProcess inProcess = Objects.requireNonNull(IN_PROCESS.computeIfAbsent(file, path -> new InProcess()));
        try {
            if (!inProcess.acquire(file, shared)) {
                throw new MeterlakeException(LakeErrorCode.LAKE_LOCKED, message, hint);
            }
            return new InputsLock(inProcess);
        } catch (IOException e) {
            throw failure("lock " + file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeterlakeException(LakeErrorCode.LAKE_LOCKED, message, hint, e);
        }
    }

    /** Frees the lock. A second time does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            inProcess.release();
        } catch (IOException e) {
            throw failure("unlock the lake", e);
        }
    }

    private static MeterlakeException failure(String action, IOException cause) {
        return new MeterlakeException(
                LakeErrorCode.LAKE_STORAGE,
                "Cannot " + action + ": " + FailedIo.reason(cause),
                "Check that the folder exists and that you may write to it",
                cause);
    }
}
