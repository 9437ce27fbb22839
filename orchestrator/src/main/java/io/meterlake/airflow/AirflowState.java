package io.meterlake.airflow;

import io.meterlake.devstack.RecordedProcess;
import io.meterlake.disk.DurableFile;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What the folder remembers of an Airflow, so that another process finds it.
 *
 * @param port of the pages
 * @param parts those that were started and not stopped, whether they run or not
 */
record AirflowState(int port, Map<AirflowPart, RecordedProcess> parts) {
    AirflowState {
        parts = parts.isEmpty() ? Map.of() : new EnumMap<>(parts);
    }

    /** The address of the pages. */
    URI pages() {
        return URI.create("http://127.0.0.1:" + port);
    }

    Optional<ProcessHandle> process(AirflowPart part) {
        return Optional.ofNullable(parts.get(part)).flatMap(RecordedProcess::process);
    }

    boolean isRunning(AirflowPart part) {
        return process(part).isPresent();
    }

    /** When a part was started; the end of time if it was not. */
    Instant startOf(AirflowPart part) {
        return Optional.ofNullable(parts.get(part))
                .map(RecordedProcess::started)
                .orElse(Instant.MAX);
    }

    AirflowState with(AirflowPart part, RecordedProcess process) {
        Map<AirflowPart, RecordedProcess> more = new EnumMap<>(AirflowPart.class);
        more.putAll(parts);
        more.put(part, process);
        return new AirflowState(port, more);
    }

    AirflowState without(AirflowPart part) {
        Map<AirflowPart, RecordedProcess> fewer = new EnumMap<>(AirflowPart.class);
        fewer.putAll(parts);
        fewer.remove(part);
        return new AirflowState(port, fewer);
    }

    void write(Path file) {
        StringBuilder text = new StringBuilder("# Written by meterlake airflow up\nport=" + port + "\n");
        parts.forEach((part, process) -> text.append(
                "%1$s.pid=%2$d%n%1$s.started=%3$s%n".formatted(part.word(), process.pid(), process.started())));
        try {
            DurableFile.write(file, text.toString());
        } catch (IOException e) {
            throw AirflowFiles.failure("write " + file, e);
        }
    }

    /** The remembered Airflow; empty if there is none or the file is not whole. */
    static Optional<AirflowState> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            properties.load(text);
            Map<AirflowPart, RecordedProcess> parts = new EnumMap<>(AirflowPart.class);
            for (AirflowPart part : AirflowPart.values()) {
                String pid = properties.getProperty(part.word() + ".pid", "");
                if (!pid.isEmpty()) {
                    Instant started = Instant.parse(properties.getProperty(part.word() + ".started", ""));
                    parts.put(part, new RecordedProcess(Long.parseLong(pid), started));
                }
            }
            return Optional.of(new AirflowState(Integer.parseInt(properties.getProperty("port", "")), parts));
        } catch (IOException e) {
            throw AirflowFiles.failure("read " + file, e);
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
