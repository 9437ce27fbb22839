package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

import io.trino.hive.thrift.metastore.AddPartitionsRequest;
import io.trino.hive.thrift.metastore.AddPartitionsResult;
import io.trino.hive.thrift.metastore.AlreadyExistsException;
import io.trino.hive.thrift.metastore.Database;
import io.trino.hive.thrift.metastore.GetTableRequest;
import io.trino.hive.thrift.metastore.GetTableResult;
import io.trino.hive.thrift.metastore.NoSuchObjectException;
import io.trino.hive.thrift.metastore.Partition;
import io.trino.hive.thrift.metastore.Table;
import io.trino.hive.thrift.metastore.ThriftHiveMetastore;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.thrift.TException;
import org.apache.thrift.server.TThreadPoolServer;
import org.apache.thrift.transport.TServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * A metastore that speaks the real protocol and keeps what it is told in memory. What the writer uses of a real one, and
 * nothing more. Listens on a free port of the loopback interface.
 */
public final class InMemoryMetastore implements AutoCloseable {
    private final Map<String, Database> databases = new ConcurrentHashMap<>();
    private final Map<String, Table> tables = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> partitions = new ConcurrentHashMap<>();
    private final TServerSocket socket;
    private final TThreadPoolServer server;

    public InMemoryMetastore() throws TException {
        socket = new TServerSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ThriftHiveMetastore.Iface calls = (ThriftHiveMetastore.Iface) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ThriftHiveMetastore.Iface.class},
                (proxy, method, arguments) -> call(method.getName(), arguments));
        server = new TThreadPoolServer(
                new TThreadPoolServer.Args(socket).processor(new ThriftHiveMetastore.Processor<>(calls)));
        Thread.ofPlatform().daemon().name("in-memory-metastore").start(server::serve);
    }

    public int port() {
        return socket.getServerSocket().getLocalPort();
    }

    public Table table(String database, String name) throws NoSuchObjectException {
        return found(tables.get(database + "." + name), name);
    }

    /** The names of a table's partitions. */
    public Set<String> partitions(String database, String table) {
        return new TreeSet<>(partitions.getOrDefault(database + "." + table, Set.of()));
    }

    public Set<String> databases() {
        return new TreeSet<>(databases.keySet());
    }

    /** Makes a database as another client would. */
    public void add(Database database) throws AlreadyExistsException {
        created(database);
    }

    /** Forgets all, as a metastore that was set up anew. */
    public void forget() {
        databases.clear();
        tables.clear();
        partitions.clear();
    }

    private @Nullable Object call(String method, Object[] arguments) throws TException {
        return switch (method) {
            case "getDatabase" -> found(databases.get((String) arguments[0]), (String) arguments[0]);
            case "createDatabase" -> created((Database) arguments[0]);
            case "getDatabases" ->
                databases.keySet().stream()
                        .filter(name -> name.matches(((String) arguments[0]).replace("*", ".*")))
                        .sorted()
                        .toList();
            case "dropDatabase" -> droppedDatabase((String) arguments[0]);
            case "dropTable" -> droppedTable(arguments[0] + "." + arguments[1]);
            case "getTableReq" -> {
                GetTableRequest request = (GetTableRequest) arguments[0];
                yield new GetTableResult(
                        table(requireNonNull(request.getDbName()), requireNonNull(request.getTblName())));
            }
            case "createTable" -> created((Table) arguments[0]);
            case "alterTable" -> tables.put(arguments[0] + "." + arguments[1], (Table) arguments[2]);
            case "getPartitionNames" -> List.copyOf(partitions((String) arguments[0], (String) arguments[1]));
            case "addPartitionsReq" -> added((AddPartitionsRequest) arguments[0]);
            default -> throw new UnsupportedOperationException(method);
        };
    }

    private Database created(Database database) throws AlreadyExistsException {
        if (databases.putIfAbsent(database.getName(), database) != null) {
            throw new AlreadyExistsException(database.getName());
        }
        return database;
    }

    private Table created(Table table) throws AlreadyExistsException {
        if (tables.putIfAbsent(table.getDbName() + "." + table.getTableName(), table) != null) {
            throw new AlreadyExistsException(table.getTableName());
        }
        return table;
    }

    private AddPartitionsResult added(AddPartitionsRequest request) throws TException {
        String database = requireNonNull(request.getDbName());
        String name = requireNonNull(request.getTblName());
        String column = requireNonNull(table(database, name).getPartitionKeys())
                .getFirst()
                .getName();
        Set<String> names = partitions.computeIfAbsent(database + "." + name, table -> new ConcurrentSkipListSet<>());
        for (Partition partition : requireNonNull(request.getParts())) {
            names.add(column + "=" + requireNonNull(partition.getValues()).getFirst());
        }
        return new AddPartitionsResult();
    }

    private @Nullable Object droppedDatabase(String name) throws NoSuchObjectException {
        found(databases.remove(name), name);
        tables.keySet().stream().filter(table -> table.startsWith(name + ".")).forEach(this::droppedTable);
        return null;
    }

    private @Nullable Object droppedTable(String qualifiedName) {
        tables.remove(qualifiedName);
        partitions.remove(qualifiedName);
        return null;
    }

    private static <T> T found(@Nullable T thing, String name) throws NoSuchObjectException {
        if (thing == null) {
            throw new NoSuchObjectException(name);
        }
        return thing;
    }

    @Override
    public void close() {
        server.stop();
    }
}
