package io.meterlake.report;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** Why a report cannot be made or shown. */
public enum ReportErrorCode implements ErrorCode {
    INVALID_PERIOD(ExitCode.USAGE),
    INVALID_RUN_TYPE(ExitCode.USAGE),
    UNKNOWN_REPORT_RUN(ExitCode.USAGE),
    /** A report reads a table whose commits are not known, so it could not be said what it used. */
    UNTRACEABLE_SOURCE(ExitCode.USAGE),
    /** The report's SQL returns what its definition does not say. */
    UNFIT_QUERY(ExitCode.USAGE),
    /** A seed was changed and not loaded since. */
    SEED_NOT_LOADED(ExitCode.FAILED),
    /** A report cannot be signed as it is. */
    NOT_SIGNABLE(ExitCode.DATA),
    REPORT_FILES(ExitCode.FAILED);

    private final ExitCode exitCode;

    ReportErrorCode(ExitCode exitCode) {
        this.exitCode = exitCode;
    }

    @Override
    public ExitCode exitCode() {
        return exitCode;
    }
}
