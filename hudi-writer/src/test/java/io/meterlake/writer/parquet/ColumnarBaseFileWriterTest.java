package io.meterlake.writer.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.lake.LakeTables;
import io.meterlake.writer.upsert.FileFacts;
import io.meterlake.writer.upsert.IncomingFile;
import io.meterlake.writer.upsert.IncomingReadings;
import io.meterlake.writer.upsert.MemoryBudget;
import io.meterlake.writer.upsert.MergeCounts;
import io.meterlake.writer.upsert.ReadingColumns;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingColumns.Text;
import io.meterlake.writer.upsert.ReadingGenerator;
import io.meterlake.writer.upsert.ReadingGenerator.Generated;
import io.meterlake.writer.upsert.ReplacedReadings;
import io.meterlake.writer.upsert.SortedReadings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same input must make the same table as by Parquet's own writer, row by row; read by Parquet's own readers. */
class ColumnarBaseFileWriterTest {
    private static final String PARTITION = "reading_date=2026-03-01";
    private static final Set<String> OF_THE_FILE = Set.of(MeterReadingsFile.FILE_NAME, MeterReadingsFile.SEQUENCE);

    @TempDir
    Path folder;

    private int files;

    /** Files one after the other, each into what the ones before it left. */
    @ParameterizedTest
    @CsvSource({"1, 131072, 3000", "2, 100, 3000", "3, 500, 3000", "4, 1, 300", "5, 20000, 40000"})
    void makesTheSameTableAsTheRowWiseWriter(long seed, int rowsAGroup, int readings) throws IOException {
        BaseFileWriter columnar = new ColumnarBaseFileWriter(rowsAGroup);
        BaseFileWriter rowWise = new RowBaseFileWriter();
        ReadingGenerator generator = new ReadingGenerator(seed, 60, 1);
        Random random = new Random(seed);
        Optional<Path> ours = Optional.empty();
        Optional<Path> theirs = Optional.empty();
        for (int file = 0; file < 5; file++) {
            List<Generated> readingsOfFile = generator.file(file == 0 ? readings : 1 + random.nextInt(readings));
            try (IncomingReadings incoming = incoming(readingsOfFile, facts(file))) {
                SortedReadings sorted = incoming.sorted();
                Writing columns = new Writing(columnar, ours, sorted);
                Writing rows = new Writing(rowWise, theirs, sorted);
                assertThat(columns.written.counts()).isEqualTo(rows.written.counts());
                assertThat(columns.written.rows()).isEqualTo(rows.written.rows());
                assertThat(columns.written.firstRecorded()).isEqualTo(rows.written.firstRecorded());
                assertThat(columns.written.lastRecorded()).isEqualTo(rows.written.lastRecorded());
                assertThat(columns.replaced).isEqualTo(rows.replaced);
                assertThat(records(columns.target.file())).isEqualTo(records(rows.target.file()));
                assertHudiColumns(columns.target);
                ours = Optional.of(columns.target.file());
                // Each of the two must be able to go on from a file of the other one.
                theirs = random.nextBoolean() ? ours : Optional.of(rows.target.file());
                ours = random.nextInt(4) == 0 ? theirs : ours;
            }
        }
    }

    @Test
    void copiesWhatDoesNotChangeByteByByte() throws IOException {
        List<Generated> all = new ReadingGenerator(8, 60, 1).file(4000);
        Generated one = all.getFirst();
        Path first = write(all, Optional.empty(), 300, 0).target.file();
        Generated later = new Generated(one.series(), one.start(), 42, one.grade(), Long.MAX_VALUE / 2_000);
        Path second = write(List.of(later), Optional.of(first), 300, 1).target.file();

        int changedGroups = 0;
        try (ParquetFileReader before = ParquetFileReader.open(new LocalInputFile(first));
                ParquetFileReader after = ParquetFileReader.open(new LocalInputFile(second))) {
            assertThat(before.getRowGroups()).hasSizeGreaterThan(5).hasSameSizeAs(after.getRowGroups());
            byte[] oldBytes = Files.readAllBytes(first);
            byte[] newBytes = Files.readAllBytes(second);
            for (int group = 0; group < before.getRowGroups().size(); group++) {
                BlockMetaData old = before.getRowGroups().get(group);
                BlockMetaData fresh = after.getRowGroups().get(group);
                int changed = 0;
                for (int column = 0; column < old.getColumns().size(); column++) {
                    String name = old.getColumns().get(column).getPath().toDotString();
                    boolean same = Arrays.equals(chunk(old, column, oldBytes), chunk(fresh, column, newBytes));
                    assertThat(same || !name.equals(MeterReadingsFile.RECORD_KEY))
                            .isTrue();
                    changed += same || name.equals(MeterReadingsFile.FILE_NAME) ? 0 : 1;
                }
                changedGroups += changed > 0 ? 1 : 0;
            }
        }
        assertThat(changedGroups).isEqualTo(1);
    }

