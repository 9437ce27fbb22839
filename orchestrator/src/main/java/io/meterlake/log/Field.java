package io.meterlake.log;

import java.util.Locale;

/** What an event can be about; each is a field of its own in a structured log. */
public enum Field {
    /** One of {@link RunLog}'s marks: {@code started}, {@code interrupted}, {@code ended}; absent for all else. */
    EVENT,
    /** Where a library's message comes from. */
    LOGGER,
    TABLE,
    /** The requested time of a Hudi commit, 17 digits. */
    COMMIT,
    /** A file that was delivered. */
    FILE,
    /** Its SHA-256. */
    CHECKSUM,
    UTILITY,
    SNAPSHOT,
    REPORT,
    /** A model, test or seed, as {@code model.meterlake.fct_settlement}. */
    NODE,
    /** What became of a file, a node or a report. */
    STATUS,
    ROWS_NEW,
    ROWS_CHANGED,
    ROWS_REJECTED,
    SECONDS,
    EXIT_CODE,
    /** A {@link io.meterlake.error.ErrorCode}. */
    CODE,
    /** How to mend an error. */
    FIX,
    /** Why a run failed, in the line of its end. */
    ERROR,
    /** The words of a command line. */
    ARGUMENTS,
    /** The run that this one goes on with; beside it its {@link #ARGUMENTS}. */
    RETRIES,
    /** A stack trace. */
    TRACE;

    /** As it stands in logs. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
