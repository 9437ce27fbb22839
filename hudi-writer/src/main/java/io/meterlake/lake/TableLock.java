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
                root.resolve(".meterlake-" + table + ".lock"),
                wait,
                "write to " + table + " in the lake " + root,
                "is writing to it"));
    }

    @Override
    public void close() {
        lock.release();
    }
}
