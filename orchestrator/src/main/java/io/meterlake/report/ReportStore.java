package io.meterlake.report;

import java.util.List;

/** The table {@code reports}. */
public interface ReportStore {
    /** All rows, in no order. */
    List<ReportRow> rows();

    /** Writes the rows in one atomic commit; a row of the same report takes the other one's place. */
    void upsert(List<ReportRow> rows);
}
