package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.storage.Storage;
import io.trino.hive.thrift.metastore.AddPartitionsRequest;
import io.trino.hive.thrift.metastore.FieldSchema;
import io.trino.hive.thrift.metastore.GetTableRequest;
import io.trino.hive.thrift.metastore.Partition;
import io.trino.hive.thrift.metastore.StorageDescriptor;
import io.trino.hive.thrift.metastore.Table;
import io.trino.hive.thrift.metastore.ThriftHiveMetastore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.thrift.TException;
import org.jspecify.annotations.Nullable;

/**
 * Tables that Trino made. One takes partitions of another one over without reading them: their files get a second name in
 * its own folder, so that each of the two tables may be dropped without the other one losing anything. Thread-safe.
 */
public final class BuiltTables {
    private static final int PARTITIONS_A_CALL = 500;
    /** Counts that are wrong once files come in beside those that were counted. */
    private static final Set<String> COUNTS =
            Set.of("numRows", "numFiles", "rawDataSize", "totalSize", "COLUMN_STATS_ACCURATE", "STATS_GENERATED");

    private final MetastoreConnection connection;
    private final Storage storage;

    BuiltTables(LakeConfig config) {
        this.connection = MetastoreConnection.of(config);
        this.storage = Storage.of(config.root());
    }

    /**
     * A table's name in the metastore.
     *
     * @param database in lower case, as {@code name}
     */
    public record Name(String database, String name) {}

