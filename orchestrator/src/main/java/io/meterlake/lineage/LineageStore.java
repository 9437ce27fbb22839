package io.meterlake.lineage;

import java.util.List;

/** The table {@code report_lineage}. */
public interface LineageStore {
    /** All rows, in no order. */
    List<LineageRow> rows();

    /** Writes the rows in one atomic commit; a row with the same report and table takes the other one's place. */
    void upsert(List<LineageRow> rows);
}
