package io.meterlake.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CleanedSpace;
import io.meterlake.lake.CleanerPolicy;
import io.meterlake.lake.CompletedInstant;
import io.meterlake.writer.Line;
import io.meterlake.writer.TestLake;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.common.model.HoodieReplaceCommitMetadata;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.common.util.Option;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotProtectionTest {
    private static final String DAY_1 = "2026-03-01T10:00:00Z";
    private static final String DAY_2 = "2026-03-02T10:00:00Z";
    private static final Instant RECORDED = Instant.parse("2026-03-05T00:00:00Z");

    @TempDir
    private Path folder;

    private TestLake lake;
    private Snapshots snapshots;
    private SnapshotProtection protection;

    @BeforeEach
    void openAggressively() {
        lake = new TestLake(folder, config -> config.withBuckets(1).withCleaner(new CleanerPolicy.Versions(1)));
        snapshots = new Snapshots(lake.lake());
        protection = new SnapshotProtection(lake.lake());
    }

    private void reopen(String cleaner) {
        lake.close();
        lake = new TestLake(
                folder.resolve("other"), config -> config.withBuckets(1).withCleaner(CleanerPolicy.parse(cleaner)));
        snapshots = new Snapshots(lake.lake());
        protection = new SnapshotProtection(lake.lake());
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private void ingest(String start, int value) {
        long number = lake.nextNumber();
        lake.ingest(
                number + ".txt",
                Line.of(
                        "m1",
                        start,
                        Integer.toString(value),
                        RECORDED.plusSeconds(number).toString()));
    }

    private Snapshot pin() {
        return snapshots.create(SnapshotRequest.now("test"));
    }

    private List<Path> files(Snapshot snapshot) {
        return snapshots.files(snapshot, "meter_readings").stream()
                .map(file -> file.path(lake.config().root()))
                .toList();
    }

    private long freed() {
        return protection.clean().stream().mapToLong(CleanedSpace::bytes).sum();
    }

    @Test
    void freesADroppedSnapshotsFilesAtOnceThoughNothingWasCommittedSince() {
        ingest(DAY_1, 1);
        ingest(DAY_2, 1);
        Snapshot dropped = pin();
        Snapshot kept = pin();
        ingest(DAY_1, 2);
        ingest(DAY_2, 2);
        Snapshot later = pin();
        ingest(DAY_1, 3);
        ingest(DAY_1, 4);
        assertThat(freed()).as("freed while both are kept").isZero();
        snapshots.drop(dropped.id());
        assertThat(freed()).as("freed while another one keeps the same").isZero();
        assertThat(files(kept)).allSatisfy(file -> assertThat(file).exists());
        List<Path> files = files(kept);
        snapshots.drop(kept.id());

        assertThat(freed()).isPositive();
        assertThat(files).allSatisfy(file -> assertThat(file).doesNotExist());
        assertThat(snapshots.verify(later).problems()).isEmpty();
        ingest(DAY_1, 5);
        assertThat(snapshots.verify(later).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2 versions", "1 commit", "1 hour"})
    void keepsEveryFileOfASnapshotUnderEachPolicy(String cleaner) {
        reopen(cleaner);
        ingest(DAY_1, 1);
        ingest(DAY_2, 1);
        Snapshot snapshot = pin();
        for (int value = 2; value < 8; value++) {
            ingest(DAY_1, value);
        }
        protection.clean();

        assertThat(snapshots.verify(snapshot).problems()).isEmpty();
        assertThat(protection.gapsByFile()).isEmpty();
    }

    @Test
    void refusesToCleanWithoutASavepointAndMakesItAgain() {
        ingest(DAY_1, 1);
        Snapshot snapshot = pin();
        String savepoint =
                snapshot.table("meter_readings").orElseThrow().savepoints().getFirst();
        try (HoodieJavaWriteClient<?> client =
                lake.lake().table("meter_readings").writeClient()) {
            client.deleteSavepoint(savepoint);
        }

        assertThat(protection.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.text())
                        .isEqualTo("snapshot " + snapshot.id() + ", meter_readings: Hudi's savepoints are gone: "
                                + savepoint));
        assertThatThrownBy(protection::clean).isInstanceOfSatisfying(MeterlakeException.class, e -> {
            assertThat(e.code()).isEqualTo(SnapshotErrorCode.UNPROTECTED_SNAPSHOT);
            assertThat(e.hint()).contains("snapshot protect " + snapshot.id());
        });
        snapshots.protect(snapshot);
        assertThat(protection.gapsByFile()).isEmpty();
        ingest(DAY_1, 2);
        ingest(DAY_1, 3);
        assertThat(snapshots.verify(snapshot).problems()).isEmpty();
    }

    @Test
    void refusesToIngestWithoutASavepoint() {
        ingest(DAY_1, 1);
        Snapshot snapshot = pin();
        try (HoodieJavaWriteClient<?> client =
                lake.lake().table("meter_readings").writeClient()) {
            client.deleteSavepoint(
                    snapshot.table("meter_readings").orElseThrow().savepoints().getFirst());
        }

        assertThatThrownBy(() -> ingest(DAY_1, 2)).isInstanceOfSatisfying(MeterlakeException.class, e -> {
            assertThat(e.code()).isEqualTo(SnapshotErrorCode.UNPROTECTED_SNAPSHOT);
            assertThat(e).hasMessageStartingWith("Cannot ingest: the cleaner could take files of snapshot ");
        });
        assertThat(files(snapshot)).allSatisfy(file -> assertThat(file).exists());
        assertThat(lake.rows("ingested_files")).hasSize(1);
        snapshots.protect(snapshot);
        ingest(DAY_1, 3);
        assertThat(lake.rows("ingested_files")).hasSize(2);
    }

    @Test
    void findsAPartitionThatHudiWouldDeleteAsAWhole() {
        ingest(DAY_1, 1);
        ingest(DAY_2, 1);
        Snapshot snapshot = pin();
        dropPartition("reading_date=2026-03-01");

        assertThat(protection.gaps())
                .singleElement()
                .satisfies(
                        gap -> assertThat(gap.text()).contains("reading_date=2026-03-01", "would delete that folder"));
        assertThat(snapshots.verify(snapshot).problems())
                .as("no file is gone yet")
                .isEmpty();
        // What the warning is of, done by Hudi's own clean. It ends in an exception, too, with the folder gone by then.
        try (HoodieJavaWriteClient<?> client =
                lake.lake().table("meter_readings").writeClient()) {
            assertThatThrownBy(client::clean).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(snapshots.verify(snapshot).problems())
                .as("Hudi 1.2 deletes the folder although a savepoint lists its file")
                .anySatisfy(problem -> assertThat(problem).isInstanceOf(SnapshotProblem.MissingFile.class));
    }

    /** As Spark's {@code alter table … drop partition} does it. */
    private void dropPartition(String partition) {
        Map<String, List<String>> replaced = new HashMap<>();
        lake.lake()
                .table("meter_readings")
                .latestBaseFiles(List.of(partition))
                .forEach((path, files) -> replaced.put(
                        path, files.stream().map(file -> file.getFileId()).toList()));
        try (HoodieJavaWriteClient<?> client =
                lake.lake().table("meter_readings").writeClient()) {
            // Or the commit would clean at once.
            client.getConfig().setValue("hoodie.clean.automatic", "false");
            String instant = client.startCommit(HoodieTimeline.REPLACE_COMMIT_ACTION);
            HoodieTableMetaClient metaClient =
                    lake.lake().table("meter_readings").metaClient();
            metaClient
                    .getActiveTimeline()
                    .transitionRequestedToInflight(
                            metaClient.createNewInstant(
                                    HoodieInstant.State.REQUESTED, HoodieTimeline.REPLACE_COMMIT_ACTION, instant),
                            Option.of(new HoodieReplaceCommitMetadata()));
            client.commit(instant, List.of(), Option.empty(), HoodieTimeline.REPLACE_COMMIT_ACTION, replaced);
        }
        assertThat(lake.lake().completedInstants("meter_readings"))
                .extracting(CompletedInstant::action)
                .contains("replacecommit");
    }
}
