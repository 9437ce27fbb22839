package io.meterlake.lake;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import io.meterlake.testing.SharedMetastore;
import io.trino.hive.thrift.metastore.FieldSchema;
import io.trino.hive.thrift.metastore.Table;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a lake tells the metastore, asked of a real one. */
class LakeTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final String database = SharedMetastore.newDatabase();

    private LakeConfig config(String name) {
        URI metastore = SharedMetastore.uri();
        return LakeConfig.of(folder.resolve(name), metastore.getHost(), metastore.getPort())
                .withDatabase(database);
    }

    @Test
    void registersItsTablesAsHudiTables() {
        Lake.open(config("a lake"), CLOCK).close();

        for (TableDefinition definition : LakeTables.ALL) {
            Table table = SharedMetastore.table(database, definition.name());
            assertThat(table.getTableType()).isEqualTo("EXTERNAL_TABLE");
            assertThat(requireNonNull(table.getSd()).getInputFormat())
                    .isEqualTo("org.apache.hudi.hadoop.HoodieParquetInputFormat");
            assertThat(requireNonNull(table.getSd()).getLocation())
                    .endsWith(
                            folder.resolve("a lake").resolve(definition.name()).toString());
            assertThat(requireNonNull(table.getPartitionKeys()).stream().map(FieldSchema::getName))
                    .isEqualTo(definition.partitionColumn().stream().toList());
            assertThat(requireNonNull(requireNonNull(table.getSd()).getCols()).stream()
                            .map(FieldSchema::getName)
                            .filter(name -> !name.startsWith("_hoodie_")))
                    .isEqualTo(definition.columns().stream()
                            .map(Column::name)
                            .filter(name -> !name.equals(definition.partition()))
                            .toList());
        }
    }

    @Test
    void tellsAMetastoreThatWasSetUpAnewWhatIsOnDisk() {
        List<String> days = IntStream.range(0, 3)
                .mapToObj(day -> LocalDate.parse("2026-05-30").plusDays(day).toString())
                .toList();
        try (Lake lake = Lake.open(config("lake"), CLOCK)) {
            lake.rowTable("rejected_readings")
                    .upsert(days.stream().map(LakeTest::reject).toList());
        }
        assertThat(SharedMetastore.partitions(database, "rejected_readings")).containsExactlyElementsOf(days);
        SharedMetastore.forget(database);
        try (Lake lake = Lake.open(config("lake"), CLOCK)) {
            assertThat(lake.rowTable("rejected_readings").rows()).hasSize(3);
        }
        assertThat(SharedMetastore.partitions(database, "rejected_readings")).containsExactlyElementsOf(days);
    }

    private static Map<String, Object> reject(String day) {
        return Map.of(
                "file_checksum", "c", "line", LocalDate.parse(day).toEpochDay(), "received_date", LocalDate.parse(day));
    }

    @Test
    void refusesADatabaseThatBelongsToAnotherLake() {
        Lake.open(config("one"), CLOCK).close();
        assertThatThrownBy(() -> Lake.open(config("other"), CLOCK))
                .isInstanceOfSatisfying(MeterlakeException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(LakeErrorCode.METASTORE_REFUSED);
                    assertThat(failure)
                            .hasMessageContaining(folder.resolve("one").toString());
                });
    }

    @Test
    void saysThatTheMetastoreIsDownAndHowToStartIt() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        LakeConfig config = LakeConfig.of(folder.resolve("lake"), "127.0.0.1", free);
        assertThatThrownBy(() -> Lake.open(config, CLOCK)).isInstanceOfSatisfying(MeterlakeException.class, failure -> {
            assertThat(failure.code()).isEqualTo(LakeErrorCode.METASTORE_DOWN);
            assertThat(failure.hint()).contains("meterlake stack up");
        });
    }

    @Test
    void takesTheBucketsFromTheTableAndNotFromTheConfiguration() {
        try (Lake lake = Lake.open(config("lake").withBuckets(3), CLOCK)) {
            assertThat(lake.table("meter_readings").buckets()).isEqualTo(3);
        }
        try (Lake lake = Lake.open(config("lake").withBuckets(7), CLOCK)) {
            assertThat(lake.table("meter_readings").buckets()).isEqualTo(3);
        }
    }

    @Test
    void replacesARowWithTheSameKeyAndForgetsADeletedOne() {
        try (Lake lake = Lake.open(config("lake"), CLOCK)) {
            RowTable table = lake.rowTable("rejected_readings");
            table.upsert(List.of(reject("2026-05-01"), reject("2026-05-02")));
            Map<String, Object> moved = Map.of(
                    "file_checksum",
                    "c",
                    "line",
                    LocalDate.parse("2026-05-02").toEpochDay(),
                    "reason",
                    "another",
                    "received_date",
                    LocalDate.parse("2026-05-09"));
            table.upsert(List.of(moved));
            table.delete(List.of(reject("2026-05-01")));
            assertThat(table.rows())
                    .singleElement()
                    .satisfies(row -> assertThat(row).containsEntry("reason", "another"));
        }
    }

    @Test
    void findsWhatTheNewestCommitWithAKeySays() {
        try (Lake lake = Lake.open(config("lake"), CLOCK)) {
            RowTable table = lake.rowTable("rejected_readings");
            assertThat(table.newest("key")).isEmpty();
            table.upsert(List.of(reject("2026-05-01")), Map.of("key", "first"));
            table.upsert(List.of(reject("2026-05-02")));
            assertThat(table.newest("key")).contains("first");
            table.delete(List.of(reject("2026-05-01")), Map.of("key", ""));
            assertThat(table.newest("key")).contains("");
            assertThat(table.newest("another key")).isEmpty();
        }
    }

    @Test
    void forgetsAMetadataTableOfSparksBeforeItWritesRows() throws IOException {
        try (Lake lake = Lake.open(config("lake"), CLOCK)) {
            LakeTable table = lake.table("rejected_readings");
            lake.rowTable("rejected_readings").upsert(List.of(reject("2026-05-01")));
            Path metadata = Files.createDirectories(table.folder().resolve(".hoodie/metadata/files"));
            HoodieTableMetaClient metaClient = table.metaClient();
            metaClient.getTableConfig().setMetadataPartitionState(metaClient, "files", true);
            assertThat(table.metaClient().getTableConfig().isMetadataTableAvailable())
                    .isTrue();

            lake.rowTable("rejected_readings").upsert(List.of(reject("2026-05-02")));
            assertThat(table.metaClient().getTableConfig().isMetadataTableAvailable())
                    .as("Spark would go on reading the files of before from it")
                    .isFalse();
            assertThat(metadata).doesNotExist();
            assertThat(lake.rowTable("rejected_readings").rows()).hasSize(2);
        }
    }
}
