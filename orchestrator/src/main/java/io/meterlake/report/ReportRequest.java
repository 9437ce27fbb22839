package io.meterlake.report;

import java.util.Optional;

/**
 * What is asked for.
 *
 * @param name the report's
 * @param runType which settlement run it is: the word of a {@link RunType}
 * @param snapshotId the snapshot to read; empty: the newest if it holds what is there now, else a new one
 */
public record ReportRequest(String name, Period period, String runType, Optional<String> snapshotId) {
    public static final String INITIAL = "initial";

    public ReportRequest {
        RunType.require(runType);
    }

    /** On the data as they are now. */
    public static ReportRequest now(String name, Period period, String runType) {
        return new ReportRequest(name, period, runType, Optional.empty());
    }

    /** What the ids of all runs for this request begin with. */
    String idPrefix() {
        return name + "-" + period.fileName() + "-" + runType + "-";
    }
}
