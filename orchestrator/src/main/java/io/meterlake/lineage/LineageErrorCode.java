package io.meterlake.lineage;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** What can be wrong with the lineage. */
public enum LineageErrorCode implements ErrorCode {
    /** The rows do not form one chain, or a row's hash does not fit it. */
    BROKEN_LINEAGE;

    @Override
    public ExitCode exitCode() {
        return ExitCode.DATA;
    }
}
