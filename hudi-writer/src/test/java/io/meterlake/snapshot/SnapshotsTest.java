package io.meterlake.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.WriterLock;
import io.meterlake.testing.SharedMetastore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SnapshotsTest extends OnALake {
    @Test
    void holdsWhatTheTablesHeldWhateverComesLater() {
        ingest("m1", DAY_1, "1");
        ingest("m1", DAY_2, "2");
        Snapshot snapshot = pin();
        Map<String, Long> before = PinnedRows.values(lake, snapshot);
        for (int value = 10; value < 15; value++) {
            ingest("m1", DAY_1, Integer.toString(value));
        }

        assertThat(before)
                .containsOnly(Map.entry(key("m1", DAY_1), 1_000_000L), Map.entry(key("m1", DAY_2), 2_000_000L));
        assertThat(PinnedRows.values(lake, snapshot)).isEqualTo(before);
        assertThat(PinnedRows.values(lake, pin())).containsEntry(key("m1", DAY_1), 14_000_000L);
        assertThat(snapshots.verify(snapshot))
                .satisfies(check -> assertThat(check.problems()).isEmpty());
    }

    @Test
    void saysWhatItPinned() {
        ingest("m1", DAY_1, "1");
        ingest("m1", DAY_2, "2");
        Snapshot snapshot = pin();
        PinnedTable readings = snapshot.table("meter_readings").orElseThrow();

        assertThat(snapshot.tables())
                .extracting(PinnedTable::table)
                .containsExactly("ingested_files", "meter_readings", "reading_changes", "rejected_readings");
        assertThat(readings.instants())
                .isEqualTo(lake.lake().completedInstants("meter_readings").stream()
                        .filter(instant -> instant.action().equals("commit"))
                        .toList());
        assertThat(readings.files()).isEqualTo(2);
        assertThat(snapshots.files(snapshot, "meter_readings"))
                .extracting(PinnedFile::partition)
                .containsExactly("reading_date=2026-03-01", "reading_date=2026-03-02");
        assertThat(readings.bytes())
                .isEqualTo(snapshots.files(snapshot, "meter_readings").stream()
                        .mapToLong(PinnedFile::sizeBytes)
                        .sum());
        assertThat(snapshots.list()).containsExactly(snapshot);
        assertThat(snapshots.find(snapshot.id())).isEqualTo(snapshot);
        assertThat(snapshot.database()).isEqualTo("snap_" + snapshot.id());
        assertThat(SharedMetastore.partitions(snapshot.database(), "meter_readings"))
                .containsExactly("2026-03-01", "2026-03-02");
    }

    @Test
    void pinsTablesWithoutCommitsAsEmpty() {
        Snapshot snapshot = pin();

        assertThat(snapshot.tables()).allSatisfy(table -> {
            assertThat(table.instants()).isEmpty();
            assertThat(table.savepoints()).isEmpty();
            assertThat(table.files()).isZero();
        });
        assertThat(PinnedRows.rows(lake, snapshot, "meter_readings")).isEmpty();
        assertThat(snapshots.verify(snapshot).problems()).isEmpty();
        snapshots.drop(snapshot.id());
        assertThat(snapshots.list()).isEmpty();
    }

    @Test
    void isCurrentUntilSomethingChanges() {
        ingest("m1", DAY_1, "1");
        assertThat(snapshots.current(List.of())).isEmpty();
        Snapshot readings = snapshots.create(new SnapshotRequest("test", List.of("meter_readings"), Optional.empty()));
        assertThat(snapshots.current(List.of())).isEmpty();
        Snapshot all = pin();

        assertThat(snapshots.current(List.of())).contains(all);
        assertThat(snapshots.current(List.of("meter_readings"))).contains(all);
        snapshots.drop(all.id());
        assertThat(snapshots.current(List.of("meter_readings"))).contains(readings);
        ingest("m1", DAY_1, "2");
        assertThat(snapshots.current(List.of("meter_readings"))).isEmpty();
    }

    @Test
    void doesNotWaitForAnIngest() {
        ingest("m1", DAY_1, "1");
        CountDownLatch pinned = new CountDownLatch(1);
        CountDownLatch locked = new CountDownLatch(1);
        CompletableFuture<Void> ingest = CompletableFuture.runAsync(() -> {
            try (WriterLock lock = lake.lake().lock()) {
                assertThat(lock).isNotNull();
                locked.countDown();
                pinned.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(locked).satisfies(CountDownLatch::await);
        Snapshot snapshot = pin();
        snapshots.drop(snapshot.id());
        pinned.countDown();

        assertThat(ingest).succeedsWithin(Duration.ofMinutes(1));
    }

    @Test
    void worksOnALakeThatIsOlderThanTheTableOfSnapshots() throws IOException {
        ingest("m1", DAY_1, "1");
        try (Stream<Path> table = Files.walk(lake.config().root().resolve("snapshots"))) {
            for (Path path : table.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        snapshots = new Snapshots(lake.reopen());

        assertThat(snapshots.list()).isEmpty();
        assertThat(snapshots.verify(pin()).problems()).isEmpty();
    }

    @Test
    void saysWhatItCannotPin() {
        assertThatThrownBy(() -> snapshots.create(new SnapshotRequest("x", List.of("meter_reading"), Optional.empty())))
                .hasMessageContaining("did you mean 'meter_readings'?");
        assertThatThrownBy(() -> snapshots.create(new SnapshotRequest("x", List.of("snapshots"), Optional.empty())))
                .hasMessageContaining("is never pinned itself");
        assertThatThrownBy(
                        () -> snapshots.create(new SnapshotRequest("x", List.of(), Optional.of("20260231000000000"))))
                .hasMessageContaining("it is not an instant of Hudi's");
        assertThatThrownBy(() -> snapshots.create(SnapshotRequest.now(" "))).hasMessageContaining("purpose is empty");
        assertThatThrownBy(() -> snapshots.find("1"))
                .isInstanceOfSatisfying(
                        MeterlakeException.class,
                        e -> assertThat(e.code()).isEqualTo(SnapshotErrorCode.UNKNOWN_SNAPSHOT));
        assertThatThrownBy(() -> snapshots.drop("1")).hasMessageContaining("Cannot find the snapshot 1");
        Snapshot snapshot = snapshots.create(new SnapshotRequest("x", List.of("meter_readings"), Optional.empty()));
        assertThatThrownBy(() -> snapshots.files(snapshot, "ingested_files"))
                .hasMessageContaining("it has meter_readings");
    }
}
