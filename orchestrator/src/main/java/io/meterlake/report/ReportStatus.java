package io.meterlake.report;

import java.util.Locale;

/** Where a report stands. */
public enum ReportStatus {
    /** Made, and nobody has vouched for it. */
    DRAFT,
    /** Somebody has vouched for it; what it was made from is kept. */
    SIGNED,
    /** It was signed, and a later run for the same period was signed since. */
    SUPERSEDED;

    /** As in the table {@code reports}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ReportStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
