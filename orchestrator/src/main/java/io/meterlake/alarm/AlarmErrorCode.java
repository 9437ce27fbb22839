package io.meterlake.alarm;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** What can be wrong with alarms. */
public enum AlarmErrorCode implements ErrorCode {
    /** The file of who delivers by when is wrong. */
    INVALID_DELIVERIES;

    @Override
    public ExitCode exitCode() {
        return ExitCode.USAGE;
    }
}
