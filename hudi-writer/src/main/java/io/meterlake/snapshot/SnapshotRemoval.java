package io.meterlake.snapshot;

import static java.util.Objects.requireNonNull;

import io.meterlake.lake.CommitLock;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeTables;
import io.meterlake.lake.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The steps that take a snapshot away: one that is listed, and one whose making was cut off. Every step may be done
 * again. For the holder of the snapshot lock.
 */
final class SnapshotRemoval {
    private final Lake lake;
    private final SnapshotListener listener;
    private final SnapshotRows rows;

    SnapshotRemoval(Lake lake, SnapshotListener listener, SnapshotRows rows) {
        this.lake = lake;
        this.listener = listener;
        this.rows = rows;
    }

    void drop(Snapshot snapshot) {
        rows.beginDrop(snapshot);
        listener.reached(snapshot.id(), SnapshotStep.UNLISTED);
        goOn(snapshot);
    }

    private void goOn(Snapshot snapshot) {
        String id = snapshot.id();
        new SnapshotRegistration(lake).unregister(id);
        listener.reached(id, SnapshotStep.UNREGISTERED);
        SnapshotRows.Read others = rows.read();
        try (CommitLock lock = lake.commitLock()) {
            requireNonNull(lock);
            for (PinnedTable table : snapshot.tables()) {
                Set<String> needed = others.savepoints(table.table(), id);
                new Savepoints(lake.table(table.table()))
                        .release(table.savepoints().stream()
                                .filter(commit -> !needed.contains(commit))
                                .toList());
                listener.reached(id, SnapshotStep.TABLE_UNPROTECTED);
            }
        }
        new SnapshotFolder(lake, id).delete();
        listener.reached(id, SnapshotStep.FOLDER_DELETED);
        rows.delete(snapshot);
        listener.reached(id, SnapshotStep.DROPPED);
    }

    /** Takes back what was made of a snapshot that is not listed. */
    void takeBack(String id) {
        new SnapshotRegistration(lake).unregister(id);
        SnapshotRows.Read others = rows.read();
        try (CommitLock lock = lake.commitLock()) {
            requireNonNull(lock);
            for (TableDefinition table : LakeTables.DATA) {
                new Savepoints(lake.table(table.name())).takeBack(id, others.savepoints(table.name(), id));
            }
        }
        new SnapshotFolder(lake, id).delete();
    }

    List<String> recover() {
        List<String> done = new ArrayList<>();
        SnapshotRows.Read present = rows.read();
        for (Snapshot snapshot : present.dropping()) {
            goOn(snapshot);
            note(done, snapshot.id(), "was being dropped, and is dropped now");
        }
        for (String id : SnapshotFolder.unfinished(lake)) {
            if (present.find(id).isPresent()) {
                new SnapshotFolder(lake, id).complete();
            } else {
                takeBack(id);
                note(done, id, "was left half-made, and is taken back");
            }
        }
        return List.copyOf(done);
    }

    private void note(List<String> done, String id, String what) {
        listener.recovered(id, what);
        done.add("snapshot " + id + " " + what);
    }
}
