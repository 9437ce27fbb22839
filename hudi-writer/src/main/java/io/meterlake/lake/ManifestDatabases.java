package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.trino.hive.thrift.metastore.Database;
import io.trino.hive.thrift.metastore.GetTableRequest;
import io.trino.hive.thrift.metastore.NoSuchObjectException;
import io.trino.hive.thrift.metastore.Table;
import io.trino.hive.thrift.metastore.ThriftHiveMetastore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.thrift.TException;

/**
 * Databases of the Hive Metastore whose tables are lists of files, which Trino's Hive connector reads at full speed.
 * Every call may be repeated, and changes nothing that is as it should be. Thread-safe.
 */
public final class ManifestDatabases {
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
            ManifestTables registered = new ManifestTables(client, database);
            for (ManifestTable table : tables) {
                registered.register(table);
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

    /**
     * Makes a view, unless there is one of this text, which would take the place of another one in one step.
     *
     * @param database is there
     * @throws MeterlakeException {@code METASTORE_DOWN}, {@code METASTORE_REFUSED}
     */
    public void registerView(String database, TrinoView view) {
        Table wanted = view.table(database);
        connection.call("register the view " + database + "." + view.name(), client -> {
            try {
                Table present = requireNonNull(client.getTableReq(new GetTableRequest(database, view.name()))
                        .getTable());
                if (!Objects.equals(present.getViewOriginalText(), wanted.getViewOriginalText())) {
                    client.alterTable(database, view.name(), wanted);
                }
            } catch (NoSuchObjectException missing) {
                client.createTable(wanted);
            }
            return view;
        });
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

    /** Whether the metastore has the table with just these columns, and partitions in these places. */
    public boolean isRegistered(String database, ManifestTable table) {
        return connection.call(
                "look up the table " + database + "." + table.name(),
                client -> new ManifestTables(client, database).isRegistered(table));
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
