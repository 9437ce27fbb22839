package io.meterlake.airflow;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The environment variables by which Airflow's parts know where they are; all else they have from who starts them. */
final class AirflowVariables {
    static final String DAGS_CONFIG = "AIRFLOW_METERLAKE_CONFIG";

    /**
     * What the environment may say otherwise. Each worker of the scheduler is a process that it forks at its start; and what it
     * was at when it was killed is begun again when the check has seen that it is gone.
     */
    private static final Map<String, String> DEFAULTS =
            Map.of("AIRFLOW__CORE__PARALLELISM", "8", "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL", "60");

    private AirflowVariables() {}

    /**
     * For all parts of one Airflow.
     *
     * @param dags the folder {@code airflow-dags}
     * @param config the DAGs' configuration
     * @param environment of who starts it
     */
    static Map<String, String> of(
            AirflowFiles files,
            PythonEnvironment python,
            Path dags,
            Path config,
            int port,
            Map<String, String> environment) {
        String address = "http://127.0.0.1:" + port;
        Map<String, String> variables = new HashMap<>();
        variables.put("AIRFLOW_HOME", files.home().toString());
        variables.put(DAGS_CONFIG, config.toString());
        variables.put("PYTHONPATH", dags.toString());
        variables.put(
                "PATH",
                python.python().toAbsolutePath().getParent()
                        + System.getProperty("path.separator")
                        + environment.getOrDefault("PATH", ""));
        variables.put("NO_COLOR", "1");
        variables.put("AIRFLOW__CORE__DAGS_FOLDER", dags.resolve("dags").toString());
        variables.put("AIRFLOW__CORE__LOAD_EXAMPLES", "False");
        // Who can reach 127.0.0.1 of this machine is an administrator of this Airflow: for a look, not for work.
        variables.put("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS", "True");
        variables.put("AIRFLOW__API__BASE_URL", address);
        variables.put("AIRFLOW__CORE__EXECUTION_API_SERVER_URL", address + "/execution/");
        variables.put("AIRFLOW__USAGE_DATA_COLLECTION__ENABLED", "False");
        DEFAULTS.forEach((name, value) -> variables.put(name, environment.getOrDefault(name, value)));
        variables.putAll(AirflowSecrets.of(files, python));
        return variables;
    }
}
