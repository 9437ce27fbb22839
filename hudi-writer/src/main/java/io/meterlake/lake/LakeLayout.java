package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hudi.client.common.HoodieJavaEngineContext;
import org.apache.hudi.common.model.HoodieBaseFile;
import org.apache.hudi.common.table.HoodieTableMetaClient;

/**
 * How a lake lies on its disk.
 *
 * @param buckets how many files a day of {@code meter_readings} is spread over
 * @param announced the number that a rewriting that has not ended was to change it to
 */
public record LakeLayout(Path root, int buckets, Optional<Integer> announced, List<Table> tables) {
    /** Rows of a day's file: some 40 MB. See docs/decisions/0009-layout.md. */
    private static final long ROWS_A_FILE = 250_000L * 96;

    private static final int DAY_MINUTES = 1440;

    public LakeLayout {
        requireNonNull(root, "root is null");
        tables = List.copyOf(tables);
    }

    /**
     * A table's files, as a reader sees them now.
     *
     * @param partitions how many days it has, or 1 for a table without any
     * @param firstPartition empty if it has no days
     */
    public record Table(
            String name, int partitions, String firstPartition, String lastPartition, int files, long bytes) {}

    /**
     * The number of buckets for a number of meters.
     *
     * @param intervalMinutes how long the meters' intervals are
     * @throws MeterlakeException {@code INVALID_LAKE_CONFIG}
     */
    public static int bucketsFor(long meters, int intervalMinutes) {
        if (meters < 1 || meters > 1_000_000_000L) {
            throw invalid("number of meters", meters, "1 to 1000000000");
        }
        if (intervalMinutes < 1 || intervalMinutes > DAY_MINUTES) {
            throw invalid("length of the intervals in minutes", intervalMinutes, "1 to 1440");
        }
        long rowsADay = meters * Math.ceilDiv(DAY_MINUTES, intervalMinutes);
        int buckets = Math.toIntExact(Math.ceilDiv(rowsADay, ROWS_A_FILE));
        LakeConfig.requireBuckets(buckets);
        return buckets;
    }

    private static MeterlakeException invalid(String what, long value, String range) {
        return new MeterlakeException(
                LakeErrorCode.INVALID_LAKE_CONFIG,
                "Cannot use " + value + " as the " + what + ": it is not in " + range,
                "Choose a value in " + range);
    }

    /** The number of buckets of the lake in a folder; empty if there is none. Asks no metastore and changes nothing. */
    public static Optional<Integer> buckets(LakeConfig config) {
        HoodieJavaEngineContext context = Lake.hudi(config);
        return TableStorage.isComplete(LakeTables.METER_READINGS, config, context)
                ? Optional.of(readings(config, context).buckets())
                : Optional.empty();
    }

    private static LakeTable readings(LakeConfig config, HoodieJavaEngineContext context) {
        return new LakeTable(LakeTables.METER_READINGS, config, context);
    }

    /**
     * Looks at the files of the lake in a folder. Asks no metastore and changes nothing.
     *
     * @throws MeterlakeException {@code NO_LAKE}, {@code FOREIGN_TABLE}
     */
    public static LakeLayout read(LakeConfig config) {
        int buckets = buckets(config)
                .orElseThrow(() -> new MeterlakeException(
                        LakeErrorCode.NO_LAKE,
                        "Cannot show the lake in " + config.root() + ": there is none",
                        "Set lake.path to the lake's folder, or make one with `./meterlake lake create`"));
        HoodieJavaEngineContext context = Lake.hudi(config);
        List<Table> tables = new ArrayList<>();
        for (TableDefinition definition : LakeTables.ALL) {
            if (TableStorage.exists(config.root().resolve(definition.name()))) {
                tables.add(table(new LakeTable(definition, config, context)));
            }
        }
        Optional<Integer> announced = new BucketChange(readings(config, context)).announced();
        return new LakeLayout(config.root(), buckets, announced, tables);
    }

    private static Table table(LakeTable table) {
        HoodieTableMetaClient metaClient = table.metaClient();
        Map<String, List<HoodieBaseFile>> files = table.latestBaseFiles(metaClient, table.partitionPaths());
        List<String> days = files.entrySet().stream()
                .filter(partition -> !partition.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .filter(partition -> !partition.isEmpty())
                .map(partition -> partition.substring(partition.indexOf('=') + 1))
                .sorted()
                .toList();
        Stream<HoodieBaseFile> all = files.values().stream().flatMap(List::stream);
        return new Table(
                table.definition().name(),
                table.definition().partitionColumn().isPresent() ? days.size() : 1,
                days.isEmpty() ? "" : days.getFirst(),
                days.isEmpty() ? "" : days.getLast(),
                files.values().stream().mapToInt(List::size).sum(),
                all.mapToLong(HoodieBaseFile::getFileSize).sum());
    }
}
