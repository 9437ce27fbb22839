package io.meterlake.report;

import io.meterlake.snapshot.Snapshot;

/** Hears how a report is made. */
public interface ReportListener {
    /** An earlier report whose lineage rows were missing has them now. */
    default void finished(Manifest earlier) {}

    /** The data that the report is going to read are pinned. */
    default void pinned(String reportId, Snapshot snapshot) {}

    /** The query begins. */
    default void querying(String reportId) {}
}
