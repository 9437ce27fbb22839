package io.meterlake.writer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.lake.WriterLock;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.client.common.HoodieJavaEngineContext;
import org.apache.hudi.common.config.HoodieMetadataConfig;
import org.apache.hudi.common.engine.EngineType;
import org.apache.hudi.common.model.HoodieCleaningPolicy;
import org.apache.hudi.config.HoodieCleanConfig;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.storage.hadoop.HadoopStorageConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More commits than the active timeline keeps, with the cleaner at its most aggressive. */
class ReadingChangesSoakTest {
    private static final int CORRECTIONS = 16;
    private static final int ACTIVE = 5;
    private static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");

    @Test
    void losesNoChangeToTheCleanerOrTheArchiver(@TempDir Path folder) throws IOException {
        try (TestLake lake = new TestLake(
                folder,
                // What the cleaner may still take is not archived; with the default not for two weeks.
                config -> config.withBuckets(1).withRetentionHours(0).withActiveCommits(ACTIVE))) {
            for (int round = 0; round <= CORRECTIONS; round++) {
                String recorded = MORNING.plusSeconds(round).toString();
                lake.ingest(
                        "round-" + round + ".txt",
                        Line.of("M1", "2026-03-01T10:00:00Z", Integer.toString(round), recorded));
                if (round % 6 == 0) {
                    clean(lake, "meter_readings");
                    clean(lake, "reading_changes");
                }
            }

            List<Map<String, @Nullable Object>> changes = lake.rows("reading_changes").stream()
                    .sorted(Comparator.comparing(row -> (String) requireNonNull(row.get("commit_requested_at"))))
                    .toList();
            assertThat(changes).extracting(row -> row.get("old_value")).containsExactlyElementsOf(values(0));
            assertThat(changes).extracting(row -> row.get("new_value")).containsExactlyElementsOf(values(1));
            assertThat(lake.lake().completedInstants("reading_changes"))
                    .as("the timeline was archived")
                    .hasSizeLessThan(CORRECTIONS);
            assertThat(baseFiles(lake, "meter_readings"))
                    .as("only the latest is left")
                    .isEqualTo(1);
            assertThat(baseFiles(lake, "reading_changes")).as("none was taken").isEqualTo(CORRECTIONS);
            assertThat(lake.readings())
                    .singleElement()
                    .satisfies(row -> assertThat(row).containsEntry("value", value(CORRECTIONS)));
        }
    }

    /** Leaves nothing but the latest version of each file group, sooner than any retention would. */
    private static void clean(TestLake lake, String table) {
        HoodieWriteConfig config = HoodieWriteConfig.newBuilder()
                .withPath(lake.lake().table(table).basePath())
                .withEngineType(EngineType.JAVA)
                .forTable(table)
                .withEmbeddedTimelineServerEnabled(false)
                .withMetadataConfig(
                        HoodieMetadataConfig.newBuilder().enable(false).build())
                .withCleanConfig(HoodieCleanConfig.newBuilder()
                        .withCleanerPolicy(HoodieCleaningPolicy.KEEP_LATEST_FILE_VERSIONS)
                        .retainFileVersions(1)
                        .build())
                .build();
        HoodieJavaEngineContext context =
                new HoodieJavaEngineContext(new HadoopStorageConfiguration(new Configuration()));
        try (WriterLock lock = lake.lake().lock();
                HoodieJavaWriteClient<?> client = new HoodieJavaWriteClient<>(context, config)) {
            requireNonNull(lock);
            client.clean();
        }
    }

    private static long baseFiles(TestLake lake, String table) throws IOException {
        try (Stream<Path> files = Files.list(lake.lake().table(table).folder().resolve("reading_date=2026-03-01"))) {
            return files.filter(file -> file.toString().endsWith(".parquet")).count();
        }
    }

    private static List<BigDecimal> values(int from) {
        return IntStream.range(from, from + CORRECTIONS)
                .mapToObj(ReadingChangesSoakTest::value)
                .toList();
    }

    private static BigDecimal value(int number) {
        return new BigDecimal(number).setScale(6);
    }
}
