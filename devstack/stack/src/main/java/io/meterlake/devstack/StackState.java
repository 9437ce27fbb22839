package io.meterlake.devstack;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * What the state folder remembers of a stack, so that another process finds it.
 *
 * @param database the metastore's, without a password
 */
record StackState(Server metastore, Server trino, String warehouse, String database) {
    /**
     * A process and its port.
     *
     * @param started when the process started: a process id alone may belong to another process by now
     */
    record Server(long pid, Instant started, int port) {
        static Server of(ChildProcess process, int port) {
            RecordedProcess recorded = RecordedProcess.of(process.handle());
            return new Server(recorded.pid(), recorded.started(), port);
        }

        /** The process, if it still runs. */
        Optional<ProcessHandle> process() {
            return new RecordedProcess(pid, started).process();
        }
    }

    boolean isRunning() {
        return metastore.process().isPresent() && trino.process().isPresent();
    }

    void write(Path file) {
        StackFiles.write(file, """
                # Written by meterlake stack up
                metastore.pid=%d
                metastore.started=%s
                metastore.port=%d
                trino.pid=%d
                trino.started=%s
                trino.port=%d
                warehouse=%s
                database=%s
                """.formatted(
                        metastore.pid(),
                        metastore.started(),
                        metastore.port(),
                        trino.pid(),
                        trino.started(),
                        trino.port(),
                        warehouse.replace("\\", "\\\\"),
                        database.replace("\\", "\\\\")));
    }

    /** The remembered stack; empty if there is none or the file is not whole. */
    static Optional<StackState> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            properties.load(text);
            return Optional.of(new StackState(
                    server(properties, "metastore"),
                    server(properties, "trino"),
                    properties.getProperty("warehouse", ""),
                    properties.getProperty("database", MetastoreDatabase.EMBEDDED.toString())));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Server server(Properties properties, String name) {
        return new Server(
                Long.parseLong(properties.getProperty(name + ".pid", "")),
                Instant.parse(properties.getProperty(name + ".started", "")),
                Integer.parseInt(properties.getProperty(name + ".port", "")));
    }
}
