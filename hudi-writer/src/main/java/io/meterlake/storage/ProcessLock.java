package io.meterlake.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A lock that one process has at a time; which of its threads may use it is not its concern. */
public interface ProcessLock {
    /** Takes the lock if nobody has it; on an object store it may take some seconds to know. */
    Optional<HeldLock> tryTake() throws IOException, InterruptedException;

    /** How long to wait before it is tried again. */
    Duration pause();

    /** Who has taken it last, such as {@code process 4711}; {@code another process} if it does not say. */
    String holder();
}
