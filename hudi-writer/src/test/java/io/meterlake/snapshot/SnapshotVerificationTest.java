package io.meterlake.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.lake.LakeTables;
import io.meterlake.lake.SnapshotLock;
import io.meterlake.testing.SharedMetastore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.junit.jupiter.api.Test;

/** What is not as it was pinned, and how it is mended. */
class SnapshotVerificationTest extends OnALake {
    @Test
    void namesEachFileThatIsMissingOrChanged() throws IOException {
        ingest("m1", DAY_1, "1");
        ingest("m1", DAY_2, "2");
        ingest("m1", "2026-03-03T10:00:00Z", "3");
        Snapshot snapshot = pin();
        snapshots.recordChecksums(snapshot, "meter_readings", List.of("reading_date=2026-03-03"));
        List<PinnedFile> files = snapshots.files(snapshot, "meter_readings");
        Path root = lake.config().root();
        Files.delete(files.get(0).path(root));
        Files.writeString(files.get(1).path(root), "short");
        byte[] bytes = Files.readAllBytes(files.get(2).path(root));
        bytes[bytes.length / 2] ^= 1;
        Files.write(files.get(2).path(root), bytes);
        SnapshotCheck check = snapshots.verify(snapshot);

        assertThat(check.checksums()).isEqualTo(1);
        assertThat(check.problems()).hasSize(3);
        assertThat(check.problems().get(0).text())
                .isEqualTo("missing file " + files.get(0).relativePath());
        assertThat(check.problems().get(1).text())
                .startsWith("changed file " + files.get(1).relativePath() + ": it has 5 bytes");
        assertThat(check.problems().get(2).text())
                .startsWith("changed file " + files.get(2).relativePath() + ": its SHA-256 is ");
    }

    @Test
    void findsAListThatWasTamperedWith() throws IOException {
        ingest("m1", DAY_1, "1");
        Snapshot snapshot = pin();
        Path list = lake.lake().snapshotsFolder().resolve(snapshot.id()).resolve("meter_readings.files.csv");
        Files.writeString(list, Files.readString(list).replace("2026-03-01", "2026-03-02"));

        assertThat(snapshots.verify(snapshot).problems())
                .singleElement()
                .isInstanceOf(SnapshotProblem.BrokenList.class);
        assertThatThrownBy(() -> snapshots.files(snapshot, "meter_readings")).hasMessageContaining("it was changed");
    }

    @Test
    void registersAnewForAMetastoreThatWasLost() throws IOException {
        ingest("m1", DAY_1, "1");
        Snapshot snapshot = pin();
        Map<String, Long> before = PinnedRows.values(lake, snapshot);
        databases().forEach(SharedMetastore::forget);
        Path manifest = lake.lake()
                .snapshotsFolder()
                .resolve(snapshot.id())
                .resolve("meter_readings/reading_date=2026-03-01/manifest");
        Files.delete(manifest);
        snapshots = new Snapshots(lake.reopen());

        assertThat(snapshots.verify(snapshot).problems())
                .hasSize(1 + LakeTables.DATA.size())
                .allSatisfy(problem -> assertThat(problem).isInstanceOf(SnapshotProblem.NotRegistered.class));
        snapshots.register(snapshot);
        snapshots.register(snapshot);
        assertThat(snapshots.verify(snapshot).problems()).isEmpty();
        assertThat(PinnedRows.values(lake, snapshot)).isEqualTo(before);
    }

    @Test
    void findsASavepointThatWasTakenAway() {
        ingest("m1", DAY_1, "1");
        Snapshot snapshot = pin();
        try (HoodieJavaWriteClient<?> client =
                lake.lake().table("meter_readings").writeClient()) {
            client.deleteSavepoint(
                    snapshot.table("meter_readings").orElseThrow().savepoints().getFirst());
        }

        assertThat(snapshots.verify(snapshot).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("the cleaner may take 1 of its files"));
    }

    @Test
    void findsAPartitionThatLiesElsewhereAndRegistersItAnew() {
        ingest("m1", DAY_1, "1");
        ingest("m1", DAY_2, "2");
        Snapshot snapshot = pin();
        Path other =
                lake.lake().snapshotsFolder().resolve(snapshot.id()).resolve("meter_readings/reading_date=2026-03-02");
        SharedMetastore.movePartition(snapshot.database(), "meter_readings", "2026-03-01", other);

        assertThat(snapshots.verify(snapshot).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("its partitions lie elsewhere"));
        snapshots.register(snapshot);
        assertThat(snapshots.verify(snapshot).problems()).isEmpty();
        assertThat(SharedMetastore.partitions(snapshot.database(), "meter_readings"))
                .containsExactly("2026-03-01", "2026-03-02");
    }

    @Test
    void readsFilesForTheirChecksumsWhileSomebodyElseChangesSnapshots() throws IOException {
        ingest("m1", DAY_1, "1");
        ingest("m1", DAY_2, "2");
        Snapshot snapshot = pin();
        snapshots.recordChecksums(snapshot, "meter_readings", List.of("reading_date=2026-03-01"));
        Files.delete(snapshots
                .files(snapshot, "meter_readings")
                .getLast()
                .path(lake.config().root()));
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<Void> other = CompletableFuture.runAsync(
                () -> {
                    try (SnapshotLock lock = lake.lake().snapshotLock()) {
                        assertThat(lock).isNotNull();
                        locked.countDown();
                        assertThat(done).satisfies(CountDownLatch::await);
                    }
                },
                Thread::startVirtualThread);
        assertThat(locked).satisfies(CountDownLatch::await);
        try {
            assertThatThrownBy(() -> snapshots.recordChecksums(snapshot, "meter_readings", List.of()))
                    .as("not that the lake is locked")
                    .hasMessageContaining("Cannot record the checksum of ");
            // Nothing is left to record, and so nothing to wait for.
            snapshots.recordChecksums(snapshot, "meter_readings", List.of("reading_date=2026-03-01"));
        } finally {
            done.countDown();
        }
        assertThat(other).succeedsWithin(Duration.ofMinutes(1));
    }

    @Test
    void keepsTheChecksumsThatSomebodyElseRecordedMeanwhile() {
        ingest("m1", DAY_1, "1");
        ingest("m1", DAY_2, "2");
        Snapshot snapshot = pin();
        snapshots.recordChecksums(snapshot, "meter_readings", List.of("reading_date=2026-03-02"));
        snapshots.recordChecksums(snapshot, "meter_readings", List.of("reading_date=2026-03-01"));

        assertThat(snapshots.files(snapshot, "meter_readings"))
                .hasSize(2)
                .allSatisfy(file -> assertThat(file.sha256()).isPresent());
        assertThat(snapshots.verify(snapshot).checksums()).isEqualTo(2);
    }
}
