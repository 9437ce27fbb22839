package io.meterlake.devstack;

import static io.meterlake.devstack.DevStackErrorCode.OTHER_STACK_RUNNING;
import static io.meterlake.devstack.DevStackErrorCode.PORT_IN_USE;

import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A Hive Metastore and a Trino that run together. Safe for use by several processes: a lock in the state folder makes
 * one of them start the stack and the others find it.
 */
public final class DevStack implements AutoCloseable {
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final StackFiles files;
    private final StackState state;

    private DevStack(StackFiles files, StackState state) {
        this.files = files;
        this.state = state;
    }

    /**
     * Finds the stack that runs in the state folder, or starts one. What is left of a stack that died is cleared first.
     *
     * @throws MeterlakeException if a port is taken, a server does not start, or the running stack serves another
     *     warehouse; nothing that this call started is left running then
     */
    public static DevStack up(
            DevStackConfig config, ServerLibraries libraries, Lifetime lifetime, StackListener listener) {
        StackFiles files = new StackFiles(config.stateFolder());
        return locked(files, () -> {
            Optional<StackState> remembered = StackState.read(files.state());
            if (remembered.isPresent() && remembered.get().isRunning()) {
                requireSamePlaces(config, remembered.get());
                return new DevStack(files, remembered.get());
            }
            remembered.ifPresent(state -> stop(files, state));
            return start(config, libraries, lifetime, listener, files);
        });
    }

    /** The stack that runs in a state folder. */
    public static Optional<DevStack> find(Path stateFolder) {
        StackFiles files = new StackFiles(stateFolder.toAbsolutePath().normalize());
        return StackState.read(files.state()).filter(StackState::isRunning).map(state -> new DevStack(files, state));
    }

    /** Stops whatever runs in a state folder; returns whether something ran. */
    public static boolean down(Path stateFolder) {
        StackFiles files = new StackFiles(stateFolder.toAbsolutePath().normalize());
        if (!Files.isDirectory(files.folder())) {
            return false;
        }
        return locked(
                files,
                () -> StackState.read(files.state())
                        .map(state -> stop(files, state))
                        .orElse(false));
    }

    public URI metastoreUri() {
        return URI.create("thrift://127.0.0.1:" + state.metastore().port());
    }

    public URI trinoUri() {
        return URI.create("http://127.0.0.1:" + state.trino().port());
    }

    public long metastorePid() {
        return state.metastore().pid();
    }

    public long trinoPid() {
        return state.trino().pid();
    }

    /** The folder of the servers' logs. */
    public Path logs() {
        return files.logs();
    }

    /** Stops the servers. */
    @Override
    public void close() {
        locked(files, () -> stop(files, state));
    }

    private static DevStack start(
            DevStackConfig config,
            ServerLibraries libraries,
            Lifetime lifetime,
            StackListener listener,
            StackFiles files) {
        MetastoreServer metastore = new MetastoreServer(config, port(config.metastorePort(), "metastore"));
        TrinoServer trino = new TrinoServer(config, port(config.trinoPort(), "trino"), metastore.uri());
        config.warehouse().make();
        metastore.writeConfiguration(files);
        trino.writeConfiguration(libraries, files);

        listener.step("Starting Hive Metastore on port " + metastore.port());
        ChildProcess metastoreProcess =
                ChildProcess.start(metastore.command(libraries, files), lifetime, files.log(MetastoreServer.NAME));
        ChildProcess trinoProcess = null;
        try {
            listener.step("Starting Trino " + TrinoServer.VERSION + " on port " + trino.port());
            trinoProcess = ChildProcess.start(
                    trino.command(libraries, files, lifetime), lifetime, files.log(TrinoServer.NAME));
            new Health().await(metastoreProcess, metastore.port(), trinoProcess, trino.uri());
            StackState state = new StackState(
                    StackState.Server.of(metastoreProcess, metastore.port()),
                    StackState.Server.of(trinoProcess, trino.port()),
                    config.warehouse().location(),
                    config.metastoreDatabase().toString());
            state.write(files.state());
            if (lifetime == Lifetime.DETACHED) {
                // Last: when this process ends before, the servers end with it and nothing is left to clear.
                metastoreProcess.letGo();
                trinoProcess.letGo();
            }
            return new DevStack(files, state);
        } catch (RuntimeException e) {
            if (trinoProcess != null) {
                trinoProcess.stop();
            }
            metastoreProcess.stop();
            throw e;
        }
    }

    private static boolean stop(StackFiles files, StackState state) {
        List<ChildProcess> running = List.of(
                        child(files, TrinoServer.NAME, state.trino()),
                        child(files, MetastoreServer.NAME, state.metastore()))
                .stream()
                .flatMap(Optional::stream)
                .toList();
        running.forEach(ChildProcess::stop);
        try {
            // Another stack may have been started here since this one ended.
            if (StackState.read(files.state()).filter(state::equals).isPresent()) {
                Files.delete(files.state());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + files.state(), e);
        }
        return !running.isEmpty();
    }

    private static Optional<ChildProcess> child(StackFiles files, String name, StackState.Server server) {
        return server.process().map(handle -> ChildProcess.found(name, handle, files.log(name)));
    }

    private static void requireSamePlaces(DevStackConfig config, StackState running) {
        if (!running.warehouse().equals(config.warehouse().location())) {
            throw new MeterlakeException(
                    OTHER_STACK_RUNNING,
                    "Cannot use the running stack: it serves the warehouse %s, not %s"
                            .formatted(running.warehouse(), config.warehouse().location()),
                    "Stop it (`meterlake stack down`) and start it again, or set stack.path to another folder.");
        }
        String database = config.metastoreDatabase().toString();
        if (!running.database().equals(database)) {
            throw new MeterlakeException(
                    OTHER_STACK_RUNNING,
                    "Cannot use the running stack: its metastore's database is %s, not %s"
                            .formatted(running.database(), database),
                    "Stop it (`meterlake stack down`) and start it again.");
        }
    }

    static int port(int wanted, String server) {
        try {
            return LoopbackPort.of(wanted);
        } catch (IOException e) {
            throw new MeterlakeException(
                    PORT_IN_USE,
                    "Cannot start %s: another program listens on port %d".formatted(server, wanted),
                    "Choose another one: `--set stack.%1$s-port=N`, METERLAKE_STACK_%2$s_PORT=N or stack.%1$s-port in"
                                    .formatted(server, server.equals("trino") ? "TRINO" : "METASTORE")
                            + " meterlake.yml; 0 takes a free one.",
                    e);
        }
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + folder, e);
        }
    }

    private static <T> T locked(StackFiles files, Supplier<T> action) {
        createFolder(files.folder());
        // A file lock keeps out other processes only; two threads of one process would fail on it.
        IN_THIS_PROCESS.lock();
        try (FileChannel channel = FileChannel.open(files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IllegalStateException("the lock on " + files.lock() + " is not valid");
            }
            return action.get();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot lock " + files.lock(), e);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }
}
