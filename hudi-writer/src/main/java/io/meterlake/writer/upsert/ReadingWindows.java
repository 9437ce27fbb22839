package io.meterlake.writer.upsert;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The readings of one bucket of one day, sorted by key and one a key, a window at a time: so that no more than a window
 * is in memory, however many there are. Goes through them once. Not thread-safe.
 */
public interface ReadingWindows {
    /**
     * The next readings. A meter's readings are never split over two windows.
     *
     * @param beforeMeter only those of meters before this one, by the bytes of the id; of all if it is null
     * @param rows end the window with the meter that brings it to so many rows
     * @return empty if there are no more before that meter
     */
    ReadingBlock next(byte @Nullable [] beforeMeter, int rows) throws IOException;
}
