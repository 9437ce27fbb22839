package io.meterlake.lake;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Makes its holder the only writer to one bookkeeping table, so that nobody who notes something there waits for an
 * ingest. A thread that holds it may take it again.
 */
final class TableLock implements AutoCloseable {
    private final LakeLock lock;

    private TableLock(LakeLock lock) {
        this.lock = lock;
    }

    static TableLock acquire(Path root, String table, Duration wait) {
        return new TableLock(LakeLock.acquire(
                file(root, table), wait, "write to " + table + " in the lake " + root, "is writing to it"));
    }

    /** Makes sure that this thread still is the only writer to the table, if it is one. */
    static void requireHeldIfTaken(Path root, String table) {
        LakeLock.requireHeld(file(root, table), "commit to " + table + " in the lake " + root);
    }

    private static Path file(Path root, String table) {
        return root.resolve(".meterlake-" + table + ".lock");
    }

    @Override
    public void close() {
        lock.release();
    }
}
