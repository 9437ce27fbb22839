package io.meterlake.cli;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** What the command line itself finds wrong. */
enum CliErrorCode implements ErrorCode {
    /** No embedded stack runs, and no other servers are configured. */
    STACK_DOWN(ExitCode.FAILED),
    /** A file or folder on the command line is not there. */
    NO_SUCH_FILE(ExitCode.USAGE);

    private final ExitCode exitCode;

    CliErrorCode(ExitCode exitCode) {
        this.exitCode = exitCode;
    }

    @Override
    public ExitCode exitCode() {
        return exitCode;
    }
}
