package io.meterlake.airflow;

import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/** Where things are in the folder of the local Airflow, its {@code AIRFLOW_HOME}. */
record AirflowFiles(Path home) {
    private static final int LOG_LINES = 12;

    Path lock() {
        return home.resolve("meterlake.lock");
    }

    /** Which processes run. */
    Path state() {
        return home.resolve("meterlake.properties");
    }

    Path secrets() {
        return home.resolve("secrets.properties");
    }

    /** Airflow's own logs of tasks are in here as well. */
    Path logs() {
        return home.resolve("logs");
    }

    Path log(AirflowPart part) {
        return log(part.word());
    }

    Path log(String name) {
        return logs().resolve(name + ".log");
    }

    void create() {
        try {
            Files.createDirectories(logs());
        } catch (IOException e) {
            throw failure("create " + logs(), e);
        }
    }

    /** What the last process said is wanted most after it crashed. */
    static void keepEarlier(Path log) {
        try {
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw failure("move " + log + " aside", e);
        }
    }

    /** The end of a log, indented. */
    static String lastLines(Path log) {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()).stream()
                    .map(line -> "  " + line)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "  (no log: " + FailedIo.reason(e) + ")";
        }
    }

    static MeterlakeException failure(String action, IOException cause) {
        return new MeterlakeException(
                AirflowErrorCode.AIRFLOW_FILES,
                "Cannot %s: %s".formatted(action, FailedIo.reason(cause)),
                FailedIo.fix(cause),
                cause);
    }
}
