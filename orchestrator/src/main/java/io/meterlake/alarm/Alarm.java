package io.meterlake.alarm;

import java.util.Locale;

/** Kinds of alarms, named as in {@code terraform/modules/alarms} and in docs/runbook.md. */
public enum Alarm {
    /** A utility has not sent what is expected of it. */
    LATE_FILE,
    /** A command failed, or was cut off. */
    FAILED_RUN,
    /** Lineage rows were changed, or files that a report or a snapshot needs. */
    BROKEN_LINEAGE,
    /** A report was made, and nobody has signed it. */
    WAITING_REPORT,
    /** No build was begun for a day. */
    SILENT;

    /** As {@code late-file}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where it is told what to do. */
    public String runbook() {
        return "docs/runbook.md#" + word();
    }
}