    private static byte[] chunk(BlockMetaData group, int column, byte[] file) {
        int from = Math.toIntExact(group.getColumns().get(column).getStartingPos());
        int size = Math.toIntExact(group.getColumns().get(column).getTotalSize());
        return Arrays.copyOfRange(file, from, from + size);
    }

    @Test
    void tellsOfReadingsThatChangeNothing() throws IOException {
        List<Generated> all = new ReadingGenerator(9, 20, 1).file(2000);
        Writing first = write(all, Optional.empty(), 200, 0);
        try (IncomingReadings again = incoming(all, facts(0))) {
            SortedReadings sorted = again.sorted();
            MergeCounts counts = new ColumnarBaseFileWriter(200)
                    .compare(first.target.file(), sorted.windows(sorted.slots().getFirst()));
            assertThat(counts).isEqualTo(new MergeCounts(0, 0, first.written.rows(), 0));
        }
    }

    /** As Spark leaves a file: rows in no order, over several row groups, other codec, columns that came later missing. */
    @ParameterizedTest
    @CsvSource({"10, 1", "11, 1000000"})
    void mergesIntoAFileOfAnotherProgram(long seed, long rowGroupBytes) throws IOException {
        List<Generated> all = new ReadingGenerator(seed, 60, 1).file(3000);
        Path own = write(all, Optional.empty(), 131_072, 0).target.file();
        Path foreign = foreign(own, seed, rowGroupBytes, Set.of("time_zone", "utility"));
        List<Generated> corrections = new ReadingGenerator(seed + 100, 90, 1).file(500);
        try (IncomingReadings incoming = incoming(corrections, facts(1))) {
            SortedReadings sorted = incoming.sorted();
            Writing columns = new Writing(new ColumnarBaseFileWriter(400), Optional.of(foreign), sorted);
            Writing rows = new Writing(new RowBaseFileWriter(), Optional.of(foreign), sorted);
            assertThat(columns.written.counts()).isEqualTo(rows.written.counts());
            assertThat(columns.replaced).isEqualTo(rows.replaced);
            assertThat(records(columns.target.file())).isEqualTo(records(rows.target.file()));
        }
    }

