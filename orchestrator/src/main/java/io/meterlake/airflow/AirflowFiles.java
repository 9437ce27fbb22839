package io.meterlake.airflow;

import io.meterlake.devstack.ProcessLog;
import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are in the folder of the local Airflow, its {@code AIRFLOW_HOME}. */
record AirflowFiles(Path home) {
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

    static void keepEarlier(Path log) {
        try {
            ProcessLog.keepEarlier(log);
        } catch (IOException e) {
            throw failure("move " + log + " aside", e);
        }
    }

    /** The end of a log, indented. */
    static String lastLines(Path log) {
        return ProcessLog.lastLines(log, line -> !line.isBlank());
    }

    static MeterlakeException failure(String action, IOException cause) {
        return new MeterlakeException(
                AirflowErrorCode.AIRFLOW_FILES,
                "Cannot %s: %s".formatted(action, FailedIo.reason(cause)),
                FailedIo.fix(cause),
                cause);
    }
}
