package io.meterlake.config;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** What can be wrong with the configuration. */
public enum ConfigErrorCode implements ErrorCode {
    INVALID_CONFIG;

    @Override
    public ExitCode exitCode() {
        return ExitCode.USAGE;
    }
}
