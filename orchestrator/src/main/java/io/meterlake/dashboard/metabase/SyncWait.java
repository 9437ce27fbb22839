package io.meterlake.dashboard.metabase;

import java.time.Duration;

/**
 * How long to wait until Metabase has read the tables of a connection.
 *
 * @param every between two looks
 * @param looks how many at the most
 */
public record SyncWait(Duration every, int looks) {
    /** False if the thread was interrupted. */
    boolean pause() {
        try {
            Thread.sleep(every);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
