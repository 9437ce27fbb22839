package io.meterlake.report;

import static io.meterlake.report.ReportErrorCode.INVALID_RUN_TYPE;

import io.meterlake.error.MeterlakeException;

/**
 * What is asked for.
 *
 * @param name the report's
 * @param runType which settlement run it is, such as {@code initial} or {@code first-correction}
 */
public record ReportRequest(String name, Period period, String runType) {
    public static final String INITIAL = "initial";

    public ReportRequest {
        if (!runType.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new MeterlakeException(
                    INVALID_RUN_TYPE,
                    "Cannot use the run type '" + runType + "': it is part of file names",
                    "Write it in lower-case letters, digits and hyphens, such as first-correction.");
        }
    }

    /** What the ids of all runs for this request begin with. */
    String idPrefix() {
        return name + "-" + period.fileName() + "-" + runType + "-";
    }
}
