package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

import io.trino.hive.thrift.metastore.AddPartitionsRequest;
import io.trino.hive.thrift.metastore.GetTableRequest;
import io.trino.hive.thrift.metastore.NoSuchObjectException;
import io.trino.hive.thrift.metastore.Partition;
import io.trino.hive.thrift.metastore.PrincipalType;
import io.trino.hive.thrift.metastore.StorageDescriptor;
import io.trino.hive.thrift.metastore.Table;
import io.trino.hive.thrift.metastore.ThriftHiveMetastore;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.thrift.TException;

/** The tables of one of the {@link ManifestDatabases}, over one connection. */
final class ManifestTables {
    private static final String INPUT_FORMAT = "org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat";
    private static final String OUTPUT_FORMAT = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";
    private static final int PARTITIONS_A_CALL = 1000;

    private final ThriftHiveMetastore.Client client;
    private final String database;

    ManifestTables(ThriftHiveMetastore.Client client, String database) {
        this.client = client;
        this.database = database;
    }

    /** Registers a table and its partitions. What is there otherwise is replaced; no file is touched. */
    void register(ManifestTable table) throws TException {
        Table wanted = table(table);
        Optional<Table> found = find(table);
        Optional<Set<String>> present = ownPartitions(table, wanted, found);
        if (present.isEmpty()) {
            if (found.isPresent()) {
                client.dropTable(database, table.name(), false);
            }
            client.createTable(wanted);
        }
        Set<String> known = present.orElse(Set.of());
        List<Partition> missing = table.partitions().stream()
                .filter(path -> !known.contains(value(path)))
                .map(path -> partition(wanted, table.folder().resolve(path), value(path)))
                .toList();
        for (int from = 0; from < missing.size(); from += PARTITIONS_A_CALL) {
            List<Partition> batch = missing.subList(from, Math.min(missing.size(), from + PARTITIONS_A_CALL));
            AddPartitionsRequest request = new AddPartitionsRequest(database, table.name(), batch, true);
            request.setNeedResult(false);
            client.addPartitionsReq(request);
        }
    }

    /** Whether the table is there with just these columns, and partitions in these places. */
    boolean isRegistered(ManifestTable table) throws TException {
        return ownPartitions(table, table(table), find(table))
                .filter(present -> present.size() == table.partitions().size())
                .isPresent();
    }

    /** The values of the partitions that are there; empty if the table is not, or it or one of them is another. */
    private Optional<Set<String>> ownPartitions(ManifestTable table, Table wanted, Optional<Table> found)
            throws TException {
        if (found.isEmpty() || !sameTable(found.get(), wanted, table)) {
            return Optional.empty();
        }
        Map<String, StorageDescriptor> present = partitions(table);
        return areOf(table, present) ? Optional.of(present.keySet()) : Optional.empty();
    }

    private static boolean sameTable(Table present, Table wanted, ManifestTable table) {
        StorageDescriptor storage = requireNonNull(present.getSd());
        return liesIn(storage, table.folder())
                && Objects.equals(requireNonNull(wanted.getSd()).getCols(), storage.getCols())
                && Objects.equals(wanted.getPartitionKeys(), present.getPartitionKeys());
    }

    private static boolean liesIn(StorageDescriptor storage, Path folder) {
        return MetastoreTables.sameLocation(requireNonNull(storage.getLocation()), folder)
                && INPUT_FORMAT.equals(storage.getInputFormat());
    }

    /** Whether each of these partitions belongs to the table and lies in its place. */
    private static boolean areOf(ManifestTable table, Map<String, StorageDescriptor> present) {
        Map<String, Path> folders = table.partitions().stream()
                .collect(Collectors.toMap(
                        ManifestTables::value, path -> table.folder().resolve(path)));
        return present.entrySet().stream().allMatch(partition -> {
            Path folder = folders.get(partition.getKey());
            return folder != null && liesIn(partition.getValue(), folder);
        });
    }

    private Optional<Table> find(ManifestTable table) throws TException {
        try {
            return Optional.of(requireNonNull(client.getTableReq(new GetTableRequest(database, table.name()))
                    .getTable()));
        } catch (NoSuchObjectException e) {
            return Optional.empty();
        }
    }

    private Table table(ManifestTable definition) {
        Table table = new Table();
        table.setDbName(database);
        table.setTableName(definition.name());
        table.setOwner("meterlake");
        table.setOwnerType(PrincipalType.USER);
        table.setTableType("EXTERNAL_TABLE");
        table.setPartitionKeys(MetastoreTables.partitionKeys(definition.columns(), definition.partitionColumn()));
        // Without the second one the metastore lists every folder to count files that are no data.
        table.setParameters(new HashMap<>(Map.of("EXTERNAL", "TRUE", "DO_NOT_UPDATE_STATS", "true")));
        table.setSd(MetastoreTables.parquet(
                definition.folder(),
                MetastoreTables.fields(definition.columns(), definition.partitionColumn()),
                INPUT_FORMAT,
                OUTPUT_FORMAT));
        return table;
    }

    private static Partition partition(Table table, Path folder, String value) {
        StorageDescriptor storage = new StorageDescriptor(requireNonNull(table.getSd()));
        storage.setLocation(MetastoreTables.location(folder));
        Partition partition = new Partition();
        partition.setDbName(table.getDbName());
        partition.setTableName(table.getTableName());
        partition.setValues(List.of(value));
        partition.setSd(storage);
        partition.setParameters(new HashMap<>(Map.of("DO_NOT_UPDATE_STATS", "true")));
        return partition;
    }

    /** A partition's value from {@code column=value}, whose odd letters stand there as {@code %3A}. */
    private static String value(String path) {
        String escaped = path.substring(path.indexOf('=') + 1);
        return URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** How each partition that is registered is stored, by its value. */
    private Map<String, StorageDescriptor> partitions(ManifestTable table) throws TException {
        Map<String, StorageDescriptor> partitions = new HashMap<>();
        if (table.partitionColumn().isPresent()) {
            List<String> names = client.getPartitionNames(database, table.name(), (short) -1);
            for (int from = 0; from < names.size(); from += PARTITIONS_A_CALL) {
                List<String> batch = names.subList(from, Math.min(names.size(), from + PARTITIONS_A_CALL));
                for (Partition partition : client.getPartitionsByNames(database, table.name(), batch)) {
                    partitions.put(requireNonNull(partition.getValues()).getFirst(), requireNonNull(partition.getSd()));
                }
            }
        }
        return partitions;
    }
}
