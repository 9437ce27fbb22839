package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.trino.hive.thrift.metastore.AddPartitionsRequest;
import io.trino.hive.thrift.metastore.Database;
import io.trino.hive.thrift.metastore.GetTableRequest;
import io.trino.hive.thrift.metastore.NoSuchObjectException;
import io.trino.hive.thrift.metastore.Partition;
import io.trino.hive.thrift.metastore.StorageDescriptor;
import io.trino.hive.thrift.metastore.Table;
import io.trino.hive.thrift.metastore.ThriftHiveMetastore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.thrift.TException;

/**
 * Registers tables and partitions with a Hive Metastore, so that Trino finds them. Every call is a connection of its
 * own, may be repeated, and changes nothing that is as it should be. Thread-safe.
 */
final class Metastore {
    private static final int PARTITIONS_A_CALL = 500;

    private final MetastoreConnection connection;
    private final String database;

    Metastore(LakeConfig config) {
        this.connection = MetastoreConnection.of(config);
        this.database = config.database();
    }

    /** Creates the database if it is missing. */
    void registerDatabase(Path root) {
        connection.call("register the database " + database, client -> {
            try {
                client.getDatabase(database);
            } catch (NoSuchObjectException missing) {
                Database created = new Database();
                created.setName(database);
                created.setDescription("The tables of Meterlake");
                created.setLocationUri(MetastoreTables.location(root));
                created.setParameters(new HashMap<>());
                MetastoreConnection.ignoreExisting(() -> client.createDatabase(created));
            }
            return database;
        });
    }

    /** Creates the table if it is missing, and brings its columns up to date. */
    void registerTable(TableDefinition definition, Path folder) {
        Table wanted = MetastoreTables.table(database, definition, folder);
        connection.call("register the table " + definition.name(), client -> {
            Table present;
            try {
                present = present(client, definition);
            } catch (NoSuchObjectException missing) {
                MetastoreConnection.ignoreExisting(() -> client.createTable(wanted));
                return wanted;
            }
            refuseOtherLocation(definition, folder, present);
            StorageDescriptor storage = requireNonNull(present.getSd());
            StorageDescriptor wantedStorage = requireNonNull(wanted.getSd());
            if (!Objects.equals(wantedStorage.getCols(), storage.getCols())) {
                storage.setCols(wantedStorage.getCols());
                requireNonNull(present.getParameters()).putAll(requireNonNull(wanted.getParameters()));
                client.alterTable(database, definition.name(), present);
            }
            return present;
        });
    }

    private void refuseOtherLocation(TableDefinition definition, Path folder, Table present) {
        String location = requireNonNull(requireNonNull(present.getSd()).getLocation(), "table without a location");
        if (!MetastoreTables.sameLocation(location, folder)) {
            throw new MeterlakeException(
                    LakeErrorCode.METASTORE_REFUSED,
                    "Cannot register the table %s.%s: the metastore has it at %s, and the lake is at %s"
                            .formatted(database, definition.name(), location, folder.getParent()),
                    "Configure another database for this lake, or drop the old tables from the metastore");
        }
    }

    /** The values of the partitions that are registered. */
    Set<String> partitions(TableDefinition table) {
        return connection.call("list the partitions of " + table.name(), client -> {
            Set<String> values = new HashSet<>();
            for (String name : client.getPartitionNames(database, table.name(), (short) -1)) {
                values.add(name.substring(name.indexOf('=') + 1));
            }
            return values;
        });
    }

    /** Registers the partitions that are missing. */
    void addPartitions(TableDefinition table, Path folder, Collection<String> values) {
        List<String> missing = new ArrayList<>(values);
        if (missing.isEmpty()) {
            return;
        }
        connection.call("register " + missing.size() + " partitions of " + table.name(), client -> {
            StorageDescriptor storage = requireNonNull(present(client, table).getSd());
            for (int from = 0; from < missing.size(); from += PARTITIONS_A_CALL) {
                List<Partition> batch =
                        missing.subList(from, Math.min(missing.size(), from + PARTITIONS_A_CALL)).stream()
                                .map(value -> MetastoreTables.partition(database, table, folder, storage, value))
                                .toList();
                client.addPartitionsReq(new AddPartitionsRequest(database, table.name(), batch, true));
            }
            return missing;
        });
    }

    /** By {@code get_table_req}: Hive 4 has no {@code get_table} any more. */
    private Table present(ThriftHiveMetastore.Client client, TableDefinition table) throws TException {
        return requireNonNull(
                client.getTableReq(new GetTableRequest(database, table.name())).getTable());
    }
}
