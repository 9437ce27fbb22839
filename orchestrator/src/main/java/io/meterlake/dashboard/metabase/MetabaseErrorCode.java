package io.meterlake.dashboard.metabase;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** What can go wrong between Meterlake and a Metabase server. */
public enum MetabaseErrorCode implements ErrorCode {
    /** It does not answer, or not in time. */
    METABASE_DOWN(ExitCode.FAILED),
    /** What answers is no Metabase. */
    NOT_METABASE(ExitCode.USAGE),
    /** Its release is older than the API that is spoken here. */
    METABASE_TOO_OLD(ExitCode.USAGE),
    /** There are no credentials, or others than their owner can read them. */
    INVALID_CREDENTIALS(ExitCode.USAGE),
    /** The server does not know the credentials. */
    LOGIN_REFUSED(ExitCode.USAGE),
    /** It refused a call; what was done before stays, and applying again goes on from there. */
    CALL_REFUSED(ExitCode.FAILED),
    /** Tables that the cards filter by have not appeared in it. */
    NOT_SYNCED(ExitCode.FAILED),
    /** Its connection of that name leads elsewhere and was not made by Meterlake. */
    FOREIGN_CONNECTION(ExitCode.USAGE),
    /** There is nothing to export yet. */
    NOT_EXPORTABLE(ExitCode.USAGE);

    private final ExitCode exitCode;

    MetabaseErrorCode(ExitCode exitCode) {
        this.exitCode = exitCode;
    }

    @Override
    public ExitCode exitCode() {
        return exitCode;
    }
}
