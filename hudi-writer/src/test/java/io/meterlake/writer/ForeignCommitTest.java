package io.meterlake.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CommittedFiles;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.LakeTable;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotRequest;
import io.meterlake.snapshot.Snapshots;
import io.meterlake.storage.Storage;
import io.meterlake.writer.IngestOutcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.client.WriteStatus;
import org.apache.hudi.client.heartbeat.HeartbeatUtils;
import org.apache.hudi.common.model.HoodieKey;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another program commits to meter_readings after our writer has listed its files and before it commits. */
class ForeignCommitTest {
    private static final String DAY = "reading_date=2026-03-02";

    @TempDir
    Path folder;

    private TestLake lake;
    private LakeTable table;
    private Map<String, Map<String, @Nullable Object>> expected = Map.of();
    private String deleted = "";

    @BeforeEach
    void ingestADay() {
        lake = new TestLake(folder);
        table = lake.lake().table("meter_readings");
        lake.ingest(lake.file("first", lines("1", "2026-03-05T00:00:00Z")));
        expected = new TreeMap<>(TableReader.readings(lake.lake()));
        deleted = expected.keySet().iterator().next();
        expected.remove(deleted);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private static List<Line> lines(String value, String recordedAt) {
        return IntStream.range(0, 8)
                .mapToObj(i -> Line.of("meter-" + i, "2026-03-02T10:00:00Z", value, recordedAt))
                .toList();
    }

    private void deleteARow() {
        ForeignClient.delete(table, deleted, DAY);
    }

    private static RebucketListener whenWritten(Runnable other) {
        return new RebucketListener() {
            @Override
            public void written(int days, int of) {
                other.run();
            }
        };
    }

    private void assertRefused(MeterlakeException refused) {
        assertThat(refused.code()).isEqualTo(LakeErrorCode.COMMIT_FAILED);
        assertThat(refused).hasMessageContaining("another program wrote meanwhile");
        assertThat(refused.hint()).contains("run the command again");
        assertThat(table.buckets()).isEqualTo(2);
    }

    @Test
    void isNotLostByARebucket() {
        Rebucket rebucket = new Rebucket(lake.lake(), whenWritten(this::deleteARow));
        assertRefused(catchThrowableOfType(MeterlakeException.class, () -> rebucket.to(4)));
        assertThat(TableReader.readings(lake.lake())).isEqualTo(expected);

        assertThat(new Rebucket(lake.lake(), RebucketListener.NONE).to(4)).isPresent();
        assertThat(table.buckets()).isEqualTo(4);
        assertThat(TableReader.readings(lake.lake())).isEqualTo(expected);
    }

    @Test
    void keepsARebucketFromCommittingAlsoWhileItIsPending() {
        try (HoodieJavaWriteClient<?> other = ForeignClient.open(table)) {
            List<String> instants = new ArrayList<>();
            Rebucket rebucket = new Rebucket(lake.lake(), whenWritten(() -> instants.add(other.startCommit())));
            assertRefused(catchThrowableOfType(MeterlakeException.class, () -> rebucket.to(4)));
            String instant = instants.getFirst();
            assertThat(other.commit(instant, other.delete(keyOfDeleted(), instant)))
                    .isTrue();
        }
        assertThat(new Rebucket(lake.lake(), RebucketListener.NONE).to(4)).isPresent();
        assertThat(TableReader.readings(lake.lake())).isEqualTo(expected);
    }

    @Test
    void isNoSnapshotWhichHindersNoRebucket() {
        Snapshots snapshots = new Snapshots(lake.lake());
        List<Snapshot> made = new ArrayList<>();
        assertThat(new Rebucket(
                                lake.lake(),
                                whenWritten(() -> made.add(snapshots.create(SnapshotRequest.now("meanwhile")))))
                        .to(4))
                .isPresent();
        assertThat(made)
                .singleElement()
                .satisfies(snapshot ->
                        assertThat(snapshots.verify(snapshot).intact()).isTrue());
    }

    @ParameterizedTest
    @EnumSource(names = {"PARTITIONS_REGISTERED", "FILES_WRITTEN"})
    void isNotLostByAnIngest(IngestStep step) {
        Path file = lake.file("later", lines("2", "2026-03-06T00:00:00Z").subList(4, 8));
        Ingest ingest = at(step, this::deleteARow);
        assertRefused(catchThrowableOfType(
                MeterlakeException.class, () -> ingest.ingest(new IngestRequest(file, "", LineFormat.INSTANCE))));
        assertThat(TableReader.readings(lake.lake())).isEqualTo(expected);

        IngestOutcome again = lake.ingest(file);
        assertThat(again.status()).isEqualTo(Status.INGESTED);
        assertThat(again.rowsChanged()).isEqualTo(4);
        assertThat(TableReader.readings(lake.lake()).keySet()).isEqualTo(expected.keySet());
        assertThat(lake.rows("reading_changes")).hasSize(4);
    }

    @Test
    void thatLivesIsWaitedForBeforeAFileIsRead() {
        Path file = lake.file("later", lines("2", "2026-03-06T00:00:00Z").subList(4, 8));
        try (HoodieJavaWriteClient<?> other = ForeignClient.open(table)) {
            String instant = other.startCommit();
            List<WriteStatus> written = other.delete(keyOfDeleted(), instant);
            MeterlakeException refused = catchThrowableOfType(MeterlakeException.class, () -> lake.ingest(file));
            assertThat(refused.code()).isEqualTo(LakeErrorCode.LAKE_LOCKED);
            assertThat(refused).hasMessageContaining(instant).hasMessageContaining("signs of life");

            assertThat(other.commit(instant, written)).isTrue();
        }
        assertThat(TableReader.readings(lake.lake())).isEqualTo(expected);
        assertThat(lake.ingest(file).rowsChanged()).isEqualTo(4);
    }

    @Test
    void thatLivesIsNotTakenBackByAnIngestThatMeetsIt() {
        Path file = lake.file("later", lines("2", "2026-03-06T00:00:00Z").subList(4, 8));
        try (HoodieJavaWriteClient<?> other = ForeignClient.open(table)) {
            List<String> instants = new ArrayList<>();
            Ingest ingest = at(IngestStep.PARTITIONS_REGISTERED, () -> instants.add(other.startCommit()));
            assertRefused(catchThrowableOfType(
                    MeterlakeException.class, () -> ingest.ingest(new IngestRequest(file, "", LineFormat.INSTANCE))));
            String instant = instants.getFirst();

            assertThat(other.commit(instant, other.delete(keyOfDeleted(), instant)))
                    .isTrue();
        }
        assertThat(TableReader.readings(lake.lake())).isEqualTo(expected);
        assertThat(lake.ingest(file).rowsChanged()).isEqualTo(4);
        assertThat(TableReader.readings(lake.lake()).keySet()).isEqualTo(expected.keySet());
    }

    /** A client with that policy cleans after each commit of its own, and takes back what gives no sign of life. */
    @Test
    void leavesAnIngestInFlightThatLives() {
        Path file = lake.file("later", lines("2", "2026-03-06T00:00:00Z").subList(4, 8));
        try (HoodieJavaWriteClient<?> other = ForeignClient.open(table)) {
            Ingest ingest = at(
                    IngestStep.FILES_WRITTEN,
                    () -> assertThat(other.rollbackFailedWrites(table.metaClient()))
                            .isFalse());
            assertThat(ingest.ingest(new IngestRequest(file, "", LineFormat.INSTANCE))
                            .rowsChanged())
                    .isEqualTo(4);
        }
        assertThat(table.folder().resolve(".hoodie/.heartbeat")).isEmptyDirectory();
    }

    /** Readers take the files of an instant that the timeline does not have for committed once it begins after it. */
    @Test
    void thatRollsAnIngestBackLeavesNothingOfWhatItStillWrites() throws IOException {
        Path file = lake.file("later", lines("2", "2026-03-06T00:00:00Z").subList(4, 8));
        Ingest ingest = at(IngestStep.COMMIT_STARTED, () -> {
            try (HoodieJavaWriteClient<?> other = ForeignClient.open(table)) {
                // As if this process had stood still for minutes.
                HoodieTableMetaClient metaClient = table.metaClient();
                HeartbeatUtils.deleteHeartbeatFile(metaClient.getStorage(), table.basePath(), inFlight(metaClient));
                assertThat(other.rollbackFailedWrites(metaClient)).isTrue();
            }
        });
        MeterlakeException refused = catchThrowableOfType(
                MeterlakeException.class, () -> ingest.ingest(new IngestRequest(file, "", LineFormat.INSTANCE)));
        assertThat(refused.code()).isEqualTo(LakeErrorCode.COMMIT_UNKNOWN);
        List<Path> late = baseFiles();
        late.removeAll(committed());
        assertThat(late).as("what was written after the rollback").isNotEmpty();

        assertThat(lake.ingest(file).rowsChanged()).isEqualTo(4);
        assertThat(late).noneMatch(Files::exists);
        assertThat(baseFiles()).containsExactlyInAnyOrderElementsOf(committed());
        assertThat(table.folder().resolve(".hoodie/.temp")).isEmptyDirectory();
    }

    /** An ingest that dies behind its commit, and many commits of a program that archives after few of them. */
    @Test
    void thatArchivesAnIngestLeavesItToBeFinished() {
        Path file = lake.file("later", lines("2", "2026-03-06T00:00:00Z").subList(4, 8));
        Ingest ingest = at(IngestStep.COMMITTED, () -> {
            throw new IllegalStateException("the process dies");
        });
        assertThatThrownBy(() -> ingest.ingest(new IngestRequest(file, "", LineFormat.INSTANCE)))
                .hasMessage("the process dies");
        assertThat(lake.rows("reading_changes")).isEmpty();
        List<String> keys = List.copyOf(TableReader.readings(lake.lake()).keySet());
        for (String key : keys.subList(0, 4)) {
            ForeignClient.deleteAndArchive(table, key, DAY);
        }
        assertThat(CommittedFiles.newestFirst(table.metaClient()))
                .as("commits that are not archived")
                .hasSizeLessThan(4);

        assertThat(lake.ingest(file).status()).isEqualTo(Status.ALREADY_INGESTED);
        assertThat(lake.rows("reading_changes")).hasSize(4);
        assertThat(TableReader.readings(lake.lake())).hasSize(4);
    }

    private Ingest at(IngestStep step, Runnable other) {
        return new Ingest(lake.lake(), new IngestListener() {
            @Override
            public void reached(Path path, IngestStep reached) {
                if (reached == step) {
                    other.run();
                }
            }
        });
    }

    private static String inFlight(HoodieTableMetaClient metaClient) {
        return metaClient
                .getActiveTimeline()
                .filterInflights()
                .lastInstant()
                .get()
                .requestedTime();
    }

    private List<Path> baseFiles() throws IOException {
        return new ArrayList<>(Storage.of(table.folder())
                .filesBelow(table.folder(), ".parquet")
                .keySet());
    }

    private List<Path> committed() {
        HoodieTableMetaClient metaClient = table.metaClient();
        CommittedFiles files = new CommittedFiles(table);
        return CommittedFiles.newestFirst(metaClient).stream()
                .flatMap(instant -> files.read(metaClient, instant).written().stream())
                .map(written -> table.folder().resolve(written.partition()).resolve(written.fileName()))
                .toList();
    }

    /** Hudi empties the list that it is given. */
    private List<HoodieKey> keyOfDeleted() {
        return new ArrayList<>(List.of(new HoodieKey(deleted, DAY)));
    }
}
