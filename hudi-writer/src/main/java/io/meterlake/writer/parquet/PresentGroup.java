package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.CodedTexts;
import io.meterlake.writer.upsert.DistinctTexts;
import io.meterlake.writer.upsert.ReadingBlock;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingColumns.Text;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.MessageType;

/** The bytes of a row group that are needed to decode it, which another thread may do. */
final class PresentGroup {
    private final BlockMetaData footer;
    private final PageReadStore pages;
    private final MessageType columns;
    private final int rows;

    PresentGroup(BlockMetaData footer, PageReadStore pages, MessageType columns) {
        this.footer = footer;
        this.pages = pages;
        this.columns = columns;
        this.rows = Math.toIntExact(pages.getRowCount());
    }

    /** The rows in the order in which they stand in the file. */
    ReadingBlock decode() throws IOException {
        CodedTexts meters = column(MeterReadingsFile.METER).texts();
        CodedTexts channelTexts = column(MeterReadingsFile.CHANNEL).texts();
        ChannelNumbers channels = new ChannelNumbers(meters, channelTexts, rows);
        Map<Numeric, long[]> numbers = new EnumMap<>(Numeric.class);
        for (Map.Entry<Numeric, String> number : MeterReadingsFile.NUMBERS.entrySet()) {
            if (columns.containsField(number.getValue())) {
                numbers.put(number.getKey(), column(number.getValue()).numbers());
            }
        }
        Map<Text, CodedTexts> texts = new EnumMap<>(Text.class);
        for (Map.Entry<Text, String> text : MeterReadingsFile.TEXTS.entrySet()) {
            if (columns.containsField(text.getValue())) {
                texts.put(text.getKey(), column(text.getValue()).texts());
            }
        }
        DistinctTexts sequences = columns.containsField(MeterReadingsFile.SEQUENCE)
                ? column(MeterReadingsFile.SEQUENCE).distinctTexts()
                : null;
        return new ReadingBlock(channels.keys(), channels.ofRows(), numbers, texts, sequences);
    }

    private ColumnDecoder column(String name) throws IOException {
        ColumnDescriptor column = columns.getColumnDescription(new String[] {name});
        return new ColumnDecoder(column, PresentFile.chunk(footer, name), pages.getPageReader(column), rows);
    }
}
