package io.meterlake.dashboard;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** What can be wrong with dashboards. */
public enum DashboardErrorCode implements ErrorCode {
    /** The folder is missing, or its files contradict each other. */
    INVALID_DASHBOARDS,
    /** A parameter has no value that its template tag can take. */
    INVALID_PARAMETER,
    /** The page cannot be served at the port that was asked for. */
    PORT_TAKEN;

    @Override
    public ExitCode exitCode() {
        return ExitCode.USAGE;
    }
}
