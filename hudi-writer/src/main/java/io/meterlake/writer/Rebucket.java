package io.meterlake.writer;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CommitLock;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import io.meterlake.lake.LakeTable;
import io.meterlake.lake.LakeTables;
import io.meterlake.lake.WriterLock;
import io.meterlake.snapshot.SnapshotProtection;
import io.meterlake.writer.commit.PresentFiles;
import io.meterlake.writer.commit.RebucketCommit;
import io.meterlake.writer.commit.Recovery;
import io.meterlake.writer.commit.WholeTable;
import java.util.Optional;

/**
 * Changes the number of buckets of a lake. Rewrites {@code meter_readings} day by day and makes all of it visible by one
 * commit: readers see the old files until then, and what is cut off before is taken back by the next writer. Rows stay as
 * they are; so do snapshots, whose files savepoints keep. Ingests wait, or are refused. Thread-safe.
 */
public final class Rebucket {
    private final Lake lake;
    private final RebucketListener listener;

    public Rebucket(Lake lake, RebucketListener listener) {
        this.lake = requireNonNull(lake, "lake is null");
        this.listener = requireNonNull(listener, "listener is null");
    }

    /**
     * Rewrites the table, if it has another number of buckets.
     *
     * @return empty if it has that number already
     * @throws MeterlakeException {@code INVALID_LAKE_CONFIG}, {@code LAKE_LOCKED}, {@code UNPROTECTED_SNAPSHOT},
     *     {@code MISSING_BASE_FILE}, {@code FOREIGN_TABLE}, {@code COMMIT_FAILED}: the lake is as it was;
     *     {@code COMMIT_UNKNOWN}: the next writer finds out
     */
    public Optional<RebucketCommit.Done> to(int buckets) {
        LakeConfig.requireBuckets(buckets);
        try (WriterLock lock = lake.lock()) {
            requireNonNull(lock);
            // A commit cleans.
            new SnapshotProtection(lake).require("rewrite the readings");
            try (CommitLock commit = lake.commitLock()) {
                requireNonNull(commit);
                Recovery.run(lake);
            }
            LakeTable table = lake.table(LakeTables.METER_READINGS.name());
            if (table.buckets() == buckets) {
                return Optional.empty();
            }
            WholeTable.require(lake, table, "rewrite the readings");
            PresentFiles check =
                    PresentFiles.refusingOlder(table, day -> lake.wasRegistered(table.definition(), day.toString()));
            return Optional.of(new RebucketCommit(table, listener).run(buckets, check));
        }
    }
}
