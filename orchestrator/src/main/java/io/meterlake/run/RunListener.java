package io.meterlake.run;

import io.meterlake.compile.CompiledProject;
import io.meterlake.snapshot.Snapshot;
import java.util.List;

/** Hears how a run goes. Called from one thread at a time. */
public interface RunListener {
    /** Both hear everything, the first one first. */
    static RunListener both(RunListener first, RunListener second) {
        return new RunListener() {
            @Override
            public void began(String command, int nodes) {
                first.began(command, nodes);
                second.began(command, nodes);
            }

            @Override
            public void finishedSeeds(List<Publication> seeds) {
                first.finishedSeeds(seeds);
                second.finishedSeeds(seeds);
            }

            @Override
            public void reads(Snapshot snapshot) {
                first.reads(snapshot);
                second.reads(snapshot);
            }

            @Override
            public void finished(RunRecord earlier) {
                first.finished(earlier);
                second.finished(earlier);
            }

            @Override
            public void pinned(Snapshot snapshot, CompiledProject project) {
                first.pinned(snapshot, project);
                second.pinned(snapshot, project);
            }

            @Override
            public void leftOut(String test, String missing) {
                first.leftOut(test, missing);
                second.leftOut(test, missing);
            }

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
            public void published(List<Publication> publications) {
                first.published(publications);
                second.published(publications);
            }

            @Override
            public void ended(RunResult result) {
                first.ended(result);
                second.ended(result);
            }
        };
    }

    /**
     * Before anything is asked of the lake or of Trino, which may take a while.
     *
     * @param command such as {@code build}
     * @param nodes how many are selected
     */
    default void began(String command, int nodes) {}

    /** Seeds whose publishing was cut off are published now. */
    default void finishedSeeds(List<Publication> seeds) {}

    /** The run has its snapshot, whose id is also the run's name. Not called for tests and seeds alone. */
    default void reads(Snapshot snapshot) {}

    /** An earlier run was cut off while it published; that is finished now. */
    default void finished(RunRecord earlier) {}

    /**
     * The project is compiled for the data that the run is going to read. Not called for tests and seeds alone.
     *
     * @param project compiled for the run: sources in the snapshot, its own models where it builds them
     */
    default void pinned(Snapshot snapshot, CompiledProject project) {}

    /**
     * A test that the selection only takes along is not run.
     *
     * @param test its name
     * @param missing the model or seed that it reads and that was never built
     */
    default void leftOut(String test, String missing) {}

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
