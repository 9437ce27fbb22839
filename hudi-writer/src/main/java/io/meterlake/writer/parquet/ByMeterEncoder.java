package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.ReadingBlock;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;

/** Encodes row groups of {@link ByMeterFile}. Not thread-safe. */
final class ByMeterEncoder implements AutoCloseable {
    private final PageMaker pages = new PageMaker();
    private final ColumnEncoder columns = new ColumnEncoder(pages);
    private final NumberDictionary numbers = new NumberDictionary(RowGroupEncoder.DICTIONARY_LIMIT);

    /** @param days the day of each row, counted from 1970-01-01 */
    RowGroupEncoder.RowGroup encode(ReadingBlock rows, long[] days) {
        List<ColumnChunk> chunks = new ArrayList<>();
        for (ColumnDescriptor column : ByMeterFile.SCHEMA.getColumns()) {
            chunks.add(
                    switch (column.getPath()[0]) {
                        case MeterReadingsFile.METER ->
                            columns.texts(column, RowGroupEncoder.ofChannels(rows, ChannelKey::meterId), rows.size());
                        case MeterReadingsFile.CHANNEL ->
                            columns.texts(column, RowGroupEncoder.ofChannels(rows, ChannelKey::channel), rows.size());
                        case MeterReadingsFile.START, MeterReadingsFile.START_MICROS ->
                            columns.numbers(column, rows.numbers(Numeric.START), numbers);
                        case MeterReadingsFile.DAY -> columns.numbers(column, days, numbers);
                        default -> RowGroupEncoder.ownColumn(column, column.getPath()[0], rows, columns, numbers);
                    });
        }
        return new RowGroupEncoder.RowGroup(rows.size(), chunks, new KeyRange());
    }

    @Override
    public void close() {
        pages.close();
    }
}
