package io.meterlake.snapshot;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** What can go wrong with snapshots. */
public enum SnapshotErrorCode implements ErrorCode {
    /** There is no such snapshot. */
    UNKNOWN_SNAPSHOT(ExitCode.USAGE),
    /** A table that can't be pinned, or a time that is none. */
    INVALID_SNAPSHOT_REQUEST(ExitCode.USAGE),
    /** The files of that state are gone, or can't be protected. */
    CANNOT_PIN(ExitCode.FAILED),
    /** The cleaner could take files of a snapshot that is listed. */
    UNPROTECTED_SNAPSHOT(ExitCode.FAILED),
    /** A snapshot's own files can't be read or written, or are not what they were. */
    SNAPSHOT_STORAGE(ExitCode.FAILED);

    private final ExitCode exitCode;

    SnapshotErrorCode(ExitCode exitCode) {
        this.exitCode = exitCode;
    }

    @Override
    public ExitCode exitCode() {
        return exitCode;
    }
}
