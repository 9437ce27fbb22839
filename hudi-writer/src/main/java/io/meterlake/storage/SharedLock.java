package io.meterlake.storage;

import java.io.IOException;
import java.util.Optional;

/** A lock that any number of processes share, or one has alone. Nobody waits for it. */
public interface SharedLock {
    /** Takes the lock beside others that share it; empty if somebody has it alone. */
    Optional<HeldLock> tryShare() throws IOException, InterruptedException;

    /** Takes the lock alone; empty if anybody has it. */
    Optional<HeldLock> tryTakeAlone() throws IOException, InterruptedException;
}
