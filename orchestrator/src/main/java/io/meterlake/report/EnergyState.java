package io.meterlake.report;

import io.meterlake.snapshot.Snapshot;

/**
 * A period's energy as one snapshot has it.
 *
 * @param detailSql see {@link io.meterlake.compile.ReportDefinition.Details}, over the snapshot
 * @param readingsSql the same
 */
record EnergyState(Snapshot snapshot, String detailSql, String readingsSql) {
    /** The same queries over another snapshot. */
    EnergyState over(Snapshot other) {
        return new EnergyState(
                other,
                StoredSql.over(detailSql, snapshot.id(), other),
                StoredSql.over(readingsSql, snapshot.id(), other));
    }

    /** Whether both are the same queries, so that they differ by what the snapshots hold. */
    boolean sameQueriesAs(EnergyState other) {
        EnergyState here = other.over(snapshot);
        return detailSql.equals(here.detailSql) && readingsSql.equals(here.readingsSql);
    }

    /** Whether the readings' queries are the same. */
    boolean sameReadingsAs(EnergyState other) {
        return readingsSql.equals(other.over(snapshot).readingsSql);
    }
}
