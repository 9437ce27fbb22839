package io.meterlake.format;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** What can be wrong with a file or with how it is described. */
public enum FormatErrorCode implements ErrorCode {
    /** No format recognises the file. */
    UNKNOWN_FORMAT(ExitCode.USAGE),
    /** A mapping file is wrong. */
    INVALID_MAPPING(ExitCode.USAGE),
    /** The file as a whole is void: truncated, no end record, a column missing. */
    UNREADABLE_FILE(ExitCode.DATA);

    private final ExitCode exitCode;

    FormatErrorCode(ExitCode exitCode) {
        this.exitCode = exitCode;
    }

    @Override
    public ExitCode exitCode() {
        return exitCode;
    }
}
