package io.meterlake.airflow;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** What can go wrong with the local Airflow. */
public enum AirflowErrorCode implements ErrorCode {
    /** There is no Python environment, and none could be made. */
    NO_PYTHON(ExitCode.FAILED),
    /** There is no configuration of the DAGs, and none can be made from the example. */
    NO_DAGS_CONFIG(ExitCode.USAGE),
    /** Another program listens on the port of the pages. */
    PORT_IN_USE(ExitCode.USAGE),
    /** A part ended, or did not say in time that it is healthy. */
    AIRFLOW_NOT_STARTED(ExitCode.FAILED),
    /** Files of the local Airflow cannot be read or written. */
    AIRFLOW_FILES(ExitCode.FAILED);

    private final ExitCode exitCode;

    AirflowErrorCode(ExitCode exitCode) {
        this.exitCode = exitCode;
    }

    @Override
    public ExitCode exitCode() {
        return exitCode;
    }
}
