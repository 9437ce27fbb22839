package io.meterlake.snapshot;

/** Is told how the work on a snapshot goes on, on the thread that does it. What it throws ends the work. */
public interface SnapshotListener {
    /** Keeps quiet. */
    SnapshotListener NONE = new SnapshotListener() {};

    /** A step is done. */
    default void reached(String snapshotId, SnapshotStep step) {}

    /** A snapshot that a process left half-made was taken back, or a half-dropped one was dropped. */
    default void recovered(String snapshotId, String what) {}
}
