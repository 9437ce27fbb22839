package io.meterlake.snapshot;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.Lake;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The snapshots of a lake. Nothing is copied: a snapshot is a list of base files that Hudi's savepoints keep. Creating
 * and dropping wait for each other, and never for an ingest but for the moment in which it commits. A process may be
 * killed at any moment: what it left is taken back or completed by {@link #recover}. Thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester") // until the bodies are there
public final class Snapshots {
    private final Lake lake;
    private final SnapshotListener listener;

    public Snapshots(Lake lake) {
        this(lake, SnapshotListener.NONE);
    }

    public Snapshots(Lake lake, SnapshotListener listener) {
        this.lake = requireNonNull(lake, "lake is null");
        this.listener = requireNonNull(listener, "listener is null");
    }

    /**
     * Pins tables, all at one moment. Recovers first.
     *
     * @throws MeterlakeException {@code INVALID_SNAPSHOT_REQUEST}; {@code CANNOT_PIN} if files of that state are gone,
     *     {@code LAKE_LOCKED}, {@code METASTORE_DOWN}, {@code SNAPSHOT_STORAGE}: nothing was made, and it may be tried
     *     again
     */
    public Snapshot create(SnapshotRequest request) {
        throw new UnsupportedOperationException(lake.config().root() + listener.toString() + request);
    }

    /**
     * The newest snapshot that holds exactly what a new one of these tables would hold now, for use instead of a new
     * one.
     *
     * @param tables names of data tables; empty: all. A snapshot of more tables will do
     */
    public Optional<Snapshot> current(List<String> tables) {
        throw new UnsupportedOperationException();
    }

    /** All snapshots, the oldest first. Those that are being made or dropped are not among them. */
    public List<Snapshot> list() {
        throw new UnsupportedOperationException();
    }

    /**
     * One snapshot.
     *
     * @throws MeterlakeException {@code UNKNOWN_SNAPSHOT}
     */
    public Snapshot find(String id) {
        throw new UnsupportedOperationException();
    }

    /**
     * The base files of a table in a snapshot, in the order of partition and name.
     *
     * @throws MeterlakeException {@code INVALID_SNAPSHOT_REQUEST} if the snapshot does not have the table,
     *     {@code SNAPSHOT_STORAGE} if the list is gone or was changed
     */
    public List<PinnedFile> files(Snapshot snapshot, String table) {
        throw new UnsupportedOperationException();
    }

    /** Compares all files, savepoints and registrations with what was pinned. Changes nothing. */
    public SnapshotCheck verify(Snapshot snapshot) {
        throw new UnsupportedOperationException();
    }

    /**
     * Records the SHA-256 of a table's files, unless that is done already. They stand beside the list of files.
     *
     * @param partitions paths as in {@link PinnedFile#partition}; empty: all
     * @throws MeterlakeException {@code SNAPSHOT_STORAGE} if a file is gone or has another size
     */
    public void recordChecksums(Snapshot snapshot, String table, Collection<String> partitions) {
        throw new UnsupportedOperationException();
    }

    /** Registers the tables with the metastore anew, for one that was lost. Changes nothing that is as it should be. */
    public void register(Snapshot snapshot) {
        throw new UnsupportedOperationException();
    }

    /**
     * Drops a snapshot, with all databases whose names begin with that of its own and two underscores: what a run built
     * from it. Its base files go with the next clean if nothing else needs them.
     *
     * @throws MeterlakeException {@code UNKNOWN_SNAPSHOT}, {@code LAKE_LOCKED}, {@code METASTORE_DOWN}; it may be tried
     *     again, and goes on where it was
     */
    public void drop(String id) {
        throw new UnsupportedOperationException();
    }

    /**
     * Finishes or takes back what processes that were killed left. Cheap when there is nothing to do.
     *
     * @return a line for each snapshot that it did something about
     */
    public List<String> recover() {
        throw new UnsupportedOperationException();
    }
}
