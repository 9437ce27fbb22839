package io.meterlake.run;

import io.meterlake.snapshot.Snapshot;
import java.util.List;

/** Hears how a run goes. Called from one thread at a time. */
public interface RunListener {
    /** An earlier run was cut off while it published; that is finished now. */
    default void finished(RunRecord earlier) {}

    /** The data that the run is going to read are pinned. */
    default void pinned(Snapshot snapshot) {}

    /** Before the first work. */
    default void started(Plan plan, int threads) {}

    /**
     * A work has ended.
     *
     * @param position counted from 1
     */
    default void ended(int position, int total, WorkResult result) {}

    /** Readers see what the run built. */
    default void published(List<Publication> publications) {}

    /** After the last work. */
    default void ended(RunResult result) {}
}
