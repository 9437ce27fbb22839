package io.meterlake.run;

import java.util.Locale;

/** What became of a work, in the words of dbt's run results. */
public enum WorkStatus {
    SUCCESS,
    /** A test without faults. */
    PASS,
    /** A test with faults that hold nothing up. */
    WARN,
    /** A test with faults. */
    FAIL,
    ERROR,
    /** Not tried: something that it needs failed. */
    SKIPPED;

    /** As in dbt's artifacts. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether what depends on it may go on. */
    boolean letsOthersGoOn() {
        return switch (this) {
            case SUCCESS, PASS, WARN -> true;
            case FAIL, ERROR, SKIPPED -> false;
        };
    }
}