    /**
     * A partition of a table.
     *
     * @param values by column, in the order of the columns; that of a null is Hive's word for it
     * @param isInBoth whether the other table has one of the same values
     */
    public record Part(Map<String, String> values, boolean isInBoth) {
        public Part {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /**
     * Gives partitions of a table, or all of one without partitions, to another one of the same columns that nobody reads
     * yet. A partition that both have has the files of both then.
     *
     * @param wanted which partitions are given
     * @return how many were; empty if nothing was done, since this process does not get to the files
     * @throws MeterlakeException {@code METASTORE_DOWN}, {@code METASTORE_REFUSED}; the other table may have some of them
     */
    public Optional<Integer> give(Name table, Name other, Predicate<Part> wanted) {
        return connection.call(
                "take partitions of %s.%s into %s.%s"
                        .formatted(table.database(), table.name(), other.database(), other.name()),
                client -> give(client, find(client, table), find(client, other), wanted));
    }

    private Optional<Integer> give(ThriftHiveMetastore.Client client, Table from, Table to, Predicate<Part> wanted)
            throws TException {
        boolean isWhole = requireNonNull(from.getPartitionKeys()).isEmpty();
        Set<String> present = isWhole ? Set.of() : names(client, to);
        Map<String, Partition> given = isWhole ? Map.of() : partitions(client, from, present, wanted);
        Path target = storage.path(location(to.getSd())).orElse(null);
        if (target == null || !share(from, given, target)) {
            return Optional.empty();
        }
        if (isWhole) {
            withoutCounts(to.getParameters());
            client.alterTable(to.getDbName(), to.getTableName(), to);
            return Optional.of(1);
        }
        register(client, to, present, given, target);
        return Optional.of(given.size());
    }

    private boolean share(Table from, Map<String, Partition> given, Path target) {
        SharedFiles files = new SharedFiles(storage);
        try {
            if (requireNonNull(from.getPartitionKeys()).isEmpty()) {
                files.share(folder(location(from.getSd())), target);
            }
            for (Map.Entry<String, Partition> one : given.entrySet()) {
                files.share(folder(location(one.getValue().getSd())), target.resolve(one.getKey()));
            }
            return true;
        } catch (IOException e) {
            try {
                files.undo();
            } catch (IOException left) {
                e.addSuppressed(left);
                throw new MeterlakeException(
                        LakeErrorCode.LAKE_STORAGE,
                        "Cannot take back files below " + target + ": " + left.getMessage(),
                        "Check the rights of the warehouse's folder, then run `meterlake retry`.",
                        e);
            }
            return false;
        }
    }

    private Path folder(String location) throws IOException {
        return storage.path(location).orElseThrow(() -> new IOException(location + " is elsewhere"));
    }

    private static Set<String> names(ThriftHiveMetastore.Client client, Table table) throws TException {
        return new HashSet<>(client.getPartitionNames(table.getDbName(), table.getTableName(), (short) -1));
    }

    private static void register(
            ThriftHiveMetastore.Client client, Table to, Set<String> present, Map<String, Partition> given, Path target)
            throws TException {
        List<Partition> added = new ArrayList<>();
        List<String> mixed = new ArrayList<>();
        given.forEach((name, partition) -> {
            if (present.contains(name)) {
                mixed.add(name);
            } else {
                added.add(moved(partition, to, MetastoreTables.location(target.resolve(name))));
            }
        });
        for (int start = 0; start < added.size(); start += PARTITIONS_A_CALL) {
            List<Partition> batch = added.subList(start, Math.min(added.size(), start + PARTITIONS_A_CALL));
            AddPartitionsRequest request =
                    new AddPartitionsRequest(to.getDbName(), to.getTableName(), new ArrayList<>(batch), false);
            request.setNeedResult(false);
            client.addPartitionsReq(request);
        }
        for (Partition partition : byName(client, to, mixed)) {
            withoutCounts(partition.getParameters());
            client.alterPartition(to.getDbName(), to.getTableName(), partition);
        }
    }

    private static Partition moved(Partition partition, Table to, String location) {
        StorageDescriptor sd = new StorageDescriptor(requireNonNull(partition.getSd()));
        sd.setLocation(location);
        Partition moved = new Partition();
        moved.setDbName(to.getDbName());
        moved.setTableName(to.getTableName());
        moved.setValues(partition.getValues());
        moved.setSd(sd);
        Map<String, String> parameters = new HashMap<>(requireNonNull(partition.getParameters()));
        // The rows are what they were; without this the metastore lists the folder to count them anew.
        parameters.put("DO_NOT_UPDATE_STATS", "true");
        moved.setParameters(parameters);
        return moved;
    }

    /** By name, as {@code reading_date=2026-01-25}. */
    private static Map<String, Partition> partitions(
            ThriftHiveMetastore.Client client, Table table, Set<String> present, Predicate<Part> wanted)
            throws TException {
        List<String> columns = requireNonNull(table.getPartitionKeys()).stream()
                .map(FieldSchema::getName)
                .toList();
        Map<String, Partition> found = new LinkedHashMap<>();
        for (Partition partition : byName(client, table, List.copyOf(names(client, table)))) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                values.put(columns.get(i), requireNonNull(partition.getValues()).get(i));
            }
            String name = name(partition, columns.size());
            if (wanted.test(new Part(values, present.contains(name)))) {
                found.put(name, partition);
            }
        }
        return found;
    }

    /** The last parts of its location are its name, whose odd letters are escaped. */
    private static String name(Partition partition, int columns) {
        String[] parts = location(partition.getSd()).split("/", -1);
        return String.join("/", Arrays.copyOfRange(parts, parts.length - columns, parts.length));
    }

    private static List<Partition> byName(ThriftHiveMetastore.Client client, Table table, List<String> names)
            throws TException {
        List<Partition> found = new ArrayList<>();
        for (int start = 0; start < names.size(); start += PARTITIONS_A_CALL) {
            found.addAll(client.getPartitionsByNames(
                    table.getDbName(),
                    table.getTableName(),
                    names.subList(start, Math.min(names.size(), start + PARTITIONS_A_CALL))));
        }
        return found;
    }

    private static Table find(ThriftHiveMetastore.Client client, Name name) throws TException {
        return requireNonNull(client.getTableReq(new GetTableRequest(name.database(), name.name()))
                .getTable());
    }

    private static String location(@Nullable StorageDescriptor storage) {
        return requireNonNull(requireNonNull(storage).getLocation());
    }

    private static void withoutCounts(@Nullable Map<String, String> parameters) {
        requireNonNull(parameters).keySet().removeAll(COUNTS);
    }
}
