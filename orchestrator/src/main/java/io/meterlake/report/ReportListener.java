package io.meterlake.report;

import java.util.List;

/** Hears how a report is made. */
public interface ReportListener {
    /** An earlier report whose lineage rows were missing has them now. */
    default void finished(Manifest earlier) {}

    /** The query begins; {@code attempt} counts from 1. */
    default void querying(String reportId, int attempt) {}

    /** Commits came in during the query, so it is run again. */
    default void inputsChanged(String reportId, List<String> tables) {}
}
