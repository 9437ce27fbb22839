package io.meterlake.report;

import java.time.LocalDate;

/**
 * The days of a report.
 *
 * @param start the first
 * @param end the day after the last
 */
record Days(LocalDate start, LocalDate end) {
    static Days of(Manifest manifest) {
        return new Days(LocalDate.parse(manifest.periodStart()), LocalDate.parse(manifest.periodEnd()));
    }

    /** Whether a partition of a table by day is one of them. */
    boolean contains(LocalDate day) {
        return !day.isBefore(start) && day.isBefore(end);
    }

    /** The condition on a column of days. */
    String sql(String column) {
        return "%1$s >= date '%2$s' and %1$s < date '%3$s'".formatted(column, start, end);
    }
}
