package io.meterlake.airflow;

import java.util.List;

/** The processes of an Airflow, in the order in which they start. */
public enum AirflowPart {
    /** The pages, and what tasks speak to. */
    API_SERVER("api-server", ""),
    /** Reads the DAGs. */
    DAG_PROCESSOR("dag-processor", "dag_processor"),
    /** Starts tasks, which are its child processes. */
    SCHEDULER("scheduler", "scheduler"),
    /** Waits for approvals. */
    TRIGGERER("triggerer", "triggerer");

    private final String word;
    private final String healthKey;

    AirflowPart(String word, String healthKey) {
        this.word = word;
        this.healthKey = healthKey;
    }

    /** Its name on Airflow's command line, in messages and of its log. */
    public String word() {
        return word;
    }

    /** Its name in the answer of the health page; empty for the part that answers. */
    String healthKey() {
        return healthKey;
    }

    /** What Airflow's command line is told, so that nothing listens on another address than 127.0.0.1. */
    List<String> arguments(int port) {
        return switch (this) {
            case API_SERVER -> List.of(word, "--host", "127.0.0.1", "--port", Integer.toString(port));
            case DAG_PROCESSOR -> List.of(word);
            // Without their log servers, which listen on all addresses; the pages read the logs from the disk.
            case SCHEDULER, TRIGGERER -> List.of(word, "--skip-serve-logs");
        };
    }
}
