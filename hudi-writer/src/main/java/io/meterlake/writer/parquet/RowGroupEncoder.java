package io.meterlake.writer.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.CodedTexts;
import io.meterlake.writer.upsert.ReadingBlock;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingColumns.Text;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * Encodes row groups of one base file of meter_readings, with Hudi's own columns before the table's. Keeps its buffers;
 * not thread-safe.
 */
final class RowGroupEncoder implements AutoCloseable {
    private static final int DAYS_FROM = "reading_date=".length();
    /** Where a column has more different numbers than this, a dictionary would be larger than what it saves. */
    static final int DICTIONARY_LIMIT = 1 << 15;

    private final BaseFileWriter.Target target;
    private final byte[] sequencePrefix;
    private final long day;
    private final PageMaker pages = new PageMaker();
    private final ColumnEncoder columns = new ColumnEncoder(pages);
    private final KeyEncoder keys = new KeyEncoder(pages, "");
    private final NumberDictionary starts = new NumberDictionary(DICTIONARY_LIMIT);
    private final NumberDictionary numbers = new NumberDictionary(DICTIONARY_LIMIT);

    RowGroupEncoder(BaseFileWriter.Target target) {
        this.target = target;
        this.day = day(target);
        this.sequencePrefix = sequencePrefix(target);
    }

    /** The day of a file's rows, counted from 1970-01-01. */
    static long day(BaseFileWriter.Target target) {
        return LocalDate.parse(target.partitionPath().substring(DAYS_FROM)).toEpochDay();
    }

    /** What stands before the number in the sequence numbers of a file's new rows. */
    static byte[] sequencePrefix(BaseFileWriter.Target target) {
        return (target.instant() + "_" + target.task() + "_").getBytes(UTF_8);
    }

    /**
     * A row group that is ready to be written.
     *
     * @param chunks in the order of the schema
     * @param keys the first and the last of its record keys
     */
    record RowGroup(long rows, List<ColumnChunk> chunks, KeyRange keys) {}

    /**
     * Encodes a row group.
     *
     * @param firstSequence the sequence number of the first row, if it is not in the table yet; the next row has the
     *     next one
     * @param ready the chunk of a column that need not be encoded
     */
    RowGroup encode(ReadingBlock rows, long firstSequence, Function<ColumnDescriptor, Optional<ColumnChunk>> ready) {
        boolean codedStarts = starts.encode(rows.numbers(Numeric.START));
        KeyRange range = new KeyRange();
        List<ColumnChunk> chunks = new ArrayList<>();
        for (ColumnDescriptor column : MeterReadingsFile.SCHEMA.getColumns()) {
            chunks.add(ready.apply(column).orElseGet(() -> encode(column, rows, firstSequence, codedStarts, range)));
        }
        return new RowGroup(rows.size(), chunks, range);
    }

    private ColumnChunk encode(
            ColumnDescriptor column, ReadingBlock rows, long firstSequence, boolean codedStarts, KeyRange range) {
        return switch (column.getPath()[0]) {
            case MeterReadingsFile.COMMIT_TIME -> columns.texts(column, commitTimes(rows), rows.size());
            case MeterReadingsFile.SEQUENCE -> keys.sequences(column, rows, sequencePrefix, firstSequence);
            case MeterReadingsFile.RECORD_KEY ->
                keys.keys(column, rows, codedStarts ? Optional.of(starts) : Optional.empty(), range);
            case MeterReadingsFile.PARTITION_PATH -> columns.constant(column, target.partitionPath(), rows.size());
            case MeterReadingsFile.FILE_NAME -> fileName(column, rows.size());
            case MeterReadingsFile.METER -> columns.texts(column, ofChannels(rows, ChannelKey::meterId), rows.size());
            case MeterReadingsFile.CHANNEL -> columns.texts(column, ofChannels(rows, ChannelKey::channel), rows.size());
            case MeterReadingsFile.START, MeterReadingsFile.START_MICROS ->
                codedStarts
                        ? columns.numbersByCode(column, rows.numbers(Numeric.START), starts)
                        : columns.numbers(column, rows.numbers(Numeric.START), numbers);
            case MeterReadingsFile.DAY -> columns.constant(column, day, rows.size());
            default -> ownColumn(column, column.getPath()[0], rows, columns, numbers);
        };
    }

    /**
     * Encodes a column that is neither Hudi's nor part of the key.
     *
     * @param name what the column is called in meter_readings
     */
    static ColumnChunk ownColumn(
            ColumnDescriptor column, String name, ReadingBlock rows, ColumnEncoder columns, NumberDictionary numbers) {
        for (Map.Entry<Numeric, String> number : MeterReadingsFile.NUMBERS.entrySet()) {
            if (number.getValue().equals(name)) {
                return columns.numbers(column, rows.numbers(number.getKey()), numbers);
            }
        }
        for (Map.Entry<Text, String> text : MeterReadingsFile.TEXTS.entrySet()) {
            if (text.getValue().equals(name)) {
                return columns.texts(column, rows.texts(text.getKey()), rows.size());
            }
        }
        throw new IllegalStateException("no rows have the column " + name);
    }

    /** The chunk of the column that differs in each file. */
    ColumnChunk fileName(ColumnDescriptor column, int rows) {
        return columns.constant(column, target.fileName(), rows);
    }

    /** A row that is new has no instant yet: it gets this commit's. */
    private CodedTexts commitTimes(ReadingBlock rows) {
        byte[] instant = target.instant().getBytes(UTF_8);
        CodedTexts present = rows.texts(Text.COMMIT_TIME);
        if (present.isConstant()) {
            return present.code(0) == 0 ? CodedTexts.constant(instant) : present;
        }
        byte[][] texts = Arrays.copyOf(present.texts(), present.texts().length + 1);
        texts[texts.length - 1] = instant;
        int[] codes = present.codes().clone();
        for (int row = 0; row < codes.length; row++) {
            codes[row] = codes[row] == 0 ? texts.length - 1 : codes[row];
        }
        return CodedTexts.of(texts, codes);
    }

    /** A part of the channels' keys as a column of texts. */
    static CodedTexts ofChannels(ReadingBlock rows, Function<ChannelKey, byte[]> part) {
        List<byte[]> texts = new ArrayList<>();
        Map<ByteBuffer, Integer> codeOfText = new HashMap<>();
        int[] codeOfChannel = new int[rows.channels().size()];
        texts.add(new byte[0]);
        for (int channel = 0; channel < codeOfChannel.length; channel++) {
            byte[] text = part.apply(rows.channels().get(channel));
            Integer known = codeOfText.putIfAbsent(ByteBuffer.wrap(text), texts.size());
            codeOfChannel[channel] = known == null ? texts.size() : known;
            if (known == null) {
                texts.add(text);
            }
        }
        if (texts.size() == 2) {
            return CodedTexts.constant(texts.getLast());
        }
        int[] codes = new int[rows.size()];
        int[] channels = rows.channelNumbers();
        for (int row = 0; row < codes.length; row++) {
            codes[row] = codeOfChannel[channels[row]];
        }
        return CodedTexts.of(texts.toArray(new byte[0][]), codes);
    }

    @Override
    public void close() {
        pages.close();
    }
}
