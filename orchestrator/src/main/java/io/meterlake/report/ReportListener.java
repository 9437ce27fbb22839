package io.meterlake.report;

import io.meterlake.snapshot.Snapshot;

/** Hears how a report is made. */
public interface ReportListener {
    /** Both hear everything, the first one first. */
    static ReportListener both(ReportListener first, ReportListener second) {
        return new ReportListener() {
            @Override
            public void finished(Manifest earlier) {
                first.finished(earlier);
                second.finished(earlier);
            }

            @Override
            public void pinned(String reportId, Snapshot snapshot) {
                first.pinned(reportId, snapshot);
                second.pinned(reportId, snapshot);
            }

            @Override
            public void querying(String reportId) {
                first.querying(reportId);
                second.querying(reportId);
            }
        };
    }

    /** An earlier report whose lineage rows were missing has them now. */
    default void finished(Manifest earlier) {}

    /** The data that the report is going to read are pinned. */
    default void pinned(String reportId, Snapshot snapshot) {}

    /** The query begins. */
    default void querying(String reportId) {}
}
