package io.meterlake.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CompletedInstant;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.WriterLock;
import io.meterlake.writer.Line;
import io.meterlake.writer.TestLake;
import io.trino.hive.thrift.metastore.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
    private static final String DAY_1 = "2026-03-01T10:00:00Z";
    private static final String DAY_2 = "2026-03-02T10:00:00Z";
    private static final Instant RECORDED = Instant.parse("2026-03-05T00:00:00Z");

    @TempDir
    private Path folder;

    private TestLake lake;
    private Snapshots snapshots;

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
    private void ingest(String meter, String start, String value) {
        long number = lake.nextNumber();
        lake.ingest(
                number + ".txt",
                Line.of(meter, start, value, RECORDED.plusSeconds(number).toString()));
    }

    private Snapshot pin() {
        return snapshots.create(SnapshotRequest.now("test"));
    }

    private static String key(String meter, String start) {
        return meter + "@" + Instant.parse(start).getEpochSecond() * 1_000_000;
    }

    private String newestCommit() {
        return lake.lake().completedInstants("meter_readings").stream()
                .filter(instant -> instant.action().equals("commit"))
                .map(CompletedInstant::completed)
                .toList()
                .getLast();
    }

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
                .containsExactly("ingested_files", "meter_readings", "rejected_readings");
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
        assertThat(lake.metastore().partitions(snapshot.database(), "meter_readings"))
                .containsExactly("reading_date=2026-03-01", "reading_date=2026-03-02");
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
    void pinsAnEarlierStateWhoseFilesAreKept() {
        ingest("m1", DAY_1, "1");
        ingest("m2", DAY_2, "2");
        pin();
        String then = newestCommit();
        ingest("m1", DAY_1, "3");
        ingest("m1", DAY_1, "4");
        Snapshot snapshot = snapshots.create(new SnapshotRequest("test", List.of("meter_readings"), Optional.of(then)));

        assertThat(PinnedRows.values(lake, snapshot))
                .containsOnly(Map.entry(key("m1", DAY_1), 1_000_000L), Map.entry(key("m2", DAY_2), 2_000_000L));
        assertThat(snapshots.verify(snapshot).problems()).isEmpty();
    }

    @Test
    void refusesAnEarlierStateWhoseFilesTheCleanerTook() {
        ingest("m1", DAY_1, "1");
        String then = newestCommit();
        for (int value = 2; value < 8; value++) {
            ingest("m1", DAY_1, Integer.toString(value));
        }

        assertThatThrownBy(() -> snapshots.create(new SnapshotRequest("test", List.of(), Optional.of(then))))
                .isInstanceOfSatisfying(MeterlakeException.class, e -> {
                    assertThat(e.code()).isEqualTo(SnapshotErrorCode.CANNOT_PIN);
                    assertThat(e.getMessage()).startsWith("Cannot pin meter_readings: ");
                    assertThat(e.hint()).contains("at or after " + newestCommit());
                });
        assertThat(snapshots.list()).isEmpty();
        assertThat(lake.metastore().databases()).containsExactly("lake");
        assertThat(lake.lake().completedInstants("ingested_files"))
                .extracting(CompletedInstant::action)
                .doesNotContain("savepoint");
    }

    @Test
    void keepsASharedSavepointUntilTheLastSnapshotGoes() throws IOException {
        ingest("m1", DAY_1, "1");
        Snapshot first = pin();
        Snapshot second = pin();
        Path file = PinnedRows.manifestPaths(lake, first, "meter_readings").getFirst();
        snapshots.drop(first.id());
        ingest("m1", DAY_1, "2");
        ingest("m1", DAY_1, "3");

        assertThat(second.table("meter_readings").orElseThrow().savepoints())
                .isEqualTo(first.table("meter_readings").orElseThrow().savepoints());
        assertThat(snapshots.verify(second).problems()).isEmpty();
        assertThat(file).exists();
        snapshots.drop(second.id());
        assertThat(lake.lake().completedInstants("meter_readings"))
                .extracting(CompletedInstant::action)
                .doesNotContain("savepoint");
        ingest("m1", DAY_1, "4");
        ingest("m1", DAY_1, "5");
        assertThat(file).doesNotExist();
        try (var left = Files.list(lake.lake().snapshotsFolder())) {
            assertThat(left.filter(Files::isDirectory)).isEmpty();
        }
    }

    @Test
    void leavesASavepointOfSomebodyElseAlone() {
        ingest("m1", DAY_1, "1");
        String commit =
                lake.lake().completedInstants("meter_readings").getLast().requested();
        try (HoodieJavaWriteClient<?> client =
                lake.lake().table("meter_readings").writeClient()) {
            client.savepoint(commit, "an operator", "before the upgrade");
        }
        Snapshot snapshot = pin();
        snapshots.drop(snapshot.id());

        assertThat(snapshot.table("meter_readings").orElseThrow().savepoints()).containsExactly(commit);
        assertThat(lake.lake().completedInstants("meter_readings"))
                .extracting(CompletedInstant::action)
                .contains("savepoint");
    }

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
        lake.metastore().forget();
        Path manifest = lake.lake()
                .snapshotsFolder()
                .resolve(snapshot.id())
                .resolve("meter_readings/reading_date=2026-03-01/manifest");
        Files.delete(manifest);
        snapshots = new Snapshots(lake.reopen());

        assertThat(snapshots.verify(snapshot).problems())
                .hasSize(4)
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
    void dropsWhatWasBuiltFromIt() throws Exception {
        ingest("m1", DAY_1, "1");
        Snapshot snapshot = pin();
        lake.metastore().add(database(snapshot.database() + "__marts"));
        lake.metastore().add(database(snapshot.database() + "9"));
        snapshots.drop(snapshot.id());

        assertThat(lake.metastore().databases()).containsExactly("lake", snapshot.database() + "9");
    }

    private static Database database(String name) {
        Database database = new Database();
        database.setName(name);
        database.setLocationUri("file:///elsewhere");
        return database;
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

    @Test
    void leavesNothingWhenTheMetastoreIsDown() {
        ingest("m1", DAY_1, "1");
        lake.metastore().close();

        assertThatThrownBy(this::pin)
                .isInstanceOfSatisfying(
                        MeterlakeException.class, e -> assertThat(e.code()).isEqualTo(LakeErrorCode.METASTORE_DOWN));
        assertThat(lake.lake().completedInstants("meter_readings"))
                .extracting(CompletedInstant::action)
                .doesNotContain("savepoint");
    }
}
