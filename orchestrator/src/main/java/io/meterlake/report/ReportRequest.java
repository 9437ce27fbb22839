package io.meterlake.report;

import static io.meterlake.report.ReportErrorCode.INVALID_RUN_TYPE;

import io.meterlake.error.MeterlakeException;
import java.util.Optional;

/**
 * What is asked for.
 *
 * @param name the report's
 * @param runType which settlement run it is, such as {@code initial} or {@code first-correction}
 * @param snapshotId the snapshot to read; empty: the newest if it holds what is there now, else a new one
 */
public record ReportRequest(String name, Period period, String runType, Optional<String> snapshotId) {
    public static final String INITIAL = "initial";

    public ReportRequest {
        if (!runType.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new MeterlakeException(
                    INVALID_RUN_TYPE,
                    "Cannot use the run type '" + runType + "': it is part of file names",
                    "Write it in lower-case letters, digits and hyphens, such as first-correction.");
        }
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
