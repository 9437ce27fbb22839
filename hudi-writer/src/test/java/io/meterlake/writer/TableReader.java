package io.meterlake.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.lake.CompletedInstant;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeTable;
import io.meterlake.storage.Storage;
import io.meterlake.testing.SharedMetastore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.hudi.common.model.HoodieBaseFile;
import org.apache.hudi.index.bucket.BucketIdentifier;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code meter_readings} as a query engine does, without our writer's code: the partitions that the metastore
 * knows, Hudi's view of their base files, and plain Parquet. Checks on the way what Hudi wants of every row and file.
 */
final class TableReader {
    static final Set<String> NOT_IN_THE_MODEL = Set.of("received_at", "file_checksum");

    private TableReader() {}

    /** The rows by record key, in the order of the keys; fails on a key that is there twice. */
    static Map<String, Map<String, @Nullable Object>> readings(Lake lake) {
        LakeTable table = lake.table("meter_readings");
        List<String> partitions = SharedMetastore.partitions(lake.config().database(), "meter_readings").stream()
                .map(day -> "reading_date=" + day)
                .toList();
        Set<String> commits = commits(table);
        Map<String, Map<String, @Nullable Object>> rows = new TreeMap<>();
        table.latestBaseFiles(partitions)
                .forEach((partition, files) -> files.forEach(file -> read(table, partition, file, commits, rows)));
        return rows;
    }

    /** Every row's key with the commit that wrote it and its number within that. */
    static Set<String> commitsOfRows(Lake lake) {
        LakeTable table = lake.table("meter_readings");
        Set<String> rows = new TreeSet<>();
        table.latestBaseFiles(table.partitionPaths()).forEach((partition, files) -> {
            for (HoodieBaseFile file : files) {
                Path path = table.folder().resolve(partition).resolve(file.getFileName());
                try (ParquetReader<GenericRecord> reader = AvroParquetReader.<GenericRecord>builder(
                                Storage.of(path).input(path))
                        .build()) {
                    for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
                        rows.add(row.get("_hoodie_record_key") + " by " + row.get("_hoodie_commit_time") + ", "
                                + row.get("_hoodie_commit_seqno"));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        return rows;
    }

    /**
     * The rows of {@code reading_changes}, in any order. Checks of each that its commit is one of {@code meter_readings}.
     */
    static List<Model.Change> changes(Lake lake) {
        Set<String> commits = commits(lake.table("meter_readings"));
        List<Map<String, @Nullable Object>> rows =
                lake.rowTable("reading_changes").rows();
        assertThat(rows)
                .allSatisfy(row -> assertThat(isCompleted(String.valueOf(row.get("commit_requested_at")), commits))
                        .as("the commit of %s is completed", row)
                        .isTrue());
        return rows.stream().map(Model.Change::of).toList();
    }

    private static Set<String> commits(LakeTable table) {
        return table.completedInstants().stream()
                .filter(instant -> instant.action().equals("commit"))
                .map(CompletedInstant::requested)
                .collect(Collectors.toSet());
    }

    /** An archived commit is no longer in the active timeline, and older than all that are. */
    private static boolean isCompleted(String commit, Set<String> active) {
        return active.contains(commit) || active.stream().noneMatch(one -> one.compareTo(commit) < 0);
    }

    private static void read(
            LakeTable table,
            String partition,
            HoodieBaseFile file,
            Set<String> commits,
            Map<String, Map<String, @Nullable Object>> rows) {
        Path path = table.folder().resolve(partition).resolve(file.getFileName());
        int bucket = BucketIdentifier.bucketIdFromFileId(file.getFileId());
        NavigableMap<String, String> keys = new TreeMap<>();
        try (ParquetReader<GenericRecord> reader = AvroParquetReader.<GenericRecord>builder(
                        Storage.of(path).input(path))
                .build()) {
            for (GenericRecord avro = reader.read(); avro != null; avro = reader.read()) {
                String key = avro.get("_hoodie_record_key").toString();
                String meter = avro.get("meter_id").toString();
                assertThat(key)
                        .as("record key")
                        .isEqualTo(
                                Model.key(meter, avro.get("channel").toString(), instant(avro.get("interval_start"))));
                assertThat(avro.get("_hoodie_partition_path")).asString().isEqualTo(partition);
                assertThat(partition).isEqualTo("reading_date=" + date(avro.get("reading_date")));
                assertThat(avro.get("_hoodie_file_name")).asString().isEqualTo(file.getFileName());
                String commit = avro.get("_hoodie_commit_time").toString();
                assertThat(isCompleted(commit, commits))
                        .as("commit %s of %s is completed", commit, key)
                        .isTrue();
                assertThat(BucketIdentifier.getBucketId(key, "meter_id", table.buckets()))
                        .as("bucket of %s", meter)
                        .isEqualTo(bucket);
                keys.put(key, commit);
                Map<String, @Nullable Object> before = rows.put(key, columns(avro));
                assertThat(before).as("another row of the key %s", key).isNull();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        checkFooter(path, keys);
    }

    private static void checkFooter(Path path, NavigableMap<String, String> keys) {
        try (ParquetFileReader reader = ParquetFileReader.open(Storage.of(path).input(path))) {
            assertThat(reader.getFileMetaData().getKeyValueMetaData())
                    .as("footer of %s", path)
                    .containsKey("parquet.avro.schema")
                    .containsEntry("hoodie_min_record_key", keys.firstKey())
                    .containsEntry("hoodie_max_record_key", keys.lastKey());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, @Nullable Object> columns(GenericRecord avro) {
        Map<String, @Nullable Object> columns = new TreeMap<>();
        avro.getSchema().getFields().stream()
                .map(field -> field.name())
                .filter(name -> !name.startsWith("_hoodie") && !NOT_IN_THE_MODEL.contains(name))
                .forEach(name -> columns.put(name, value(name, avro.get(name))));
        return columns;
    }

    private static @Nullable Object value(String column, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (column) {
            case "interval_start", "recorded_at" -> instant(value);
            case "reading_date" -> date(value);
            case "value" -> new BigDecimal(new BigInteger(((GenericFixed) value).bytes()), 6);
            case "interval_start_us", "interval_minutes" -> value;
            default -> value.toString();
        };
    }

    private static Instant instant(Object micros) {
        return Instant.EPOCH.plus((Long) micros, ChronoUnit.MICROS);
    }

    private static LocalDate date(Object days) {
        return LocalDate.ofEpochDay((Integer) days);
    }
}
