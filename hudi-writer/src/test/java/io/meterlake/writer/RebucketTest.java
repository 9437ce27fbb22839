package io.meterlake.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CommittedFiles;
import io.meterlake.lake.CompletedInstant;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.LakeLayout;
import io.meterlake.lake.LakeTable;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotRequest;
import io.meterlake.snapshot.Snapshots;
import io.meterlake.testing.LakeProcess;
import io.meterlake.writer.RebucketWork.Step;
import io.meterlake.writer.commit.RebucketCommit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A lake gets another number of buckets: the same rows in other files, whatever comes in between. */
class RebucketTest {
    @TempDir
    Path folder;

    private final Deliveries deliveries = new Deliveries(51);
    private final Model model = new Model();
    private int files;

    private void ingest(TestLake lake) {
        String name = "file" + files++;
        List<Line> lines = deliveries.nextOfDistinctTimes(60);
        lake.ingest(lake.file(name, lines));
        model.ingest(name, lines, Instant.EPOCH);
    }

    private static void to(TestLake lake, int buckets) {
        assertThat(new Rebucket(lake.lake(), RebucketListener.NONE).to(buckets)).isPresent();
    }

    private static LakeTable table(TestLake lake) {
        return lake.lake().table("meter_readings");
    }

    /** The keys with the commits that wrote their rows. */
    private static Set<String> commitsOfRows(TestLake lake) {
        return TableReader.commitsOfRows(lake.lake());
    }

    private static Set<String> liveFiles(TestLake lake) {
        return new TreeSet<>(table(lake).liveFiles());
    }

    private static Set<String> filesOnDisk(TestLake lake) {
        Path root = lake.config().root();
        try (Stream<Path> all = Files.walk(table(lake).folder())) {
            return all.filter(file -> file.toString().endsWith(".parquet"))
                    .filter(file -> !file.toString().contains("/.hoodie/"))
                    .map(file -> root.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "6, 4", "4, 1"})
    void putsEachRowIntoItsNewBucketAndLeavesItAsItIs(int from, int to) {
        try (TestLake lake = new TestLake(folder, config -> config.withBuckets(from))) {
            ingest(lake);
            ingest(lake);
            Set<String> rows = commitsOfRows(lake);
            Set<String> before = liveFiles(lake);
            RebucketCommit.Done done =
                    new Rebucket(lake.lake(), RebucketListener.NONE).to(to).orElseThrow();

            assertThat(table(lake).buckets()).isEqualTo(to);
            // The reader looks whether each row is in the bucket of its key.
            assertThat(TableReader.readings(lake.lake())).isEqualTo(model.columns());
            assertThat(commitsOfRows(lake)).isEqualTo(rows);
            assertThat(liveFiles(lake)).doesNotContainAnyElementsOf(before).hasSize(done.written());
            assertThat(done.replaced()).isEqualTo(before.size());
            assertThat(done.rows()).isEqualTo(model.size());
            assertThat(LakeLayout.read(lake.config())).satisfies(layout -> {
                assertThat(layout.buckets()).isEqualTo(to);
                assertThat(layout.announced()).isEmpty();
                assertThat(layout.tables().getFirst().files()).isEqualTo(done.written());
                assertThat(layout.tables().getFirst().partitions()).isEqualTo(done.days());
            });

            lake.reopen();
            ingest(lake);
            ingest(lake);
            assertThat(TableReader.readings(lake.lake())).isEqualTo(model.columns());
            assertThat(CommittedFiles.missing(lake.config())).isEmpty();
            assertThat(TableReader.changes(lake.lake())).containsExactlyInAnyOrderElementsOf(model.changes());
        }
    }

    @Test
    void changesNothingWhereThereIsNothingToChange() {
        try (TestLake lake = new TestLake(folder)) {
            ingest(lake);
            List<CompletedInstant> before = lake.lake().completedInstants("meter_readings");
            Rebucket rebucket = new Rebucket(lake.lake(), RebucketListener.NONE);
            assertThat(rebucket.to(2)).isEmpty();
            assertThatThrownBy(() -> rebucket.to(0))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(MeterlakeException.class))
                    .extracting(MeterlakeException::code)
                    .isEqualTo(LakeErrorCode.INVALID_LAKE_CONFIG);
            assertThat(lake.lake().completedInstants("meter_readings")).isEqualTo(before);
        }
    }

    @Test
    void takesALakeWithoutReadings() {
        try (TestLake lake = new TestLake(folder)) {
            to(lake, 3);
            assertThat(table(lake).buckets()).isEqualTo(3);
            ingest(lake);
            assertThat(TableReader.readings(lake.lake())).isEqualTo(model.columns());
        }
    }

