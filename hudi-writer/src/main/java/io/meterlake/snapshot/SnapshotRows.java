package io.meterlake.snapshot;

import static java.util.Objects.requireNonNull;

import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeTables;
import io.meterlake.lake.RowTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table {@code snapshots}: a row for each table of each snapshot. */
final class SnapshotRows {
    private static final String ACTIVE = "active";

    private static final String DROPPING = "dropping";

    private final RowTable rows;

    SnapshotRows(Lake lake) {
        this.rows = lake.rowTable(LakeTables.SNAPSHOTS.name());
    }

    /**
     * What the table says at one moment.
     *
     * @param active those that are listed, the oldest first
     * @param dropping those whose removal has begun
     */
    record Read(List<Snapshot> active, List<Snapshot> dropping) {
        Optional<Snapshot> find(String id) {
            return active.stream().filter(snapshot -> snapshot.id().equals(id)).findFirst();
        }

        /** The commits of a table whose savepoints a snapshot other than this one needs. */
        Set<String> savepoints(String table, String exceptId) {
            return active.stream()
                    .filter(snapshot -> !snapshot.id().equals(exceptId))
                    .flatMap(snapshot -> snapshot.table(table).stream())
                    .flatMap(pinned -> pinned.savepoints().stream())
                    .collect(Collectors.toSet());
        }
    }

    Read read() {
        Map<String, List<Map<String, @Nullable Object>>> byId = new TreeMap<>();
        for (Map<String, @Nullable Object> row : rows.rows()) {
            String id = text(row, "snapshot_id");
            List<Map<String, @Nullable Object>> ofOne = byId.getOrDefault(id, new ArrayList<>());
            ofOne.add(row);
            byId.put(id, ofOne);
        }
        List<Snapshot> active = new ArrayList<>();
        List<Snapshot> dropping = new ArrayList<>();
        for (Map.Entry<String, List<Map<String, @Nullable Object>>> entry : byId.entrySet()) {
            boolean listed = text(entry.getValue().getFirst(), "status").equals(ACTIVE);
            (listed ? active : dropping).add(snapshot(entry.getKey(), entry.getValue()));
        }
        return new Read(List.copyOf(active), List.copyOf(dropping));
    }

    /** Lists a snapshot: all its rows in one commit. */
    void add(Snapshot snapshot) {
        write(snapshot, ACTIVE);
    }

    /** Takes it from the list, in one commit. */
    void beginDrop(Snapshot snapshot) {
        write(snapshot, DROPPING);
    }

    void delete(Snapshot snapshot) {
        rows.delete(snapshot.tables().stream()
                .map(table -> Map.of("snapshot_id", snapshot.id(), "table_name", table.table()))
                .toList());
    }

    private void write(Snapshot snapshot, String status) {
        rows.upsert(snapshot.tables().stream()
                .map(table -> columns(snapshot, table, status))
                .toList());
    }

    private static Map<String, Object> columns(Snapshot snapshot, PinnedTable table, String status) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("snapshot_id", snapshot.id());
        columns.put("table_name", table.table());
        columns.put("created_at", snapshot.createdAt());
        columns.put("purpose", snapshot.purpose());
        columns.put("status", status);
        columns.put("instants", SnapshotJson.instants(table.instants()));
        columns.put("savepoints", SnapshotJson.texts(table.savepoints()));
        columns.put("file_count", table.files());
        columns.put("bytes", table.bytes());
        columns.put("files_sha256", table.filesSha256());
        return columns;
    }

    private static Snapshot snapshot(String id, List<Map<String, @Nullable Object>> rows) {
        Map<String, @Nullable Object> first = rows.getFirst();
        return new Snapshot(
                id,
                (Instant) requireNonNull(first.get("created_at"), "created_at"),
                text(first, "purpose"),
                rows.stream()
                        .map(SnapshotRows::table)
                        .sorted(Comparator.comparing(PinnedTable::table))
                        .toList());
    }

    private static PinnedTable table(Map<String, @Nullable Object> row) {
        return new PinnedTable(
                text(row, "table_name"),
                SnapshotJson.instants(text(row, "instants")),
                SnapshotJson.texts(text(row, "savepoints")),
                (Long) requireNonNull(row.get("file_count"), "file_count"),
                (Long) requireNonNull(row.get("bytes"), "bytes"),
                text(row, "files_sha256"));
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return (String) requireNonNull(row.get(column), column);
    }
}
