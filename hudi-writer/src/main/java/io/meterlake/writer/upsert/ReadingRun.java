package io.meterlake.writer.upsert;

import java.util.Set;

/**
 * Some of the readings by day and bucket, and in each by channel and start, one reading a key. Immutable,
 * thread-safe.
 */
sealed interface ReadingRun permits SortedRun, SpilledRun {
    /** The slots of which it has readings; as {@link SlotNumbers#slot} makes their numbers. */
    Set<Long> slots();

    /**
     * Goes through the readings of a slot that it has.
     *
     * @param channelOfSeries the number of the channel of a series: with any numbers that are in the order of the keys
     */
    RunCursor cursor(long slot, int[] channelOfSeries);
}
