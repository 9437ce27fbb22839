package io.meterlake.project;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** What can be wrong with a SQL project. */
public enum ProjectErrorCode implements ErrorCode {
    /** There is no project where one is looked for. */
    NO_PROJECT,
    /** Its files contradict each other or say what is not supported. */
    INVALID_PROJECT;

    @Override
    public ExitCode exitCode() {
        return ExitCode.USAGE;
    }
}
