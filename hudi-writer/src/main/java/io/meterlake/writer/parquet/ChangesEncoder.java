package io.meterlake.writer.parquet;

import io.meterlake.lake.LakeTables;
import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.ReadingBlock;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/** Encodes row groups of one base file of reading_changes, with Hudi's own columns before the table's. Not thread-safe. */
final class ChangesEncoder implements AutoCloseable {
    private static final Schema AVRO = LakeTables.READING_CHANGES.fileSchema();

    static final MessageType SCHEMA = new AvroSchemaConverter().convert(AVRO);

    private static final String BEFORE = "old_";
    private static final String AFTER = "new_";

    private final BaseFileWriter.Target target;
    private final String readingsInstant;
    private final byte[] sequencePrefix;
    private final PageMaker pages = new PageMaker();
    private final ColumnEncoder columns = new ColumnEncoder(pages);
    private final KeyEncoder keys;
    private final NumberDictionary starts;
    private final NumberDictionary numbers;

    /**
     * For one file.
     *
     * @param readingsInstant the instant at which the commit of the readings was requested; the end of each key
     * @param rows the most rows that a row group has
     */
    ChangesEncoder(BaseFileWriter.Target target, String readingsInstant, int rows) {
        this.target = target;
        this.readingsInstant = readingsInstant;
        this.sequencePrefix = RowGroupEncoder.sequencePrefix(target);
        this.keys = new KeyEncoder(pages, ",commit_requested_at:" + readingsInstant);
        this.starts = NumberDictionary.forRows(rows);
        this.numbers = NumberDictionary.forRows(rows);
    }

    /**
     * Encodes a row group.
     *
     * @param before what stood in the table
     * @param after what took its place, row by row
     * @param firstSequence the sequence number of the first row
     */
    RowGroupEncoder.RowGroup encode(ReadingBlock before, ReadingBlock after, long firstSequence) {
        boolean codedStarts = starts.encode(after.numbers(Numeric.START));
        Optional<NumberDictionary> known = codedStarts ? Optional.of(starts) : Optional.empty();
        int rows = after.size();
        KeyRange range = new KeyRange();
        List<ColumnChunk> chunks = new ArrayList<>();
        for (ColumnDescriptor column : SCHEMA.getColumns()) {
            String name = column.getPath()[0];
            chunks.add(
                    switch (name) {
                        case MeterReadingsFile.COMMIT_TIME -> columns.constant(column, target.instant(), rows);
                        case MeterReadingsFile.SEQUENCE -> keys.sequences(column, after, sequencePrefix, firstSequence);
                        case MeterReadingsFile.RECORD_KEY -> keys.keys(column, after, known, range);
                        case MeterReadingsFile.PARTITION_PATH -> columns.constant(column, target.partitionPath(), rows);
                        case MeterReadingsFile.FILE_NAME -> columns.constant(column, target.fileName(), rows);
                        case MeterReadingsFile.METER ->
                            columns.texts(column, RowGroupEncoder.ofChannels(after, ChannelKey::meterId), rows);
                        case MeterReadingsFile.CHANNEL ->
                            columns.texts(column, RowGroupEncoder.ofChannels(after, ChannelKey::channel), rows);
                        case MeterReadingsFile.START, MeterReadingsFile.START_MICROS ->
                            columns.numbers(column, after.numbers(Numeric.START), numbers);
                        case "commit_requested_at" -> columns.constant(column, readingsInstant, rows);
                        case MeterReadingsFile.DAY -> columns.constant(column, RowGroupEncoder.day(target), rows);
                        default -> ownColumn(column, name, before, after);
                    });
        }
        return new RowGroupEncoder.RowGroup(rows, chunks, range);
    }

    /** A column of the readings that is there twice, as it was and as it is, or once, as it is. */
    private ColumnChunk ownColumn(ColumnDescriptor column, String name, ReadingBlock before, ReadingBlock after) {
        if (name.startsWith(BEFORE)) {
            return RowGroupEncoder.ownColumn(column, name.substring(BEFORE.length()), before, columns, numbers);
        }
        String ofReadings = name.startsWith(AFTER) ? name.substring(AFTER.length()) : name;
        return RowGroupEncoder.ownColumn(column, ofReadings, after, columns, numbers);
    }

    /** What Hudi and readers of Avro look for in the footer. */
    static Map<String, String> footer(KeyRange keys) {
        return BaseFileOutput.footer(AVRO, keys);
    }

    @Override
    public void close() {
        pages.close();
    }
}
