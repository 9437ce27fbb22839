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
    /** The build on the same data failed. */
    FAILED_BUILD(ExitCode.DATA),
    /** A report cannot be signed as it is. */
    NOT_SIGNABLE(ExitCode.DATA),
    /** A signature would take the place of one on later data. */
    OLDER_THAN_SIGNED(ExitCode.USAGE),
    /** A manifest can't be read, or is not that of the report in whose folder it lies. */
    BROKEN_MANIFEST(ExitCode.DATA),
    /** Trino refuses the stored query of a report. */
    REPRODUCTION_FAILED(ExitCode.FAILED),
    /** Two reports can't be compared with each other, or a report with anything. */
    NOT_COMPARABLE(ExitCode.USAGE),
    /** No such file was ingested. */
    UNKNOWN_FILE(ExitCode.USAGE),
    /** What a report was made from is not there as it was. */
    INPUTS_GONE(ExitCode.INPUTS_MISSING),
    /** A folder to keep files in has files already. */
    FOLDER_IN_USE(ExitCode.USAGE),
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
