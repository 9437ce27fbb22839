package io.meterlake.writer.upsert;

import java.io.IOException;

/** Stands on one channel after the other of a run's readings of a slot. Before the first call of {@link #next} on none. */
interface RunCursor {
    /** Goes to the next channel; false if there is none. */
    boolean next() throws IOException;

    int channel();

    /** Holds the channel's readings, sorted, in rows {@link #from} up to {@link #to}; good until the next {@link #next}. */
    RawReadings rows();

    int from();

    int to();
}
