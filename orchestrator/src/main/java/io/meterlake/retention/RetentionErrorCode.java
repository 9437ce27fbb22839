package io.meterlake.retention;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** What can go wrong with retention. */
public enum RetentionErrorCode implements ErrorCode {
    /** The policy's file is missing or not what it should be. */
    INVALID_RETENTION_POLICY(ExitCode.USAGE),
    /** Something needs the snapshot that is to be dropped. */
    SNAPSHOT_NEEDED(ExitCode.USAGE);

    private final ExitCode exitCode;

    RetentionErrorCode(ExitCode exitCode) {
        this.exitCode = exitCode;
    }

    @Override
    public ExitCode exitCode() {
        return exitCode;
    }
}
