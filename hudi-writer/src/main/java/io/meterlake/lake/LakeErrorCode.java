package io.meterlake.lake;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** What can go wrong with the lake as a whole. */
public enum LakeErrorCode implements ErrorCode {
    /** The Hive Metastore does not answer. */
    METASTORE_DOWN(ExitCode.FAILED),
    /** The Hive Metastore answers, and refuses. */
    METASTORE_REFUSED(ExitCode.FAILED),
    /** The lake's folder can't be read or written. */
    LAKE_STORAGE(ExitCode.FAILED),
    /** A base file that a completed commit wrote is not there, and what was merged without it would be wrong. */
    MISSING_BASE_FILE(ExitCode.FAILED),
    /** A base file does not hold what was written into it, or another program wrote what Meterlake does not read. */
    DAMAGED_BASE_FILE(ExitCode.FAILED),
    /** A table on disk is not laid out as this version writes it. */
    FOREIGN_TABLE(ExitCode.FAILED),
    /** Another process writes to the lake. */
    LAKE_LOCKED(ExitCode.FAILED),
    /** There is no such table. */
    UNKNOWN_TABLE(ExitCode.USAGE),
    /** There is no lake in the folder. */
    NO_LAKE(ExitCode.USAGE),
    /** There is a lake in the folder, of another layout. */
    LAKE_EXISTS(ExitCode.USAGE),
    /** A value of the configuration is out of its range. */
    INVALID_LAKE_CONFIG(ExitCode.USAGE),
    /** A landing file can't be found or read. */
    FILE_NOT_READABLE(ExitCode.USAGE),
    /** A landing file changed while it was read; most likely it is still being delivered. */
    FILE_CHANGED(ExitCode.FAILED),
    /** A commit failed, and nothing of it is visible. */
    COMMIT_FAILED(ExitCode.FAILED),
    /** A commit took effect; what it replaced is written and not visible yet, which the next ingest sees to. */
    COMMIT_INCOMPLETE(ExitCode.FAILED),
    /** A commit may or may not have taken effect, or not all that belongs to it is done. */
    COMMIT_UNKNOWN(ExitCode.COMMIT_UNKNOWN);

    private final ExitCode exitCode;

    LakeErrorCode(ExitCode exitCode) {
        this.exitCode = exitCode;
    }

    @Override
    public ExitCode exitCode() {
        return exitCode;
    }
}
