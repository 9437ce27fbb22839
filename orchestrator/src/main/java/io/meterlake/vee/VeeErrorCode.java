package io.meterlake.vee;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** What can be wrong with rules. */
public enum VeeErrorCode implements ErrorCode {
    /** The rules, or what is known of the meters, are wrong. */
    INVALID_RULES;

    @Override
    public ExitCode exitCode() {
        return ExitCode.USAGE;
    }
}
