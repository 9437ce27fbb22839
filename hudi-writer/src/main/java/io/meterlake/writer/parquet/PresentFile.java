package io.meterlake.writer.parquet;

import io.meterlake.storage.Storage;
import io.meterlake.writer.upsert.BlockGather;
import io.meterlake.writer.upsert.ReadingBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;

/**
 * A base file that is there: opened by its footer, read where it has to be. What we write has its rows sorted and each
 * meter in one row group, so that a footer tells which groups a meter could be in. A file of another program may have
 * its rows in any order and lack columns that came later. Not thread-safe, but for what the footer tells; what {@link #read}
 * returns is decoded by whoever wants to.
 */
final class PresentFile implements AutoCloseable {
    private static final Set<String> KEYS =
            Set.of(MeterReadingsFile.METER, MeterReadingsFile.CHANNEL, MeterReadingsFile.START_MICROS, "recorded_at");

    private static final Set<String> ZONES = Set.of(
            MeterReadingsFile.METER,
            MeterReadingsFile.CHANNEL,
            MeterReadingsFile.START_MICROS,
            MeterReadingsFile.TIME_ZONE);

    private final Path path;
    private final SeekableInputStream bytes;
    private final ParquetFileReader reader;
    private final MessageType schema;
    private final List<BlockMetaData> groups;

    private PresentFile(Path path, SeekableInputStream bytes, ParquetFileReader reader) {
        this.path = path;
        this.bytes = bytes;
        this.reader = reader;
        this.schema = reader.getFileMetaData().getSchema();
        this.groups = reader.getRowGroups();
    }

