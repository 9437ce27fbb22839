package io.meterlake.run;

/** Hears how a run goes. Called from one thread at a time. */
public interface RunListener {
    /** Both hear everything, the first one first. */
    static RunListener both(RunListener first, RunListener second) {
        return new RunListener() {
            @Override
            public void started(Plan plan, int threads) {
                first.started(plan, threads);
                second.started(plan, threads);
            }

            @Override
            public void ended(int position, int total, WorkResult result) {
                first.ended(position, total, result);
                second.ended(position, total, result);
            }

            @Override
            public void ended(RunResult result) {
                first.ended(result);
                second.ended(result);
            }
        };
    }

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
