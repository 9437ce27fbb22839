package io.meterlake.retention;

import io.meterlake.run.RunRecord;
import io.meterlake.snapshot.Snapshot;
import java.util.Locale;
import java.util.Optional;

/** What a snapshot was made for; says which rule of the policy holds. */
public enum SnapshotKind {
    /** Of a run that published. */
    RUN,
    /** Of a run that failed, or that was killed before it was written down. */
    FAILED_RUN,
    /** Of a run that goes on, or was cut off: the next run goes on with it or drops it. */
    RUN_IN_PROGRESS,
    /** For a report. */
    REPORT,
    /** By hand. */
    MANUAL;

    /** As the plan prints it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static SnapshotKind of(Snapshot snapshot, Optional<RunRecord> run) {
        if (run.isPresent()) {
            return switch (run.get().status()) {
                case PUBLISHED -> RUN;
                case FAILED, DROPPED -> FAILED_RUN;
                case RUNNING, PUBLISHING -> RUN_IN_PROGRESS;
            };
        }
        return switch (snapshot.purpose()) {
            case "run" -> FAILED_RUN;
            case "report" -> REPORT;
            default -> MANUAL;
        };
    }
}
