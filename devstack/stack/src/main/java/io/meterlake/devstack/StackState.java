package io.meterlake.devstack;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/** What the state folder remembers of a stack, so that another process finds it. */
record StackState(Server metastore, Server trino, String warehouse) {
    /**
     * A process and its port.
     *
     * @param started when the process started: a process id alone may belong to another process by now
     */
    record Server(long pid, Instant started, int port) {
        /** Less than it takes for a process id to come round again. */
        private static final Duration TOLERANCE = Duration.ofSeconds(5);

        static Server of(ChildProcess process, int port) {
            return new Server(process.handle().pid(), startOf(process.handle()), port);
        }

        /** The process, if it still runs. */
        Optional<ProcessHandle> process() {
            return ProcessHandle.of(pid).filter(handle -> handle.isAlive() && isNear(startOf(handle)));
        }

        /** Linux reckons the start from the time of boot, which moves by some when the clock is set. */
        private boolean isNear(Instant start) {
            return Duration.between(started, start).abs().compareTo(TOLERANCE) <= 0;
        }

        private static Instant startOf(ProcessHandle handle) {
            return handle.info().startInstant().orElse(Instant.EPOCH);
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
                """.formatted(
                        metastore.pid(),
                        metastore.started(),
                        metastore.port(),
                        trino.pid(),
                        trino.started(),
                        trino.port(),
                        warehouse.replace("\\", "\\\\")));
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
                    properties.getProperty("warehouse", "")));
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
