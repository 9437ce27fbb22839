package io.meterlake.snapshot;

import io.meterlake.lake.CompletedInstant;
import io.meterlake.testing.SharedMetastore;
import io.meterlake.writer.Line;
import io.meterlake.writer.TestLake;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A lake of one bucket whose cleaner takes what it may, and its snapshots. */
abstract class OnALake {
    static final String DAY_1 = "2026-03-01T10:00:00Z";
    static final String DAY_2 = "2026-03-02T10:00:00Z";
    static final Instant RECORDED = Instant.parse("2026-03-05T00:00:00Z");

    @TempDir
    Path folder;

    TestLake lake;
    Snapshots snapshots;

    @BeforeEach
    void open() {
        lake = new TestLake(folder, config -> config.withBuckets(1).withRetentionHours(0));
        snapshots = new Snapshots(lake.lake());
    }

    @AfterEach
    void close() {
        lake.close();
    }

    /** Ingests one reading, recorded later than any before. */
    void ingest(String meter, String start, String value) {
        long number = lake.nextNumber();
        lake.ingest(
                number + ".txt",
                Line.of(meter, start, value, RECORDED.plusSeconds(number).toString()));
    }

    Snapshot pin() {
        return snapshots.create(SnapshotRequest.now("test"));
    }

    /** The lake's own, and those of its snapshots. */
    Set<String> databases() {
        return SharedMetastore.databasesIn(folder);
    }

    /** As {@link PinnedRows#values} names an interval. */
    static String key(String meter, String start) {
        return meter + "@" + Instant.parse(start).getEpochSecond() * 1_000_000;
    }

    static List<CompletedInstant> savepoints(TestLake lake, String table) {
        return lake.lake().completedInstants(table).stream()
                .filter(instant -> instant.action().equals("savepoint"))
                .toList();
    }

    /** Does something when a step is reached. */
    static SnapshotListener at(SnapshotStep step, Runnable then) {
        return new SnapshotListener() {
            @Override
            public void reached(String snapshotId, SnapshotStep reached) {
                if (reached == step) {
                    then.run();
                }
            }
        };
    }
}