    /** A cleaner that takes what it may, and a timeline that is archived soon. */
    @Test
    void keepsTheFilesOfSnapshotsAndNeverShowsReplacedOnesAgain() {
        try (TestLake lake =
                new TestLake(folder, config -> config.withRetentionHours(0).withActiveCommits(4))) {
            ingest(lake);
            ingest(lake);
            Snapshots snapshots = new Snapshots(lake.lake());
            Snapshot before = snapshots.create(SnapshotRequest.now("before"));
            Set<String> pinned = liveFiles(lake);
            to(lake, 5);
            Snapshot after = snapshots.create(SnapshotRequest.now("after"));
            Set<String> pinnedAfter = liveFiles(lake);
            for (int i = 0; i < 8; i++) {
                ingest(lake);
            }
            assertThat(snapshots.verify(before).intact()).isTrue();
            assertThat(snapshots.verify(after).intact()).isTrue();
            assertThat(filesOnDisk(lake)).containsAll(pinned).containsAll(pinnedAfter);
            assertThat(TableReader.readings(lake.lake())).isEqualTo(model.columns());

            snapshots.drop(before.id());
            snapshots.drop(after.id());
            for (int i = 0; i < 9; i++) {
                ingest(lake);
                assertThat(TableReader.readings(lake.lake()))
                        .as("after commit %d without snapshots", i)
                        .isEqualTo(model.columns());
            }
            assertThat(lake.lake().completedInstants("meter_readings"))
                    .as("the commit that replaced the files is archived")
                    .noneMatch(instant -> instant.action().equals("replacecommit"));
            Set<String> replaced = new HashSet<>(pinned);
            assertThat(filesOnDisk(lake)).doesNotContainAnyElementsOf(replaced);
            assertThat(CommittedFiles.missing(lake.config())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void isWhollyDoneOrNotAtAllWhenKilledAt(Step step) {
        try (TestLake lake = new TestLake(folder)) {
            ingest(lake);
            ingest(lake);
            Snapshot snapshot = new Snapshots(lake.lake()).create(SnapshotRequest.now("before"));
            try (LakeProcess process =
                    LakeProcess.startAndStopAt(lake.config(), RebucketWork.class, step, 0, List.of("5"))) {
                assertThat(process).isNotNull();
                assertThat(lake.readings()).as("while it stands").hasSize(model.size());
            }
            assertThat(lake.readings()).as("after the kill").hasSize(model.size());

            boolean done = step.compareTo(Step.COMMITTED) >= 0;
            lake.reopen();
            ingest(lake);
            assertThat(table(lake).buckets()).isEqualTo(done ? 5 : 2);
            assertThat(TableReader.readings(lake.lake())).isEqualTo(model.columns());
            assertThat(LakeLayout.read(lake.config()).announced()).isEmpty();
            assertThat(new Rebucket(lake.lake(), RebucketListener.NONE).to(5).isPresent())
                    .isEqualTo(!done);
            assertThat(TableReader.readings(lake.lake())).isEqualTo(model.columns());
            assertThat(new Snapshots(lake.lake()).verify(snapshot).intact()).isTrue();
            assertThat(table(lake)
                            .metaClient()
                            .getActiveTimeline()
                            .filterInflightsAndRequested()
                            .getInstants())
                    .isEmpty();
            Set<String> commits = lake.lake().completedInstants("meter_readings").stream()
                    .map(CompletedInstant::requested)
                    .collect(Collectors.toSet());
            assertThat(filesOnDisk(lake))
                    .as("files that no commit names")
                    .allSatisfy(file -> assertThat(commits)
                            .contains(file.substring(file.lastIndexOf('_') + 1, file.lastIndexOf('.'))));
        }
    }

    @Test
    void letsNobodyIngestMeanwhile() {
        try (TestLake lake = new TestLake(folder)) {
            ingest(lake);
            Path other = lake.file("other", List.of(Line.of("m", "2026-03-01T10:00:00Z", "1", "2026-03-05T00:00:00Z")));
            List<Throwable> refused = new ArrayList<>();
            RebucketListener listener = new RebucketListener() {
                @Override
                public void announced() {
                    refused.add(CompletableFuture.supplyAsync(() -> ingestWithoutWaiting(lake, other))
                            .handle((outcome, failure) -> failure)
                            .join());
                }
            };
            new Rebucket(lake.lake(), listener).to(4);
            assertThat(refused)
                    .singleElement()
                    .satisfies(failure -> assertThat(failure)
                            .rootCause()
                            .isInstanceOf(MeterlakeException.class)
                            .hasMessageContaining("is writing to it"));
            assertThat(lake.ingest(other).rowsNew()).isEqualTo(1);
        }
    }

    private static IngestOutcome ingestWithoutWaiting(TestLake lake, Path file) {
        try (Lake opened = Lake.open(
                lake.config().withWriterWait(Duration.ofMillis(100)),
                lake.lake().clock())) {
            return new Ingest(opened, IngestListener.NONE).ingest(new IngestRequest(file, "", LineFormat.INSTANCE));
        }
    }

    @Test
    void refusesToGoOnWithoutAFileThatIsLost() throws IOException {
        try (TestLake lake = new TestLake(folder)) {
            ingest(lake);
            ingest(lake);
            Files.delete(lake.config().root().resolve(liveFiles(lake).iterator().next()));
            assertThatThrownBy(() -> to(lake, 4))
                    .isInstanceOf(MeterlakeException.class)
                    .hasMessageContaining("is not there");
            assertThat(table(lake).buckets()).isEqualTo(2);
        }
    }

    /** The commits that wrote the day are archived: nothing but the metastore knows that it was there. */
    @Test
    void refusesToGoOnWithoutADayThatIsLostAsAWhole() throws IOException {
        try (TestLake lake =
                new TestLake(folder, config -> config.withRetentionHours(0).withActiveCommits(4))) {
            lake.ingest("old", Line.of("m", "2026-01-01T10:00:00Z", "1", "2026-03-05T00:00:00Z"));
            for (int i = 0; i < 8; i++) {
                ingest(lake);
            }
            Path day = table(lake).folder().resolve("reading_date=2026-01-01");
            Path backup = folder.resolve("backup");
            move(day, backup);
            assertThat(CommittedFiles.missing(lake.config())).isEmpty();
            assertThatThrownBy(() -> to(lake, 4))
                    .isInstanceOf(MeterlakeException.class)
                    .hasMessageContaining("meter_readings/reading_date=2026-01-01 is not there");
            assertThat(table(lake).buckets()).isEqualTo(2);

            move(backup, day);
            to(lake, 4);
            assertThat(TableReader.readings(lake.lake())).hasSize(model.size() + 1);
        }
    }

    /** File by file: between a bucket and a disk no folder is renamed, and no file with its times. */
    private static void move(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> files;
        try (Stream<Path> all = Files.list(from)) {
            files = all.toList();
        }
        for (Path file : files) {
            Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
            Files.delete(file);
        }
        Files.deleteIfExists(from);
    }

    @Test
    void goesOnWhereADayWasRegisteredAndNothingCommitted() {
        try (TestLake lake = new TestLake(folder)) {
            ingest(lake);
            lake.lake().registerPartitions(table(lake).definition(), List.of("2025-12-31"));
            to(lake, 4);
            assertThat(TableReader.readings(lake.lake())).isEqualTo(model.columns());
        }
    }

    @Test
    void leavesTheFilesThatItReplacesToTheNextCommit() {
        try (TestLake lake = new TestLake(folder, config -> config.withRetentionHours(0))) {
            ingest(lake);
            ingest(lake);
            Set<String> before = liveFiles(lake);
            to(lake, 5);
            assertThat(filesOnDisk(lake)).as("what queries may be reading").containsAll(before);
            ingest(lake);
            assertThat(filesOnDisk(lake)).doesNotContainAnyElementsOf(before);
            assertThat(TableReader.readings(lake.lake())).isEqualTo(model.columns());
        }
    }

    @Test
    void isChosenByTheNumberOfMeters() {
        assertThat(Map.of(
                        "small", LakeLayout.bucketsFor(1, 15),
                        "limit", LakeLayout.bucketsFor(250_000, 15),
                        "more", LakeLayout.bucketsFor(250_001, 15),
                        "million", LakeLayout.bucketsFor(1_000_000, 15),
                        "half hours", LakeLayout.bucketsFor(1_000_000, 30)))
                .isEqualTo(Map.of("small", 1, "limit", 1, "more", 2, "million", 4, "half hours", 2));
        assertThatThrownBy(() -> LakeLayout.bucketsFor(0, 15)).hasMessageContaining("number of meters");
        assertThatThrownBy(() -> LakeLayout.bucketsFor(1, 0)).hasMessageContaining("length of the intervals");
        assertThatThrownBy(() -> LakeLayout.bucketsFor(1_000_000_000, 1)).hasMessageContaining("bucket count");
    }
}
