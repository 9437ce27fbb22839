package io.meterlake.lineage;

import static java.util.Objects.requireNonNull;

/**
 * Something about the lineage that is not as it was written.
 *
 * @param reportId the report that it concerns
 * @param tableName the row's table; empty if it is about the report as a whole
 * @param text one line for people
 */
public record LineageProblem(Kind kind, String reportId, String tableName, String text) {
    /** What kind of a change it is. */
    public enum Kind {
        /** A row's values are not those that its hash was made from, or that its copy or the manifest has. */
        CHANGED,
        /** A row that was written is not there any more. */
        MISSING,
        /** A row that no report has written. */
        EXTRA,
        /** A row does not follow the one that it says, or not alone. */
        BROKEN_LINK,
        /** The files of a report, or its row in {@code reports}, are gone or were changed. */
        REPORT,
        /** A status or a signature in {@code reports} is not the one that the chain has. */
        SIGNATURE
    }

    public LineageProblem {
        requireNonNull(kind, "kind is null");
        requireNonNull(reportId, "reportId is null");
        requireNonNull(tableName, "tableName is null");
        requireNonNull(text, "text is null");
    }
}
