package io.meterlake.devstack;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** What can go wrong with the embedded stack. */
public enum DevStackErrorCode implements ErrorCode {
    /** The lists of the servers' jars are missing: the build did not run, or the jars were removed since. */
    SERVERS_NOT_BUILT(ExitCode.FAILED),
    /** A port or a heap size that cannot be. */
    INVALID_STACK_SETTINGS(ExitCode.USAGE),
    /** Another program listens on a port that the stack was told to use. */
    PORT_IN_USE(ExitCode.USAGE),
    /** A server ended or did not answer in time. */
    STACK_NOT_STARTED(ExitCode.FAILED),
    /** A stack is running for another warehouse. */
    OTHER_STACK_RUNNING(ExitCode.FAILED);

    private final ExitCode exitCode;

    DevStackErrorCode(ExitCode exitCode) {
        this.exitCode = exitCode;
    }

    @Override
    public ExitCode exitCode() {
        return exitCode;
    }
}
