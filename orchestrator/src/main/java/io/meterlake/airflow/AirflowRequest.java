package io.meterlake.airflow;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an Airflow is to be started with.
 *
 * @param home where Meterlake is, with {@code airflow-dags}
 * @param project the folder of {@code meterlake.yml}
 * @param port of the pages, 0 for a free one
 * @param python an environment with {@code airflow-dags/requirements.txt}; empty: one is made
 * @param environment of who starts it; the parts have it, too
 * @param listener hears what is being done
 */
public record AirflowRequest(
        Path home,
        Path project,
        int port,
        Optional<Path> python,
        Map<String, String> environment,
        InstantSource clock,
        Consumer<String> listener) {
    public AirflowRequest {
        environment = Map.copyOf(environment);
    }

    /** The folder of the DAGs. */
    Path dags() {
        return home.resolve("airflow-dags");
    }
}
