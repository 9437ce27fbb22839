package io.meterlake.audit;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** What can go wrong with the audit trail. */
public enum AuditErrorCode implements ErrorCode {
    /** An entry cannot be added, so what it would tell of is not done. */
    AUDIT_NOT_WRITTEN(ExitCode.FAILED),
    /** The trail cannot be read. */
    AUDIT_NOT_READ(ExitCode.FAILED);

    private final ExitCode exitCode;

    AuditErrorCode(ExitCode exitCode) {
        this.exitCode = exitCode;
    }

    @Override
    public ExitCode exitCode() {
        return exitCode;
    }
}
