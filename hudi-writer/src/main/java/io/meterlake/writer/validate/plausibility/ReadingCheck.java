package io.meterlake.writer.validate.plausibility;

import java.util.Optional;

/** A rule, made for a series. Called for each reading: no objects unless there is a fault. */
interface ReadingCheck {
    /**
     * What is wrong with a reading.
     *
     * @param startMicros the interval's start, microseconds since 1970-01-01T00:00Z
     * @param scaledValue the value × 10⁶, or {@link io.meterlake.reading.ReadingSink#NO_VALUE}
     */
    Optional<Fault> fault(long startMicros, long scaledValue);

    /** A reading is taken in, and what follows is compared with it. */
    default void taken(long startMicros, long scaledValue) {}
}
