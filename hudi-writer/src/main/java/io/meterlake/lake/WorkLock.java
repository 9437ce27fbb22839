package io.meterlake.lake;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Makes its holder the only one at a kind of work on a lake, whatever other folders and checkouts there are: two of them
 * on one lake share its metastore, its snapshots and its lineage. Taken before all other locks of the lake.
 */
public final class WorkLock implements AutoCloseable {
    /** What only one process may do at a time. */
    public enum Work {
        /** Building and publishing models, making the tables of seeds, and dropping either. */
        RUN("run", "work on the models and seeds", "is at work on them"),
        /** Making and signing reports: their numbers, and the one chain of their lineage. */
        REPORTS("reports", "work on the reports", "is making or signing a report"),
        /** Gathering readings by meter, and deleting gathered files that no snapshot names. */
        GATHER("gather", "gather readings", "is gathering readings by meter");

        private final String name;
        private final String action;
        private final String holding;

        Work(String name, String action, String holding) {
            this.name = name;
            this.action = action;
            this.holding = holding;
        }
    }

    private final LakeLock lock;

    private WorkLock(LakeLock lock) {
        this.lock = lock;
    }

    static WorkLock acquire(Path root, Work work, Duration wait) {
        return new WorkLock(LakeLock.acquire(
                root.resolve(".meterlake-work-" + work.name + ".lock"),
                wait,
                work.action + " of the lake " + root,
                work.holding));
    }

    /** Frees the lock if it was taken as often as it is closed. By the thread that took it. */
    @Override
    public void close() {
        lock.release();
    }
}
