package io.meterlake.run;

/** Hears how a run goes. Called from one thread at a time. */
public interface RunListener {
    /** Before the first work. */
    default void started(Plan plan, int threads) {}

    /**
     * A work has ended.
     *
     * @param position counted from 1
     */
    default void ended(int position, int total, WorkResult result) {}

    /** After the last work. */
    default void ended(RunResult result) {}
}
