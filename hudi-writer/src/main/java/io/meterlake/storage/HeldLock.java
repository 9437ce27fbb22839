package io.meterlake.storage;

import java.io.IOException;

/** A lock that this process has. */
public interface HeldLock {
    /**
     * Whether it still is this process's. On a disk it always is. On an object store a process that stood still, or had
     * no connection, for longer than a lock lasts without a sign of life may have lost it to another; there this asks the
     * store, and one that does not answer counts as lost.
     */
    boolean isStillHeld();

    /** Gives it back. Once. */
    void release() throws IOException;
}
