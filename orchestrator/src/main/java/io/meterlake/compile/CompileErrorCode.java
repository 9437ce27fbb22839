package io.meterlake.compile;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** What can be wrong with a project when its templates are rendered, and with what is asked of it. */
public enum CompileErrorCode implements ErrorCode {
    /** A template, a reference or a setting is wrong. */
    INVALID_MODEL,
    /** The same data could give a report another result; see {@code io.meterlake.compile.determinism}. */
    NOT_DETERMINISTIC,
    /** Models depend on each other in a circle. */
    CYCLE,
    /** {@code --select}, {@code --exclude} or {@code --resource-type} cannot be read or names what does not exist. */
    INVALID_SELECTION,
    /** {@code --vars} is not a YAML mapping. */
    INVALID_VARS,
    /** There is no report of this name. */
    UNKNOWN_REPORT;

    @Override
    public ExitCode exitCode() {
        return ExitCode.USAGE;
    }
}
