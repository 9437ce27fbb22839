package io.meterlake.writer.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.writer.upsert.ChangedReadings;
import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.FileFacts;
import io.meterlake.writer.upsert.IncomingFile;
import io.meterlake.writer.upsert.IncomingReadings;
import io.meterlake.writer.upsert.MemoryBudget;
import io.meterlake.writer.upsert.ReadingColumns;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingColumns.Text;
import io.meterlake.writer.upsert.ReadingGenerator;
import io.meterlake.writer.upsert.ReplacedReadings;
import io.meterlake.writer.upsert.Slot;
import io.meterlake.writer.upsert.SortedReadings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.hudi.avro.HoodieAvroUtils;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of reading_changes must have what each row of the readings was and is, read by Parquet's own reader. */
class ChangesFileWriterTest {
    private static final String READINGS_INSTANT = "20260602000000000";
    private static final String INSTANT = "20260602000000001";
    private static final String DAY = "2026-03-02";

    private static final Map<Numeric, String> NUMBERS = Map.of(
            Numeric.MINUTES, "interval_minutes",
            Numeric.VALUE, "value",
            Numeric.RECORDED_AT, "recorded_at");

    private static final Map<Text, String> TEXTS = Map.of(
            Text.UNIT, "unit",
            Text.QUALITY, "quality",
            Text.QUALITY_CODE, "quality_code",
            Text.TIME_ZONE, "time_zone",
            Text.SOURCE_FILE, "source_file",
            Text.FILE_CHECKSUM, "file_checksum");

    @TempDir
    Path folder;

    private final Map<Slot, BaseFileWriter.Target> present = new HashMap<>();
    /** Sorted as the rows have to be. */
    private final Map<ChannelKey, Map<Long, Map<String, @Nullable Object>>> expected = new TreeMap<>();

    @ParameterizedTest
    @CsvSource({"1, 1, 131072", "2, 3, 131072", "3, 3, 100", "4, 5, 1", "5, 2, 20000"})
    void hasWhatWasAndWhatIs(long seed, int buckets, int rowsAGroup) throws IOException {
        ReadingGenerator generator = new ReadingGenerator(seed, 20, 3);
        ingest(generator, buckets, "first", new ArrayList<>());
        List<ChangedReadings> changed = new ArrayList<>();
        ingest(generator, buckets, "second", changed);
        assertThat(expected).hasSizeGreaterThan(10);

        BaseFileWriter.Target target =
                new BaseFileWriter.Target(folder, "changes.parquet", "reading_date=" + DAY, INSTANT, 7);
        BaseFileWriter.WrittenFile written = ChangesFileWriter.write(changed, READINGS_INSTANT, target, rowsAGroup);

        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        expected.values().forEach(of -> rows.addAll(of.values()));
        assertThat(read(target.file(), rows)).isEqualTo(rows);
        assertThat(written.rows()).isEqualTo(rows.size());
        assertThat(written.bytes()).isEqualTo(Files.size(target.file()));
        assertThat(written.firstRecorded()).isEqualTo(recorded(rows).min().orElseThrow());
        assertThat(written.lastRecorded()).isEqualTo(recorded(rows).max().orElseThrow());
        requireSoundFooter(target.file(), rowsAGroup, rows);
    }

    private static LongStream recorded(List<Map<String, @Nullable Object>> rows) {
        return rows.stream().mapToLong(row -> (Long) row.getOrDefault("new_recorded_at", 0L));
    }

    /** Takes in a file of readings; of one day it keeps what they replace. */
    private void ingest(ReadingGenerator generator, int buckets, String name, List<ChangedReadings> changed)
            throws IOException {
        long received = 1_800_000_000_000_000L + present.size();
        try (IncomingReadings incoming = new IncomingReadings(buckets, new MemoryBudget(1 << 20, 0), folder)) {
            IncomingFile file = incoming.file(received);
            ReadingGenerator.push(generator.file(30_000), file);
            file.keep(new FileFacts("north", name, "00ff-" + name, received));
            SortedReadings sorted = incoming.sorted();
            for (Slot slot : sorted.slots()) {
                ChangedReadings ofBucket = new ChangedReadings();
                ReplacedReadings replaced = (before, row, after, reading) -> {
                    int known = ofBucket.size();
                    ofBucket.replaced(before, row, after, reading);
                    if (ofBucket.size() > known && slot.day().equals(LocalDate.parse(DAY))) {
                        expect(before, row, after, reading);
                    }
                };
                BaseFileWriter.Target target = new BaseFileWriter.Target(
                        folder, name + "-" + slot.day() + slot.bucket(), "reading_date=" + slot.day(), INSTANT, 3);
                Optional<Path> old =
                        Optional.ofNullable(present.put(slot, target)).map(BaseFileWriter.Target::file);
                new ColumnarBaseFileWriter(500).write(old, sorted.windows(slot), target, replaced);
                if (slot.day().equals(LocalDate.parse(DAY))) {
                    changed.add(ofBucket);
                }
            }
        }
    }

