package io.meterlake.engine;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** How a statement can fail. */
public enum EngineErrorCode implements ErrorCode {
    /** Nobody answers at Trino's address. */
    STACK_DOWN(ExitCode.FAILED),
    /** Trino does not take what proves who asks, or its own certificate is not to be trusted. */
    ACCESS_REFUSED(ExitCode.FAILED),
    /** Trino refuses the statement: its syntax, a name, a type, a value. The same statement fails again. */
    QUERY_FAILED(ExitCode.USAGE),
    /** Trino or something behind it failed; the same statement may succeed later. */
    ENGINE_FAILED(ExitCode.FAILED);

    private final ExitCode exitCode;

    EngineErrorCode(ExitCode exitCode) {
        this.exitCode = exitCode;
    }

    @Override
    public ExitCode exitCode() {
        return exitCode;
    }
}
