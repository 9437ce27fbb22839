package io.meterlake.report;

import java.util.List;

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
            public void querying(String reportId, int attempt) {
                first.querying(reportId, attempt);
                second.querying(reportId, attempt);
            }

            @Override
            public void inputsChanged(String reportId, List<String> tables) {
                first.inputsChanged(reportId, tables);
                second.inputsChanged(reportId, tables);
            }
        };
    }

    /** An earlier report whose lineage rows were missing has them now. */
    default void finished(Manifest earlier) {}

    /** The query begins; {@code attempt} counts from 1. */
    default void querying(String reportId, int attempt) {}

    /** Commits came in during the query, so it is run again. */
    default void inputsChanged(String reportId, List<String> tables) {}
}
