package io.meterlake.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.lake.CompletedInstant;
import io.meterlake.writer.Line;
import io.meterlake.writer.TestLake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More commits than the active timeline holds, with a cleaner that takes every replaced file at once. */
class SnapshotSoakTest {
    private static final int COMMITS = 24;
    private static final int PIN_EVERY = 3;
    private static final int DAYS = 3;

    @TempDir
    private Path folder;

    @Test
    void keepsEveryFileOfEverySnapshotAndNoOther() {
        try (TestLake lake = new TestLake(
                folder, config -> config.withBuckets(1).withRetentionHours(0).withActiveCommits(5))) {
            Snapshots snapshots = new Snapshots(lake.lake());
            Map<Snapshot, Map<String, Long>> pinned = new TreeMap<>(Comparator.comparing(Snapshot::id));
            List<Path> dropped = new ArrayList<>();
            for (int commit = 0; commit < COMMITS; commit++) {
                lake.ingest(commit + ".txt", correction(commit));
                if (commit % PIN_EVERY == 0) {
                    Snapshot snapshot = snapshots.create(SnapshotRequest.now("soak"));
                    pinned.put(snapshot, PinnedRows.values(lake, snapshot));
                }
                if (commit % (3 * PIN_EVERY) == 2 * PIN_EVERY) {
                    Snapshot first = pinned.keySet().iterator().next();
                    dropped.addAll(PinnedRows.manifestPaths(lake, first, "meter_readings"));
                    snapshots.drop(first.id());
                    pinned.remove(first);
                }
            }
            // The clean after the last drop.
            lake.ingest("last.txt", correction(COMMITS));

            assertThat(snapshots.list()).containsExactlyElementsOf(pinned.keySet());
            pinned.forEach((snapshot, rows) -> {
                assertThat(snapshots.verify(snapshot).problems()).isEmpty();
                assertThat(PinnedRows.values(lake, snapshot)).isEqualTo(rows);
            });
            assertThat(pinned.values()).doesNotHaveDuplicates().hasSizeGreaterThan(5);
            // Archived is what is older than the oldest savepoint, and nothing else: Hudi's view hides the files of
            // later commits that are not in the active timeline.
            String oldest = pinned.keySet()
                    .iterator()
                    .next()
                    .table("meter_readings")
                    .orElseThrow()
                    .savepoints()
                    .getFirst();
            assertThat(lake.lake().completedInstants("meter_readings").stream()
                            .filter(instant -> instant.action().equals("commit"))
                            .map(CompletedInstant::requested)
                            .filter(requested -> requested.compareTo(oldest) >= 0))
                    .hasSize(pinned.size() * PIN_EVERY + 1);
            List<Path> stillPinned = pinned.keySet().stream()
                    .flatMap(snapshot -> PinnedRows.manifestPaths(lake, snapshot, "meter_readings").stream())
                    .toList();
            dropped.removeAll(stillPinned);
            assertThat(dropped).isNotEmpty().noneMatch(Files::exists);
            assertThat(lake.readings()).hasSize(DAYS);
        }
    }

    /** A new value for one of the days in turn. */
    private static Line correction(int commit) {
        Instant start = Instant.parse("2026-03-01T10:00:00Z").plusSeconds(86_400L * (commit % DAYS));
        Instant recorded = Instant.parse("2026-04-01T00:00:00Z").plusSeconds(commit);
        return Line.of("m1", start.toString(), Integer.toString(commit), recorded.toString());
    }
}
