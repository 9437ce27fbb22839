package io.meterlake.airflow;

import static io.meterlake.airflow.AirflowErrorCode.AIRFLOW_NOT_STARTED;

import io.meterlake.devstack.RecordedProcess;
import io.meterlake.error.MeterlakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Starts and stops the parts' processes. At each moment the state file names those that may run. Not thread-safe. */
final class AirflowProcesses {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration HEALTH_PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final List<AirflowPart> STOP_ORDER =
            List.of(AirflowPart.SCHEDULER, AirflowPart.DAG_PROCESSOR, AirflowPart.TRIGGERER, AirflowPart.API_SERVER);

    private final AirflowFiles files;

    AirflowProcesses(AirflowFiles files) {
        this.files = files;
    }

    /**
     * Starts these parts and waits until all are healthy.
     *
     * @throws MeterlakeException {@code AIRFLOW_NOT_STARTED}; what this call started is stopped then
     */
    void start(
            AirflowState from,
            Set<AirflowPart> missing,
            PythonEnvironment python,
            Map<String, String> variables,
            AirflowRequest request) {
        AirflowState[] state = {from};
        try {
            for (AirflowPart part : missing) {
                request.listener().accept("Starting Airflow's " + part.word());
                PartProcess.start(python, part.arguments(from.port()), variables, files.log(part), process -> {
                    state[0] = state[0].with(part, process);
                    state[0].write(files.state());
                });
                if (part == AirflowPart.API_SERVER) {
                    // A task that begins before it answers fails, and has one try less.
                    await(state[0], EnumSet.of(part), request);
                }
            }
            await(state[0], EnumSet.allOf(AirflowPart.class), request);
        } catch (RuntimeException e) {
            stop(state[0], missing);
            throw e;
        }
    }

    private void await(AirflowState state, Set<AirflowPart> wanted, AirflowRequest request) {
        Instant deadline = request.clock().instant().plus(HEALTH_PATIENCE);
        try (AirflowHealth health = new AirflowHealth(state.pages())) {
            Set<AirflowPart> waiting = EnumSet.copyOf(wanted);
            while (!waiting.isEmpty()) {
                for (AirflowPart part : wanted) {
                    if (!state.isRunning(part)) {
                        throw notStarted(part, "it ended while Airflow was starting");
                    }
                }
                if (request.clock().instant().isAfter(deadline)) {
                    throw notStarted(
                            waiting.iterator().next(), "it is not healthy after " + HEALTH_PATIENCE.toSeconds() + " s");
                }
                waiting = EnumSet.copyOf(wanted);
                waiting.removeAll(health.healthy(state));
                if (!waiting.isEmpty()) {
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Airflow was starting", e);
        }
    }

    private MeterlakeException notStarted(AirflowPart part, String reason) {
        Path log = files.log(part);
        return new MeterlakeException(
                AIRFLOW_NOT_STARTED,
                "Cannot start Airflow's %s: %s; the end of its log says:\n%s"
                        .formatted(part.word(), reason, AirflowFiles.lastLines(log)),
                "Read " + log + ", mend what it says, and run `./meterlake airflow up` again.");
    }

    /** One after the other: the scheduler first, while tasks can still say how they ended. */
    void stop(AirflowState from, Set<AirflowPart> parts) {
        AirflowState state = from;
        for (AirflowPart part : STOP_ORDER) {
            if (parts.contains(part) && state.parts().containsKey(part)) {
                state.process(part).ifPresent(process -> RecordedProcess.end(process, PATIENCE));
                endFollowers(state, part);
                state = state.without(part);
                state.write(files.state());
            }
        }
    }

    /** Ends what a part left behind that did not end itself. */
    static void endFollowers(AirflowState state, AirflowPart part) {
        ProcessSession.followers(Objects.requireNonNull(state.parts().get(part)))
                .forEach(process -> RecordedProcess.end(process, PATIENCE));
    }
}
