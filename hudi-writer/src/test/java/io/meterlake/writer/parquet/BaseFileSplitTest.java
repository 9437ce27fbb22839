package io.meterlake.writer.parquet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.FileFacts;
import io.meterlake.writer.upsert.IncomingFile;
import io.meterlake.writer.upsert.IncomingReadings;
import io.meterlake.writer.upsert.MemoryBudget;
import io.meterlake.writer.upsert.ReadingGenerator;
import io.meterlake.writer.upsert.ReplacedReadings;
import io.meterlake.writer.upsert.Slot;
import io.meterlake.writer.upsert.SortedReadings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of some files in others: all of them, as they were, and in order, however small groups and memory are. */
class BaseFileSplitTest {
    private static final String PARTITION = "reading_date=2026-03-01";
    private static final long RECEIVED = 1_800_000_000_000_000L;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "1, 3, 4, 100, 300, 1000000",
        "2, 4, 1, 100, 300, 1000000",
        "3, 2, 7, 50, 20, 60",
        "4, 1, 2, 100000, 100000, 1",
        "5, 5, 3, 40, 1, 1000000"
    })
    void holdTheSameRows(long seed, int from, int to, int groupsBefore, int groups, long waiting) throws IOException {
        List<Path> present = write(seed, from, groupsBefore);
        Map<String, String> before = new TreeMap<>();
        for (Path file : present) {
            before.putAll(rows(file));
        }
        Map<Integer, BaseFileWriter.Target> targets = new HashMap<>();
        Map<Integer, BaseFileWriter.WrittenFile> written;
        try (BaseFileSplit split = new BaseFileSplit(
                channel -> channel.bucket(to),
                bucket -> {
                    BaseFileWriter.Target target = target("new" + bucket, "20260602000000000");
                    targets.put(bucket, target);
                    return target;
                },
                groups,
                waiting)) {
            written = split.write(present);
        }
        Map<String, String> after = new TreeMap<>();
        for (Map.Entry<Integer, BaseFileWriter.WrittenFile> one : written.entrySet()) {
            Path file = requireNonNull(targets.get(one.getKey())).file();
            Map<String, String> rows = rows(file);
            assertThat(rows).hasSize((int) one.getValue().rows());
            after.putAll(rows);
            assertInOrder(file, one.getKey(), to);
        }
        assertThat(after).isEqualTo(before).isNotEmpty();
        assertThat(written).hasSizeLessThanOrEqualTo(to);
    }

    private static void assertInOrder(Path path, int bucket, int buckets) throws IOException {
        try (PresentFile file = PresentFile.open(path)) {
            assertThat(file.isSorted()).isTrue();
            assertThat(file.isOurs()).isTrue();
            for (int group = 0; group < file.groups(); group++) {
                assertThat(RowOrder.isSorted(file.read(group).decode())).isTrue();
            }
        }
        try (ParquetReader<GenericRecord> reader = AvroParquetReader.<GenericRecord>builder(new LocalInputFile(path))
                .build()) {
            for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
                ChannelKey channel = ChannelKey.of(
                        row.get(MeterReadingsFile.METER).toString(),
                        row.get(MeterReadingsFile.CHANNEL).toString());
                assertThat(channel.bucket(buckets)).isEqualTo(bucket);
                assertThat(row.get(MeterReadingsFile.FILE_NAME)).hasToString(String.valueOf(path.getFileName()));
            }
        }
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(path))) {
            assertThat(reader.getFileMetaData().getKeyValueMetaData())
                    .containsKeys("parquet.avro.schema", "hoodie_min_record_key", "hoodie_max_record_key");
        }
    }

    private BaseFileWriter.Target target(String name, String instant) {
        return new BaseFileWriter.Target(folder, name + ".parquet", PARTITION, instant, 0);
    }

    /** A day's files, of some commits. */
    private List<Path> write(long seed, int buckets, int rowsAGroup) throws IOException {
        List<Path> files = new ArrayList<>();
        Map<Integer, Path> ofBucket = new HashMap<>();
        ReadingGenerator generator = new ReadingGenerator(seed, 40, 1);
        for (int commit = 0; commit < 2; commit++) {
            try (IncomingReadings incoming = new IncomingReadings(buckets, new MemoryBudget(700, 0), folder)) {
                IncomingFile file = incoming.file(RECEIVED);
                ReadingGenerator.push(generator.file(1500), file);
                file.keep(new FileFacts("north", "file" + commit, "sum" + commit, RECEIVED));
                SortedReadings sorted = incoming.sorted();
                for (Slot slot : sorted.slots()) {
                    BaseFileWriter.Target target =
                            target("old" + slot.bucket() + "-" + commit, "2026060100000000" + commit);
                    new ColumnarBaseFileWriter(rowsAGroup)
                            .write(
                                    Optional.ofNullable(ofBucket.get(slot.bucket())),
                                    sorted.windows(slot),
                                    target,
                                    ReplacedReadings.NONE);
                    ofBucket.put(slot.bucket(), target.file());
                }
            }
        }
        new TreeMap<>(ofBucket).values().forEach(files::add);
        return files;
    }

    /** The rows by key, without the name of their file. */
    private static Map<String, String> rows(Path path) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        try (ParquetReader<GenericRecord> reader = AvroParquetReader.<GenericRecord>builder(new LocalInputFile(path))
                .build()) {
            for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
                String key = row.get(MeterReadingsFile.RECORD_KEY).toString();
                row.put(MeterReadingsFile.FILE_NAME, "");
                assertThat(rows.put(key, row.toString())).isNull();
            }
        }
        return rows;
    }
}
