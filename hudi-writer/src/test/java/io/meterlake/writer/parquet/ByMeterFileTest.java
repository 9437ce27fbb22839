package io.meterlake.writer.parquet;

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
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file by meter must have the rows of the days' files, whatever their row groups; read by Parquet's own reader. */
class ByMeterFileTest {
    private static final Comparator<GenericRecord> BY_KEY = Comparator.<GenericRecord, ChannelKey>comparing(
                    row -> ChannelKey.of(
                            row.get("meter_id").toString(), row.get("channel").toString()))
            .thenComparing(row -> (Long) row.get("interval_start_us"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "1, 5, 262144, 1048576, 4000",
        "2, 7, 100, 300, 6000",
        "3, 3, 1, 1, 900",
        "4, 31, 700, 5000, 20000",
        "5, 1, 50, 1, 500"
    })
    void hasTheRowsOfAllDays(long seed, int days, int rowsAGroup, int rowsAGatheredGroup, int readings)
            throws IOException {
        List<DayFile> files = days(seed, days, rowsAGroup, readings);
        assertThat(files).hasSizeGreaterThanOrEqualTo(days).allMatch(file -> canTake(file.path()));
        Path target = folder.resolve("by-meter.parquet");
        ByMeterFile.write(files, target, rowsAGatheredGroup);

        List<GenericRecord> expected = new ArrayList<>();
        for (DayFile file : files) {
            expected.addAll(read(file.path()));
        }
        expected.sort(BY_KEY);
        List<GenericRecord> actual = read(target);
        assertThat(actual.stream().map(ByMeterFileTest::text).toList())
                .isEqualTo(expected.stream().map(ByMeterFileTest::text).toList());
        requireMetersInOneGroup(target);
    }

    @Test
    void takesNoFileWhoseGroupsOverlap() throws IOException {
        List<DayFile> files = days(6, 2, 200, 3000);
        Path twice = folder.resolve("twice.parquet");
        try (PresentFile one = PresentFile.open(files.getFirst().path());
                PresentFile other = PresentFile.open(files.getLast().path());
                BaseFileOutput both = BaseFileOutput.create(twice, MeterReadingsFile.SCHEMA)) {
            for (PresentFile file : List.of(one, other)) {
                List<ColumnChunk> chunks = new ArrayList<>();
                for (ColumnDescriptor column : MeterReadingsFile.SCHEMA.getColumns()) {
                    chunks.add(new ColumnChunk.Copied(file, 0, column));
                }
                both.append(new RowGroupEncoder.RowGroup(file.rows(0), chunks, new KeyRange()));
            }
            both.end(Map.of());
        }
        assertThat(canTake(files.getFirst().path())).isTrue();
        assertThat(canTake(twice)).isFalse();
    }

    /** Base files of days that follow each other, each of other meters in part. */
    private List<DayFile> days(long seed, int days, int rowsAGroup, int readings) throws IOException {
        List<DayFile> files = new ArrayList<>();
        try (IncomingReadings incoming = new IncomingReadings(1, new MemoryBudget(1 << 20, 0), folder)) {
            IncomingFile file = incoming.file(1_800_000_000_000_000L);
            ReadingGenerator.push(new ReadingGenerator(seed, 60, days).file(readings), file);
            file.keep(new FileFacts("north", "file", "00ff", 1_800_000_000_000_000L));
            SortedReadings sorted = incoming.sorted();
            for (Slot slot : sorted.slots()) {
                String instant = "20260601000000%03d".formatted(files.size());
                BaseFileWriter.Target target = new BaseFileWriter.Target(
                        folder, "file-" + instant + ".parquet", "reading_date=" + slot.day(), instant, 3);
                ReplacedReadings none = (before, row, after, reading) -> {};
                new ColumnarBaseFileWriter(rowsAGroup).write(Optional.empty(), sorted.windows(slot), target, none);
                files.add(new DayFile(slot.day(), target.file()));
            }
        }
        return files;
    }

    private static boolean canTake(Path file) {
        try {
            return ByMeterFile.canTake(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(GenericRecord row) {
        StringBuilder text = new StringBuilder();
        for (Schema.Field field : row.getSchema().getFields()) {
            if (!field.name().startsWith("_hoodie_")) {
                text.append(field.name())
                        .append('=')
                        .append(row.get(field.name()))
                        .append(' ');
            }
        }
        return text.toString();
    }

    private static List<GenericRecord> read(Path file) throws IOException {
        List<GenericRecord> rows = new ArrayList<>();
        try (ParquetReader<GenericRecord> reader = AvroParquetReader.<GenericRecord>builder(new LocalInputFile(file))
                .build()) {
            for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static void requireMetersInOneGroup(Path file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            byte[] last = {};
            for (BlockMetaData group : reader.getRowGroups()) {
                Statistics<?> meters =
                        PresentFile.chunk(group, MeterReadingsFile.METER).getStatistics();
                assertThat(Arrays.compareUnsigned(meters.getMinBytes(), last)).isPositive();
                last = meters.getMaxBytes();
                assertThat(group.getColumns()).allMatch(chunk -> chunk.getColumnIndexReference() != null);
            }
        }
    }
}
