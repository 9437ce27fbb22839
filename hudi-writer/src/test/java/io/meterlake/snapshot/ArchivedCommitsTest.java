package io.meterlake.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.lake.CleanerPolicy;
import io.meterlake.writer.Line;
import io.meterlake.writer.TestLake;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that nobody corrects again are still seen when Hudi has archived their commits, whatever has savepoints. */
class ArchivedCommitsTest {
    private static final int CORRECTIONS = 30;

    @TempDir
    private Path folder;

    @Test
    void showsFilesOfCommitsAfterTheOldestSavepoint() {
        Instant recorded = Instant.parse("2026-03-05T00:00:00Z");
        try (TestLake lake = new TestLake(
                folder,
                config -> config.withBuckets(1)
                        .withCleaner(new CleanerPolicy.Versions(1))
                        .withActiveCommits(8))) {
            Snapshots snapshots = new Snapshots(lake.lake());
            for (int number = 0; number <= CORRECTIONS; number++) {
                lake.ingest(
                        number + ".txt",
                        Line.of(
                                "m1",
                                "2026-03-01T10:00:00Z",
                                Integer.toString(number),
                                recorded.plusSeconds(number).toString()));
                if (number == 5) {
                    // Never corrected: its file's commit is between the savepoints and the oldest active commit.
                    lake.ingest("once.txt", Line.of("m1", "2026-03-02T10:00:00Z", "7", recorded.toString()));
                }
                if (number == 1 || number == 3) {
                    snapshots.create(SnapshotRequest.now("test"));
                }
            }
            Snapshot last = snapshots.create(SnapshotRequest.now("test"));

            assertThat(lake.readings()).as("live readings").hasSize(2);
            assertThat(PinnedRows.rows(lake, last, "meter_readings"))
                    .as("pinned readings")
                    .hasSize(2);
            assertThat(lake.rows("reading_changes")).as("live").hasSize(CORRECTIONS);
            assertThat(PinnedRows.rows(lake, last, "reading_changes"))
                    .as("pinned")
                    .hasSize(CORRECTIONS);
        }
    }
}
