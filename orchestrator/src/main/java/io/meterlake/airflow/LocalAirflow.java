package io.meterlake.airflow;

import io.meterlake.devstack.LoopbackPort;
import io.meterlake.devstack.RecordedProcess;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * The Airflow of a folder: its parts as processes that outlive who starts them. Processes take turns by a lock in the folder;
 * not for use by several threads of one process.
 */
public final class LocalAirflow {
    private final AirflowFiles files;

    /** @param home Airflow's folder, {@code AIRFLOW_HOME} */
    public LocalAirflow(Path home) {
        this.files = new AirflowFiles(home.toAbsolutePath().normalize());
    }

    /**
     * Starts the parts that do not run, and waits until all are healthy.
     *
     * @return the parts that were started; empty if all ran already
     * @throws MeterlakeException with a code of {@link AirflowErrorCode}; what this call started is stopped then
     */
    public Set<AirflowPart> up(AirflowRequest request) {
        files.create();
        return locked(lock -> {
            Objects.requireNonNull(lock);
            AirflowState before = state();
            Set<AirflowPart> missing = EnumSet.allOf(AirflowPart.class);
            missing.removeIf(before::isRunning);
            if (missing.isEmpty()) {
                return missing;
            }
            boolean isAlone = missing.size() == AirflowPart.values().length;
            // All parts know the address, so it stays as long as one of them runs.
            int port = isAlone || missing.contains(AirflowPart.API_SERVER)
                    ? port(isAlone ? request.port() : before.port())
                    : before.port();
            Path config = DagsConfig.of(
                    request.environment().getOrDefault(AirflowVariables.DAGS_CONFIG, ""),
                    request.dags(),
                    request.project(),
                    request.listener());
            PythonEnvironment python = request.python().isPresent()
                    ? PythonEnvironment.at(request.python().get())
                    : PythonEnvironment.made(request.home(), request.listener());
            Map<String, String> variables =
                    AirflowVariables.of(files, python, request.dags(), config, port, request.environment());
            before.parts().keySet().stream()
                    .filter(missing::contains)
                    .forEach(part -> AirflowProcesses.endFollowers(before, part));
            if (isAlone) {
                prepare(python, variables, request);
            }
            new AirflowProcesses(files)
                    .start(new AirflowState(port, before.parts()), missing, python, variables, request);
            return missing;
        });
    }

    /** Stops all parts; returns whether one ran. */
    public boolean down() {
        if (!Files.isDirectory(files.home())) {
            return false;
        }
        return locked(lock -> {
            Objects.requireNonNull(lock);
            AirflowState state = state();
            boolean ran = state.parts().keySet().stream().anyMatch(state::isRunning);
            new AirflowProcesses(files).stop(state, EnumSet.allOf(AirflowPart.class));
            return ran;
        });
    }

    /** The address of the pages. */
    public URI pages() {
        return state().pages();
    }

    /** How each part that was started stands, in the order of {@link AirflowPart}; empty if none was. */
    public List<PartStatus> status() {
        AirflowState state = state();
        if (state.parts().isEmpty()) {
            return List.of();
        }
        Set<AirflowPart> healthy;
        try (AirflowHealth health = new AirflowHealth(state.pages())) {
            healthy = health.healthy(state);
        }
        List<PartStatus> all = new ArrayList<>();
        for (AirflowPart part : AirflowPart.values()) {
            RecordedProcess process = state.parts().get(part);
            all.add(new PartStatus(
                    part,
                    process == null ? 0 : process.pid(),
                    !state.isRunning(part)
                            ? PartStatus.How.ENDED
                            : healthy.contains(part) ? PartStatus.How.HEALTHY : PartStatus.How.NOT_HEALTHY,
                    files.log(part)));
        }
        return all;
    }

    /** The folder of the logs. */
    public Path logs() {
        return files.logs();
    }

    private AirflowState state() {
        return AirflowState.read(files.state()).orElseGet(() -> new AirflowState(0, Map.of()));
    }

    private void prepare(PythonEnvironment python, Map<String, String> variables, AirflowRequest request) {
        Path log = files.log("prepare");
        AirflowFiles.keepEarlier(log);
        request.listener().accept("Preparing Airflow's database");
        python.run("prepare Airflow's database", python.airflow(List.of("db", "migrate")), variables, log);
        List<String> pool = List.of("pools", "set", "meterlake_writer", "1", "One writer at a time");
        python.run("make Airflow's pool meterlake_writer", python.airflow(pool), variables, log);
    }

    private static int port(int wanted) {
        try {
            return LoopbackPort.of(wanted);
        } catch (IOException e) {
            throw new MeterlakeException(
                    AirflowErrorCode.PORT_IN_USE,
                    "Cannot start Airflow: another program listens on port " + wanted,
                    "Choose another one: `--set airflow.port=N`, METERLAKE_AIRFLOW_PORT=N or airflow.port in"
                            + " meterlake.yml; 0 takes a free one.",
                    e);
        }
    }

    private <T> T locked(Function<FileLock, T> action) {
        try (FileChannel channel = FileChannel.open(files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            return action.apply(lock);
        } catch (IOException e) {
            throw AirflowFiles.failure("lock " + files.lock(), e);
        }
    }
}
