package io.meterlake.testing;

import static java.util.Objects.requireNonNull;

import io.meterlake.devstack.DevStackConfig;
import io.meterlake.devstack.LoneMetastore;
import io.meterlake.devstack.ServerLibraries;
import io.meterlake.devstack.Warehouse;
import io.trino.hive.thrift.metastore.Database;
import io.trino.hive.thrift.metastore.GetTableRequest;
import io.trino.hive.thrift.metastore.Partition;
import io.trino.hive.thrift.metastore.Table;
import io.trino.hive.thrift.metastore.ThriftHiveMetastore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;
import org.jspecify.annotations.Nullable;

/**
 * The one Hive Metastore of the suite: a real one, started by the first test that asks and gone with the test process.
 * Each lake takes a database of its own. {@code METERLAKE_TEST_METASTORE} names one that runs already, for short rounds
 * while writing a test.
 */
public final class SharedMetastore {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable URI uri;

    private SharedMetastore() {}

    /** Where it listens; it is started if nobody has asked before. */
    public static synchronized URI uri() {
        if (uri == null) {
            uri = start();
        }
        return requireNonNull(uri);
    }

    /** A name that no other lake uses. */
    public static String newDatabase() {
        return "lake_%d_%d".formatted(ProcessHandle.current().pid(), DATABASES.incrementAndGet());
    }

    /** The values of a table's partitions, as a query engine would be told. */
    public static Set<String> partitions(String database, String table) {
        return call(client -> client.getPartitionNames(database, table, (short) -1).stream()
                .map(name -> name.substring(name.indexOf('=') + 1))
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Lets a partition lie in another folder, as another client would. */
    public static void movePartition(String database, String table, String value, Path folder) {
        call(client -> {
            Partition partition = client.getPartition(database, table, List.of(value));
            requireNonNull(partition.getSd()).setLocation("file://" + folder);
            client.alterPartition(database, table, partition);
            return partition;
        });
    }

    public static Table table(String database, String table) {
        return call(client -> requireNonNull(
                client.getTableReq(new GetTableRequest(database, table)).getTable()));
    }

    /** The databases that lie in a folder or below it. */
    public static Set<String> databasesIn(Path folder) {
        String location = "file:" + folder.toAbsolutePath();
        return call(client -> {
            Set<String> names = new TreeSet<>();
            for (String name : client.getAllDatabases()) {
                String uri = requireNonNull(client.getDatabase(name).getLocationUri());
                if (uri.replaceFirst("^file:/+", "file:/").startsWith(location)) {
                    names.add(name);
                }
            }
            return names;
        });
    }

    /** Makes a database as another client would. */
    public static void add(String database, Path folder) {
        call(client -> {
            Database created = new Database();
            created.setName(database);
            created.setLocationUri(folder.toUri().toString());
            client.createDatabase(created);
            return database;
        });
    }

    /** Forgets a lake, as a metastore that was set up anew has; its files stay. */
    public static void forget(String database) {
        call(client -> {
            client.dropDatabase(database, false, true);
            return database;
        });
    }

    private interface Call<T> {
        T on(ThriftHiveMetastore.Client client) throws TException;
    }

    private static <T> T call(Call<T> call) {
        try (TSocket socket = new TSocket(uri().getHost(), uri().getPort(), 60_000)) {
            socket.open();
            return call.on(new ThriftHiveMetastore.Client(new TBinaryProtocol(socket)));
        } catch (TException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Warehouse warehouse(Path folder) {
        return S3Gateway.isThere() ? S3Gateway.shared().warehouse() : Warehouse.folder(folder.resolve("warehouse"));
    }

    private static URI start() {
        String running = System.getenv("METERLAKE_TEST_METASTORE");
        if (running != null) {
            return URI.create(running);
        }
        try {
            Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "metastore");
            return LoneMetastore.start(
                            DevStackConfig.onFreePorts(folder.resolve("state"), warehouse(folder)),
                            ServerLibraries.builtIn(
                                    Path.of("..").toAbsolutePath().normalize()))
                    .uri();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
