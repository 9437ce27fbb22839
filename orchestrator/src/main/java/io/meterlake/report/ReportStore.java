package io.meterlake.report;

import io.meterlake.lake.InputsLock;
import io.meterlake.lake.WorkLock;
import java.util.List;

/** The table {@code reports}. */
public interface ReportStore {
    /**
     * Makes the caller the only one to make or sign reports of the lake.
     *
     * @throws io.meterlake.error.MeterlakeException {@code LAKE_LOCKED}
     */
    WorkLock lock();

    /**
     * Makes the caller the only one to work on the models and seeds of the lake.
     *
     * @throws io.meterlake.error.MeterlakeException {@code LAKE_LOCKED}
     */
    WorkLock lockModels();

    /**
     * Makes sure that nobody reads a snapshot that is dropped.
     *
     * @throws io.meterlake.error.MeterlakeException {@code LAKE_LOCKED} if a report is proven or compared
     */
    InputsLock dropInputs();

    /** All rows, in no order. */
    List<ReportRow> rows();

    /** Writes the rows in one atomic commit; a row of the same report takes the other one's place. */
    void upsert(List<ReportRow> rows);
}
