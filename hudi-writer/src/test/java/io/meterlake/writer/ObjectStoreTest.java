package io.meterlake.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotRequest;
import io.meterlake.snapshot.Snapshots;
import io.meterlake.testing.LakeProcess;
import io.meterlake.testing.S3Gateway;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A lake in a bucket, on a real S3 server. */
@Tag("s3")
@EnabledIfEnvironmentVariable(named = "METERLAKE_TEST_S3_GATEWAY", matches = ".+")
class ObjectStoreTest {

    @TempDir
    Path folder;

    @Test
    void holdsWhatALakeOnADiskHolds() {
        try (TestLake disk = new TestLake(folder.resolve("disk"));
                TestLake bucket = new TestLake(
                        folder.resolve("bucket"), S3Gateway.shared().newPlace(), config -> config)) {
            for (int day = 1; day <= 5; day++) {
                for (TestLake lake : List.of(disk, bucket)) {
                    lake.ingest("day" + day + ".txt", lines(day, "1.5"));
                }
            }
            for (TestLake lake : List.of(disk, bucket)) {
                lake.ingest("correction.txt", Line.of("m7", "2026-03-02T10:15:00Z", "9.25", "2026-03-20T00:00:00Z"));
            }

            assertThat(own(bucket.readings()))
                    .hasSize(5 * 20)
                    .containsExactlyInAnyOrderElementsOf(own(disk.readings()));
            assertThat(bucket.rows("reading_changes")).hasSize(1);
            Snapshots snapshots = new Snapshots(bucket.lake());
            Snapshot snapshot = snapshots.create(new SnapshotRequest("test", List.of(), Optional.empty()));
            bucket.ingest("later.txt", Line.of("m7", "2026-03-02T10:15:00Z", "1", "2026-03-21T00:00:00Z"));
            assertThat(snapshots.verify(snapshot).problems()).isEmpty();
        }
    }

    @Test
    void showsAllOrNothingWhenTheServerDiesInTheMiddleOfACommit() {
        S3Gateway gateway = S3Gateway.shared();
        try (TestLake lake = new TestLake(folder, gateway.newPlace(), config -> config)) {
            lake.ingest("first.txt", lines(1, "1"));
            Path second = lake.file("second.txt", List.of(lines(1, "2")));
            IngestListener dies = new IngestListener() {
                @Override
                public void reached(Path file, IngestStep step) {
                    if (step == IngestStep.FILES_WRITTEN) {
                        gateway.kill();
                    }
                }
            };
            try {
                assertThatThrownBy(() -> new Ingest(lake.lake(), dies)
                                .ingest(new IngestRequest(second, "", LineFormat.INSTANCE)))
                        .isInstanceOf(MeterlakeException.class);
            } finally {
                gateway.restart();
            }

            lake.reopen();
            assertThat(values(lake)).as("nothing of it is visible").containsOnly(new BigDecimal("1.000000"));
            assertThat(lake.ingest(second).rowsChanged()).isEqualTo(20);
            assertThat(values(lake)).containsOnly(new BigDecimal("2.000000"));
            assertThat(lake.rows("reading_changes")).hasSize(20);
        }
    }

    @Test
    void letsOneWriterWaitForTheOther() throws InterruptedException {
        try (TestLake lake = new TestLake(folder, S3Gateway.shared().newPlace(), config -> config)) {
            lake.ingest("first.txt", lines(1, "1"));
            List<LakeProcess> writers = IntStream.range(2, 5)
                    .mapToObj(day -> LakeProcess.start(
                            lake.config(),
                            IngestWork.class,
                            List.of(lake.file("day" + day, List.of(lines(1, "" + day)))
                                    .toString())))
                    .toList();
            for (LakeProcess writer : writers) {
                writer.awaitEnd();
            }
            lake.reopen();
            assertThat(values(lake)).hasSize(20);
            assertThat(lake.rows("reading_changes")).hasSize(3 * 20);
            assertThat(lake.rows("ingested_files")).hasSize(4);
        }
    }

    private static List<@Nullable Object> values(TestLake lake) {
        return lake.readings().stream()
                .<@Nullable Object>map(row -> row.get("value"))
                .toList();
    }

    private static Line[] lines(int day, String value) {
        return IntStream.range(0, 20)
                .mapToObj(meter ->
                        Line.of("m" + meter, "2026-03-0" + day + "T10:15:00Z", value, "2026-03-0" + day + "T23:00:00Z"))
                .toArray(Line[]::new);
    }

    /** Without Hudi's own columns and the times of receipt. */
    private static List<Map<String, @Nullable Object>> own(List<Map<String, @Nullable Object>> rows) {
        return rows.stream()
                .map(row -> {
                    Map<String, @Nullable Object> kept = new TreeMap<>(row);
                    kept.keySet().removeIf(name -> name.startsWith("_hoodie") || name.equals("received_at"));
                    return kept;
                })
                .toList();
    }
}
