package io.meterlake.snapshot;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A set of tables as they were at one moment. It never changes.
 *
 * @param id 17 digits, the time of its creation as {@code yyyyMMddHHmmssSSS} in UTC; sorts by age
 * @param purpose why it was made: {@code run}, {@code report}, {@code manual} or a text of the caller's
 * @param tables in the order of their names
 */
public record Snapshot(String id, Instant createdAt, String purpose, List<PinnedTable> tables) {
    /** What the names of all databases begin with that belong to snapshots. */
    public static final String DATABASE_PREFIX = "snap_";

    public Snapshot {
        requireNonNull(id, "id is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(purpose, "purpose is null");
        tables = List.copyOf(tables);
    }

    /** The metastore database that holds its tables: {@code hive.<database>.meter_readings} in Trino. */
    public String database() {
        return DATABASE_PREFIX + id;
    }

    public Optional<PinnedTable> table(String name) {
        return tables.stream().filter(table -> table.table().equals(name)).findFirst();
    }

    public long files() {
        return tables.stream().mapToLong(PinnedTable::files).sum();
    }

    public long bytes() {
        return tables.stream().mapToLong(PinnedTable::bytes).sum();
    }
}