    private Path foreign(Path own, long seed, long rowGroupBytes, Set<String> missing) throws IOException {
        Schema all = LakeTables.METER_READINGS.fileSchema();
        Schema schema = Schema.createRecord(
                all.getName(),
                null,
                all.getNamespace(),
                false,
                all.getFields().stream()
                        .filter(field -> !missing.contains(field.name()))
                        .map(field -> new Schema.Field(field, field.schema()))
                        .toList());
        List<GenericRecord> rows = new ArrayList<>();
        try (ParquetReader<GenericRecord> reader = AvroParquetReader.<GenericRecord>builder(new LocalInputFile(own))
                .build()) {
            for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
                GenericRecord copy = new GenericData.Record(schema);
                for (Schema.Field field : schema.getFields()) {
                    copy.put(field.name(), row.get(field.name()));
                }
                rows.add(copy);
            }
        }
        Collections.shuffle(rows, new Random(seed));
        Path file = folder.resolve("foreign-" + files++ + ".parquet");
        try (ParquetWriter<GenericRecord> writer = AvroParquetWriter.<GenericRecord>builder(new LocalOutputFile(file))
                .withSchema(schema)
                .withCompressionCodec(CompressionCodecName.GZIP)
                .withRowGroupSize(rowGroupBytes)
                .build()) {
            for (GenericRecord row : rows) {
                writer.write(row);
            }
        }
        return file;
    }

    private Writing write(List<Generated> readings, Optional<Path> present, int rowsAGroup, int file)
            throws IOException {
        try (IncomingReadings incoming = incoming(readings, facts(file))) {
            return new Writing(new ColumnarBaseFileWriter(rowsAGroup), present, incoming.sorted());
        }
    }

    private IncomingReadings incoming(List<Generated> readings, FileFacts facts) {
        IncomingReadings incoming = new IncomingReadings(1, new MemoryBudget(700, 0), folder);
        IncomingFile file = incoming.file(1_800_000_000_000_000L);
        ReadingGenerator.push(readings, file);
        file.keep(facts);
        return incoming;
    }

    private static FileFacts facts(int file) {
        return new FileFacts(file % 2 == 0 ? "north" : "", "file-" + file, "00ff" + file, 1_800_000_000_000_000L);
    }

    /** A base file and what was told when it was written. */
    private final class Writing {
        final BaseFileWriter.Target target;
        final BaseFileWriter.WrittenFile written;
        final List<String> replaced = new ArrayList<>();

        Writing(BaseFileWriter writer, Optional<Path> present, SortedReadings sorted) throws IOException {
            String instant = "2026060100000%04d".formatted(files++);
            target = new BaseFileWriter.Target(folder, "file-" + instant + ".parquet", PARTITION, instant, 3);
            ReplacedReadings listener =
                    (before, row, after, reading) -> replaced.add(line(before, row) + " -> " + line(after, reading));
            written = writer.write(present, sorted.windows(sorted.slots().getFirst()), target, listener);
        }
    }

    private static String line(ReadingColumns columns, int row) {
        StringBuilder line =
                new StringBuilder(columns.channels().get(columns.channel(row)).toString());
        for (Numeric column : Numeric.values()) {
            line.append('|').append(columns.number(column, row));
        }
        for (Text column : Text.values()) {
            byte[] text = columns.text(column, row);
            boolean ofTheFile = column == Text.COMMIT_SEQUENCE || column == Text.COMMIT_TIME;
            line.append('|').append(ofTheFile ? text != null : Arrays.toString(text));
        }
        return line.toString();
    }

    /** The rows without what is different in each file: its name, and the instant where it is this file's. */
    private static List<String> records(Path file) throws IOException {
        List<String> records = new ArrayList<>();
        for (GenericRecord row : read(file)) {
            StringBuilder text = new StringBuilder();
            for (Schema.Field field : row.getSchema().getFields()) {
                if (!OF_THE_FILE.contains(field.name()) && !field.name().equals(MeterReadingsFile.COMMIT_TIME)) {
                    text.append(field.name())
                            .append('=')
                            .append(row.get(field.name()))
                            .append(' ');
                }
            }
            records.add(text.toString());
        }
        return records;
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

    private static void assertHudiColumns(BaseFileWriter.Target target) throws IOException {
        Set<String> sequences = new HashSet<>();
        String least = "";
        String greatest = "";
        for (GenericRecord row : read(target.file())) {
            String key = row.get(MeterReadingsFile.RECORD_KEY).toString();
            String commit = row.get(MeterReadingsFile.COMMIT_TIME).toString();
            String sequence = row.get(MeterReadingsFile.SEQUENCE).toString();
            assertThat(row.get(MeterReadingsFile.FILE_NAME)).hasToString(target.fileName());
            assertThat(row.get(MeterReadingsFile.PARTITION_PATH)).hasToString(PARTITION);
            assertThat(key)
                    .isEqualTo("meter_id:" + row.get(MeterReadingsFile.METER) + ",channel:"
                            + row.get(MeterReadingsFile.CHANNEL) + ",interval_start_us:"
                            + row.get(MeterReadingsFile.START_MICROS));
            assertThat(sequence).startsWith(commit + "_");
            assertThat(sequences.add(sequence)).isTrue();
            least = least.isEmpty() || key.compareTo(least) < 0 ? key : least;
            greatest = key.compareTo(greatest) > 0 ? key : greatest;
        }
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(target.file()))) {
            assertThat(reader.getFileMetaData().getKeyValueMetaData())
                    .containsEntry("hoodie_min_record_key", least)
                    .containsEntry("hoodie_max_record_key", greatest)
                    .containsKey("parquet.avro.schema");
        }
    }
}
