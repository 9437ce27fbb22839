package io.meterlake.snapshot;

import io.meterlake.lake.Lake;
import io.meterlake.lake.ManifestTable;
import java.util.List;

/** Makes a snapshot known to the metastore: a database whose tables are its lists of files. */
final class SnapshotRegistration {
    private final Lake lake;

    SnapshotRegistration(Lake lake) {
        this.lake = lake;
    }

    /** Writes the manifests that are missing and registers what is not. */
    void register(Snapshot snapshot) {
        SnapshotFolder folder = new SnapshotFolder(lake, snapshot.id());
        String description = folder.readDescription();
        List<ManifestTable> tables = snapshot.tables().stream()
                .map(table -> {
                    List<PinnedFile> files = folder.readList(table);
                    folder.writeManifests(table.table(), files);
                    return table(folder, description, table, files);
                })
                .toList();
        lake.manifestDatabases().register(snapshot.database(), comment(snapshot.purpose()), folder.path(), tables);
    }

    /** Takes the name of a snapshot's database, unless another lake has it. */
    boolean claim(String id, String purpose) {
        return lake.manifestDatabases()
                .claim(Snapshot.DATABASE_PREFIX + id, comment(purpose), new SnapshotFolder(lake, id).path());
    }

    private static String comment(String purpose) {
        return "A snapshot of Meterlake, made for: " + purpose;
    }

    static ManifestTable table(SnapshotFolder folder, String description, PinnedTable table, List<PinnedFile> files) {
        SnapshotJson.Columns columns = SnapshotJson.columns(description, table.table());
        List<String> partitions = columns.partition().isEmpty()
                ? List.of()
                : files.stream().map(PinnedFile::partition).distinct().toList();
        return new ManifestTable(
                table.table(), columns.columns(), columns.partition(), folder.tableFolder(table.table()), partitions);
    }

    void unregister(String id) {
        SnapshotFolder folder = new SnapshotFolder(lake, id);
        lake.manifestDatabases().drop(Snapshot.DATABASE_PREFIX + id, folder.path());
    }
}
