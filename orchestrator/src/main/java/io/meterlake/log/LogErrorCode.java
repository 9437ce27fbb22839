package io.meterlake.log;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** What can be wrong with the logs of runs. */
public enum LogErrorCode implements ErrorCode {
    /** There is no run of this id, or its log was deleted. */
    UNKNOWN_RUN(ExitCode.USAGE),
    /** The folder of the logs cannot be read. */
    LOG_FILES(ExitCode.FAILED);

    private final ExitCode exitCode;

    LogErrorCode(ExitCode exitCode) {
        this.exitCode = exitCode;
    }

    @Override
    public ExitCode exitCode() {
        return exitCode;
    }
}