    static PresentFile open(Path path) throws IOException {
        InputFile input = Storage.of(path).input(path);
        // Hadoop's settings would be read anew, from XML, for each file.
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new ZstdCodecFactory())
                // What is decoded is written anew under a checksum of its own, and the last copy that would tell goes.
                .usePageChecksumVerification(true)
                .build();
        SeekableInputStream bytes = input.newStream();
        try {
            return new PresentFile(path, bytes, ParquetFileReader.open(input, options));
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    int groups() {
        return groups.size();
    }

    int rows(int group) {
        return Math.toIntExact(groups.get(group).getRowCount());
    }

    /** The least meter of a row group, by the bytes of its id. Only if the file {@link #isSorted}. */
    byte[] firstMeter(int group) {
        return meters(group).getMinBytes();
    }

    private Statistics<?> meters(int group) {
        return chunk(group, MeterReadingsFile.METER).getStatistics();
    }

    /** Whether each meter is in one row group only, and the groups are in the order of their meters. */
    boolean isSorted() {
        if (groups.isEmpty()) {
            return false;
        }
        byte[] last = null;
        for (int group = 0; group < groups.size(); group++) {
            Statistics<?> meters = meters(group);
            if (meters == null || !meters.hasNonNullValue() || !meters.isNumNullsSet() || meters.getNumNulls() > 0) {
                return false;
            }
            if (last != null && Arrays.compareUnsigned(last, meters.getMinBytes()) >= 0) {
                return false;
            }
            last = meters.getMaxBytes();
        }
        return true;
    }

    /** Whether column chunks may be taken over as they are: the file is as we write it, in all that a footer tells. */
    boolean isOurs() throws IOException {
        if (!schema.getFields().equals(MeterReadingsFile.SCHEMA.getFields())) {
            return false;
        }
        for (BlockMetaData group : groups) {
            for (ColumnChunkMetaData chunk : group.getColumns()) {
                if (chunk.getColumnIndexReference() == null || chunk.getOffsetIndexReference() == null) {
                    return false;
                }
            }
            Statistics<?> keys = chunk(group, MeterReadingsFile.RECORD_KEY).getStatistics();
            if (keys == null || !keys.hasNonNullValue()) {
                return false;
            }
        }
        return true;
    }

    /** Adds a row group's first and last record key. Only of a file that {@link #isOurs}. */
    void addKeys(int group, KeyRange range) {
        Statistics<?> keys = chunk(group, MeterReadingsFile.RECORD_KEY).getStatistics();
        range.add(keys.getMinBytes());
        range.add(keys.getMaxBytes());
    }

    private ColumnChunkMetaData chunk(int group, String column) {
        return chunk(groups.get(group), column);
    }

    /** What a row group's footer tells of a column that it has. */
    static ColumnChunkMetaData chunk(BlockMetaData group, String column) {
        return group.getColumns().stream()
                .filter(chunk -> chunk.getPath().toDotString().equals(column))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no column " + column));
    }

    /** Copies a column chunk with its statistics and indexes. Only of a file that {@link #isOurs}. */
    void copy(int group, ColumnDescriptor column, ParquetFileWriter target) throws IOException {
        ColumnChunkMetaData chunk = chunk(group, column.getPath()[0]);
        OffsetIndex offsets = reader.readOffsetIndex(chunk);
        target.appendColumnChunk(column, bytes, chunk, null, reader.readColumnIndex(chunk), offsets);
    }

    /** Reads all that is needed of a row group. */
    PresentGroup read(int group) throws IOException {
        return read(
                group,
                Stream.of(
                                Stream.of(
                                        MeterReadingsFile.METER, MeterReadingsFile.CHANNEL, MeterReadingsFile.SEQUENCE),
                                MeterReadingsFile.NUMBERS.values().stream(),
                                MeterReadingsFile.TEXTS.values().stream())
                        .flatMap(names -> names)
                        .collect(Collectors.toSet()));
    }

    /** Reads the table's own columns, without Hudi's. */
    PresentGroup readValues(int group) throws IOException {
        return read(
                group,
                Stream.of(
                                Stream.of(MeterReadingsFile.METER, MeterReadingsFile.CHANNEL),
                                MeterReadingsFile.NUMBERS.values().stream(),
                                MeterReadingsFile.TEXTS.values().stream())
                        .flatMap(names -> names)
                        .filter(name -> !name.equals(MeterReadingsFile.COMMIT_TIME))
                        .collect(Collectors.toSet()));
    }

    /** Reads the columns by which rows are found, and when they were recorded. */
    PresentGroup readKeys(int group) throws IOException {
        return read(group, KEYS);
    }

    /** Reads the columns by which rows are found, and their zones. */
    PresentGroup readZones(int group) throws IOException {
        return read(group, ZONES);
    }

    /** What a column of texts holds in all rows; empty if it holds several, nulls, or the footer does not tell. */
    Optional<String> onlyText(String column) {
        byte[] only = null;
        for (int group = 0; group < groups.size(); group++) {
            if (!schema.containsField(column)) {
                return Optional.empty();
            }
            Statistics<?> texts = chunk(group, column).getStatistics();
            if (texts == null || !texts.hasNonNullValue() || !texts.isNumNullsSet() || texts.getNumNulls() > 0) {
                return Optional.empty();
            }
            byte[] least = texts.getMinBytes();
            if (!Arrays.equals(least, texts.getMaxBytes()) || (only != null && !Arrays.equals(least, only))) {
                return Optional.empty();
            }
            only = least;
        }
        return Optional.ofNullable(only).map(text -> new String(text, StandardCharsets.UTF_8));
    }

    private PresentGroup read(int group, Set<String> names) throws IOException {
        MessageType columns = new MessageType(
                schema.getName(),
                schema.getFields().stream()
                        .filter(field -> names.contains(field.getName()))
                        .toList());
        reader.setRequestedSchema(columns);
        try {
            return new PresentGroup(path, group, groups.get(group), reader.readRowGroup(group), columns);
        } catch (RuntimeException e) {
            throw PresentGroup.damaged(path, "row group " + group, e);
        }
    }

    /** The row groups as one, for a file that is not sorted. */
    ReadingBlock decodeAll() throws IOException {
        ReadingBlock all = ReadingBlock.EMPTY;
        for (int group = 0; group < groups(); group++) {
            ReadingBlock rows = read(group).decode();
            int before = all.size();
            int[] both = IntStream.concat(
                            IntStream.range(0, before),
                            IntStream.range(0, rows.size()).map(row -> ~row))
                    .toArray();
            all = BlockGather.of(all, rows, both);
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        try (reader) {
            bytes.close();
        }
    }
}