    private void expect(ReadingColumns before, int row, ReadingColumns after, int reading) {
        ChannelKey channel = after.channels().get(after.channel(reading));
        long start = after.number(Numeric.START, reading);
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("_hoodie_commit_time", INSTANT);
        columns.put(
                "_hoodie_record_key", channel.recordKeyPrefix() + start + ",commit_requested_at:" + READINGS_INSTANT);
        columns.put("_hoodie_partition_path", "reading_date=" + DAY);
        columns.put("_hoodie_file_name", "changes.parquet");
        columns.put("interval_start", start);
        columns.put("interval_start_us", start);
        columns.put("utility", string(after.text(Text.UTILITY, reading)));
        columns.put("received_at", after.number(Numeric.RECEIVED_AT, reading));
        columns.put("commit_requested_at", READINGS_INSTANT);
        columns.put("reading_date", LocalDate.parse(DAY).toEpochDay());
        NUMBERS.forEach((number, name) -> {
            columns.put("old_" + name, number(before.number(number, row)));
            columns.put("new_" + name, number(after.number(number, reading)));
        });
        TEXTS.forEach((text, name) -> {
            columns.put("old_" + name, string(before.text(text, row)));
            columns.put("new_" + name, string(after.text(text, reading)));
        });
        expected.computeIfAbsent(channel, key -> new TreeMap<>()).put(start, columns);
    }

    private static @Nullable Long number(long number) {
        return number == ReadingColumns.NULL ? null : number;
    }

    private static @Nullable String string(byte @Nullable [] text) {
        return text == null ? null : new String(text, UTF_8);
    }

    /** The rows with the columns that are expected, numbers as they are in the readings; and numbered through. */
    private static List<Map<String, @Nullable Object>> read(Path file, List<Map<String, @Nullable Object>> like)
            throws IOException {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        try (ParquetReader<GenericRecord> reader = AvroParquetReader.<GenericRecord>builder(new LocalInputFile(file))
                .build()) {
            for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
                assertThat(row.get("_hoodie_commit_seqno")).hasToString(INSTANT + "_7_" + rows.size());
                assertThat(row.get("_hoodie_record_key").toString())
                        .contains("meter_id:" + row.get("meter_id"), "channel:" + row.get("channel"));
                Map<String, @Nullable Object> columns = new HashMap<>();
                for (String name : like.getFirst().keySet()) {
                    columns.put(name, plain(row, name));
                }
                rows.add(columns);
            }
        }
        return rows;
    }

    private static @Nullable Object plain(GenericRecord row, String name) {
        Object value = HoodieAvroUtils.convertValueForSpecificDataTypes(
                row.getSchema().getField(name).schema(), row.get(name), false);
        return switch (value) {
            case null -> null;
            case BigDecimal decimal -> decimal.movePointRight(6).longValueExact();
            case Instant time -> time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
            case LocalDate day -> day.toEpochDay();
            case Integer number -> number.longValue();
            case Long number -> number;
            default -> value.toString();
        };
    }

    private static void requireSoundFooter(Path file, int rowsAGroup, List<Map<String, @Nullable Object>> rows)
            throws IOException {
        List<String> keys = rows.stream()
                .map(row -> String.valueOf(row.get("_hoodie_record_key")))
                .sorted()
                .toList();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            assertThat(reader.getFileMetaData().getKeyValueMetaData())
                    .containsEntry("hoodie_min_record_key", keys.getFirst())
                    .containsEntry("hoodie_max_record_key", keys.getLast())
                    .containsKey("parquet.avro.schema");
            for (BlockMetaData group : reader.getRowGroups()) {
                assertThat(group.getRowCount()).isBetween(1L, (long) rowsAGroup);
                assertThat(group.getColumns()).allMatch(chunk -> chunk.getColumnIndexReference() != null);
            }
        }
    }
}
