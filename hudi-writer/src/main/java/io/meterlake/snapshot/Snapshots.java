package io.meterlake.snapshot;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.DidYouMean;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CommitLock;
import io.meterlake.lake.Lake;
import io.meterlake.lake.SnapshotLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The snapshots of a lake. Nothing is copied: a snapshot is a list of base files that Hudi's savepoints keep. Creating
 * and dropping wait for each other, and never for an ingest but for the moment in which it commits. A process may be
 * killed at any moment: what it left is taken back or completed by {@link #recover}. Thread-safe.
 */
public final class Snapshots {
    private final Lake lake;
    private final SnapshotListener listener;
    private final SnapshotRows rows;

    public Snapshots(Lake lake) {
        this(lake, SnapshotListener.NONE);
    }

    public Snapshots(Lake lake, SnapshotListener listener) {
        this.lake = requireNonNull(lake, "lake is null");
        this.listener = requireNonNull(listener, "listener is null");
        this.rows = new SnapshotRows(lake);
    }

    /**
     * Pins tables, all at one moment. Recovers first.
     *
     * @throws MeterlakeException {@code INVALID_SNAPSHOT_REQUEST}; {@code CANNOT_PIN} if files of that state are gone,
     *     {@code LAKE_LOCKED}, {@code METASTORE_DOWN}, {@code SNAPSHOT_STORAGE}: nothing was made, and it may be tried
     *     again
     */
    public Snapshot create(SnapshotRequest request) {
        try (SnapshotLock lock = lake.snapshotLock()) {
            requireNonNull(lock);
            removal().recover();
            return new SnapshotCreation(lake, listener, rows).create(request);
        }
    }

    /**
     * The newest snapshot that holds exactly what a new one of these tables would hold now, for use instead of a new
     * one.
     *
     * @param tables names of data tables; empty: all. A snapshot of more tables will do
     */
    public Optional<Snapshot> current(List<String> tables) {
        List<String> names = SnapshotCreation.tables(tables);
        List<PinnedTable> now = new ArrayList<>();
        try (CommitLock moment = PinMoment.await(lake)) {
            requireNonNull(moment);
            for (String name : names) {
                now.add(SnapshotCreation.pinned(TableState.read(lake.table(name), Optional.empty()), List.of()));
            }
        }
        return rows.read().active().reversed().stream()
                .filter(snapshot -> now.stream()
                        .allMatch(table -> snapshot.table(table.table())
                                .filter(pinned -> pinned.filesSha256().equals(table.filesSha256())
                                        && pinned.newest().equals(table.newest()))
                                .isPresent()))
                .findFirst();
    }

    /** All snapshots, the oldest first. Those that are being made or dropped are not among them. */
    public List<Snapshot> list() {
        Optional<SnapshotLock> free = lake.trySnapshotLock();
        if (free.isPresent()) {
            try (SnapshotLock lock = free.get()) {
                requireNonNull(lock);
                removal().recover();
            }
        }
        return rows.read().active();
    }

    /**
     * One snapshot.
     *
     * @throws MeterlakeException {@code UNKNOWN_SNAPSHOT}
     */
    public Snapshot find(String id) {
        List<Snapshot> active = rows.read().active();
        return active.stream()
                .filter(snapshot -> snapshot.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new MeterlakeException(
                        SnapshotErrorCode.UNKNOWN_SNAPSHOT,
                        "Cannot find the snapshot " + id + ": the lake has none of that id"
                                + DidYouMean.question(
                                        id, active.stream().map(Snapshot::id).toList()),
                        "See `./meterlake snapshot list`"));
    }

    /**
     * The base files of a table in a snapshot, in the order of partition and name.
     *
     * @throws MeterlakeException {@code INVALID_SNAPSHOT_REQUEST} if the snapshot does not have the table,
     *     {@code SNAPSHOT_STORAGE} if the list is gone or was changed
     */
    public List<PinnedFile> files(Snapshot snapshot, String table) {
        return folder(snapshot).readList(pinned(snapshot, table));
    }

    /** Compares all files, savepoints and registrations with what was pinned. Changes nothing. */
    public SnapshotCheck verify(Snapshot snapshot) {
        return new SnapshotVerification(lake, snapshot).run();
    }

    /**
     * Records the SHA-256 of a table's files, unless that is done already. They stand beside the list of files. Reading
     * the files keeps nobody from making or dropping another snapshot.
     *
     * @param partitions paths as in {@link PinnedFile#partition}; empty: all
     * @throws MeterlakeException {@code SNAPSHOT_STORAGE} if a file is gone or has another size, or the snapshot was
     *     dropped meanwhile
     */
    public void recordChecksums(Snapshot snapshot, String table, Collection<String> partitions) {
        Path root = lake.config().root();
        Map<String, PinnedFile> computed = files(snapshot, table).stream()
                .filter(file ->
                        file.sha256().isEmpty() && (partitions.isEmpty() || partitions.contains(file.partition())))
                .map(file -> SnapshotVerification.withChecksum(file, root))
                .collect(Collectors.toMap(PinnedFile::relativePath, file -> file));
        if (computed.isEmpty()) {
            return;
        }
        try (SnapshotLock lock = lake.snapshotLock()) {
            requireNonNull(lock);
            // Read again: somebody else may have recorded others.
            List<PinnedFile> after = files(snapshot, table).stream()
                    .map(file -> computed.getOrDefault(file.relativePath(), file))
                    .toList();
            folder(snapshot).writeList(table, after);
        }
    }

    /** Registers the tables with the metastore anew, for one that was lost. Changes nothing that is as it should be. */
    public void register(Snapshot snapshot) {
        try (SnapshotLock lock = lake.snapshotLock()) {
            requireNonNull(lock);
            new SnapshotRegistration(lake).register(snapshot);
        }
    }

    /**
     * Makes Hudi's savepoints again that another program deleted. Changes nothing that is as it should be.
     *
     * @throws MeterlakeException {@code CANNOT_PIN} if Hudi has archived the commit, or a file is gone already
     */
    public void protect(Snapshot snapshot) {
        try (SnapshotLock lock = lake.snapshotLock();
                CommitLock commit = lake.commitLock()) {
            requireNonNull(lock);
            requireNonNull(commit);
            for (PinnedTable table : snapshot.tables()) {
                List<String> lost =
                        new Savepoints(lake.table(table.table())).restore(table.savepoints(), snapshot.id());
                if (!lost.isEmpty()) {
                    throw new MeterlakeException(
                            SnapshotErrorCode.CANNOT_PIN,
                            "Cannot protect snapshot " + snapshot.id() + ": Hudi makes no savepoint of "
                                    + table.table() + " on " + String.join(", ", lost)
                                    + " any more, as the commit is archived or older than what the last clean kept",
                            "Copy the files that `snapshot show` and `snapshot verify` name to a safe place before the"
                                    + " next ingest, then drop the snapshot");
                }
            }
        }
    }

    /**
     * Drops a snapshot, with all databases whose names begin with that of its own and two underscores: what a run built
     * from it. Its base files go with the next clean if nothing else needs them.
     *
     * @throws MeterlakeException {@code UNKNOWN_SNAPSHOT}, {@code LAKE_LOCKED}, {@code METASTORE_DOWN}; it may be tried
     *     again, and goes on where it was
     */
    public void drop(String id) {
        try (SnapshotLock lock = lake.snapshotLock()) {
            requireNonNull(lock);
            removal().recover();
            removal().drop(find(id));
        }
    }

    /**
     * Finishes or takes back what processes that were killed left. Cheap when there is nothing to do.
     *
     * @return a line for each snapshot that it did something about
     */
    public List<String> recover() {
        try (SnapshotLock lock = lake.snapshotLock()) {
            requireNonNull(lock);
            return removal().recover();
        }
    }

    private SnapshotRemoval removal() {
        return new SnapshotRemoval(lake, listener, rows);
    }

    private SnapshotFolder folder(Snapshot snapshot) {
        return new SnapshotFolder(lake, snapshot.id());
    }

    private static PinnedTable pinned(Snapshot snapshot, String table) {
        return snapshot.table(table)
                .orElseThrow(() -> new MeterlakeException(
                        SnapshotErrorCode.INVALID_SNAPSHOT_REQUEST,
                        "Cannot find the table " + table + " in snapshot " + snapshot.id() + ": it has "
                                + String.join(
                                        ", ",
                                        snapshot.tables().stream()
                                                .map(PinnedTable::table)
                                                .toList()),
                        "Name one of these, or make a snapshot that has it"));
    }
}
