package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.trino.hive.thrift.metastore.AddPartitionsRequest;
import io.trino.hive.thrift.metastore.Database;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.thrift.TException;

/**
 * Databases of the Hive Metastore whose tables are lists of files, which Trino's Hive connector reads at full speed.
 * Every call may be repeated, and changes nothing that is as it should be. Thread-safe.
 */
public final class ManifestDatabases {
    private static final String INPUT_FORMAT = "org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat";
    private static final String OUTPUT_FORMAT = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";
    private static final int PARTITIONS_A_CALL = 1000;
    /** Between the name of a database and those of the databases that go with it. */
    private static final String SUFFIX = "__";

    private final MetastoreConnection connection;

    ManifestDatabases(MetastoreConnection connection) {
        this.connection = connection;
    }

    /**
     * Registers a database with all its tables and partitions, as far as they are missing.
     *
     * @param folder the database's location
     * @throws MeterlakeException {@code METASTORE_DOWN}; {@code METASTORE_REFUSED} also if there is a database of the
     *     name with another location
     */
    public void register(String database, String description, Path folder, List<ManifestTable> tables) {
        connection.call("register the database " + database, client -> {
            registerDatabase(client, database, description, folder);
            for (ManifestTable table : tables) {
                registerTable(client, database, table);
            }
            return database;
        });
    }

    /**
     * Makes a database without tables, unless there is one of the name. Of two callers who do so at the same time one
     * gets it.
     *
     * @param folder the database's location
     * @return whether the database is the one at this folder
     * @throws MeterlakeException {@code METASTORE_DOWN}, {@code METASTORE_REFUSED}
     */
    public boolean claim(String database, String description, Path folder) {
        return connection.call(
                "make the database " + database,
                client -> MetastoreTables.sameLocation(makeDatabase(client, database, description, folder), folder));
    }

    private static void registerDatabase(
            ThriftHiveMetastore.Client client, String database, String description, Path folder) throws TException {
        String location = makeDatabase(client, database, description, folder);
        if (!MetastoreTables.sameLocation(location, folder)) {
            throw new MeterlakeException(
                    LakeErrorCode.METASTORE_REFUSED,
                    "Cannot register the database " + database + " of " + folder + ": the metastore has one at "
                            + location,
                    "Drop that one from the metastore, or use a metastore for each lake");
        }
    }

    /** Where the database of this name lies then. */
    private static String makeDatabase(
            ThriftHiveMetastore.Client client, String database, String description, Path folder) throws TException {
        Optional<String> location = location(client, database);
        if (location.isPresent()) {
            return location.get();
        }
        Database created = new Database();
        created.setName(database);
        created.setDescription(description);
        created.setLocationUri(MetastoreTables.location(folder));
        created.setParameters(new HashMap<>());
        MetastoreConnection.ignoreExisting(() -> client.createDatabase(created));
        return requireNonNull(client.getDatabase(database).getLocationUri());
    }

    private static Optional<String> location(ThriftHiveMetastore.Client client, String database) throws TException {
        try {
            return Optional.of(requireNonNull(client.getDatabase(database).getLocationUri()));
        } catch (NoSuchObjectException e) {
            return Optional.empty();
        }
    }

    private static void registerTable(ThriftHiveMetastore.Client client, String database, ManifestTable table)
            throws TException {
        Table wanted = table(database, table);
        Set<String> present = Set.of();
        Optional<Table> found = find(client, database, table.name());
        if (found.isPresent() && !sameTable(found.get(), wanted, table)) {
            client.dropTable(database, table.name(), false);
            found = Optional.empty();
        }
        if (found.isPresent()) {
            present = partitionValues(client, database, table);
        } else {
            client.createTable(wanted);
        }
        Set<String> known = present;
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

    private static boolean sameTable(Table present, Table wanted, ManifestTable table) {
        StorageDescriptor storage = requireNonNull(present.getSd());
        return MetastoreTables.sameLocation(requireNonNull(storage.getLocation()), table.folder())
                && INPUT_FORMAT.equals(storage.getInputFormat())
                && Objects.equals(requireNonNull(wanted.getSd()).getCols(), storage.getCols())
                && Objects.equals(wanted.getPartitionKeys(), present.getPartitionKeys());
    }

    private static Optional<Table> find(ThriftHiveMetastore.Client client, String database, String name)
            throws TException {
        try {
            return Optional.of(requireNonNull(
                    client.getTableReq(new GetTableRequest(database, name)).getTable()));
        } catch (NoSuchObjectException e) {
            return Optional.empty();
        }
    }

    private static Table table(String database, ManifestTable definition) {
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

    private static Set<String> partitionValues(ThriftHiveMetastore.Client client, String database, ManifestTable table)
            throws TException {
        if (table.partitionColumn().isEmpty()) {
            return Set.of();
        }
        Set<String> values = new HashSet<>();
        for (String name : client.getPartitionNames(database, table.name(), (short) -1)) {
            values.add(value(name));
        }
        return values;
    }

    /** Whether the metastore has the table with just these columns and partitions. */
    public boolean isRegistered(String database, ManifestTable table) {
        return connection.call("look up the table " + database + "." + table.name(), client -> {
            Optional<Table> found = find(client, database, table.name());
            return found.isPresent()
                    && sameTable(found.get(), table(database, table), table)
                    && partitionValues(client, database, table)
                            .equals(new HashSet<>(table.partitions().stream()
                                    .map(ManifestDatabases::value)
                                    .toList()));
        });
    }

    /** Where the database lies, as the metastore writes it; empty if there is none. */
    public Optional<String> location(String database) {
        return connection.call("look up the database " + database, client -> location(client, database));
    }

    /**
     * Drops a database and all whose names begin with its name and two underscores, with their tables and views. The
     * lists of files stay on disk; what Trino wrote into the other databases goes.
     *
     * @param folder the database's location: one that lies elsewhere belongs to another lake and stays
     */
    public void drop(String database, Path folder) {
        connection.call("drop the database " + database, client -> {
            if (belongsElsewhere(client, database, folder)) {
                return database;
            }
            for (String name : client.getDatabases(database + "*")) {
                if (name.startsWith(database + SUFFIX)) {
                    dropDatabase(client, name, true);
                }
            }
            dropDatabase(client, database, false);
            return database;
        });
    }

    private static boolean belongsElsewhere(ThriftHiveMetastore.Client client, String database, Path folder)
            throws TException {
        return location(client, database)
                .filter(location -> !MetastoreTables.sameLocation(location, folder))
                .isPresent();
    }

    private static void dropDatabase(ThriftHiveMetastore.Client client, String name, boolean deleteData)
            throws TException {
        try {
            client.dropDatabase(name, deleteData, true);
        } catch (NoSuchObjectException gone) {
            return;
        }
    }
}
