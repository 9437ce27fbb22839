package io.meterlake.writer.parquet;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.writer.upsert.CodedTexts;
import io.meterlake.writer.upsert.DistinctTexts;
import io.meterlake.writer.upsert.ReadingBlock;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingColumns.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.MessageType;

/** The bytes of a row group that are needed to decode it, which another thread may do. */
final class PresentGroup {
    private final Path path;
    private final int number;
    private final BlockMetaData footer;
    private final PageReadStore pages;
    private final MessageType columns;
    private final int rows;

    /**
     * @param path the file that it is of
     * @param number of the group in the file
     */
    PresentGroup(Path path, int number, BlockMetaData footer, PageReadStore pages, MessageType columns) {
        this.path = path;
        this.number = number;
        this.footer = footer;
        this.pages = pages;
        this.columns = columns;
        this.rows = Math.toIntExact(pages.getRowCount());
    }

    private interface Decoding<T> {
        T of(ColumnDecoder column) throws IOException;
    }

    /**
     * The rows in the order in which they stand in the file.
     *
     * @throws MeterlakeException {@code DAMAGED_BASE_FILE}
     */
    ReadingBlock decode() {
        CodedTexts meters = decode(MeterReadingsFile.METER, ColumnDecoder::texts);
        CodedTexts channelTexts = decode(MeterReadingsFile.CHANNEL, ColumnDecoder::texts);
        ChannelNumbers channels = new ChannelNumbers(meters, channelTexts, rows);
        Map<Numeric, long[]> numbers = new EnumMap<>(Numeric.class);
        for (Map.Entry<Numeric, String> number : MeterReadingsFile.NUMBERS.entrySet()) {
            if (columns.containsField(number.getValue())) {
                numbers.put(number.getKey(), decode(number.getValue(), ColumnDecoder::numbers));
            }
        }
        Map<Text, CodedTexts> texts = new EnumMap<>(Text.class);
        for (Map.Entry<Text, String> text : MeterReadingsFile.TEXTS.entrySet()) {
            if (columns.containsField(text.getValue())) {
                texts.put(text.getKey(), decode(text.getValue(), ColumnDecoder::texts));
            }
        }
        DistinctTexts sequences = columns.containsField(MeterReadingsFile.SEQUENCE)
                ? decode(MeterReadingsFile.SEQUENCE, ColumnDecoder::distinctTexts)
                : null;
        return new ReadingBlock(channels.keys(), channels.ofRows(), numbers, texts, sequences);
    }

    private <T> T decode(String name, Decoding<T> decoding) {
        try {
            ColumnDescriptor column = columns.getColumnDescription(new String[] {name});
            return decoding.of(
                    new ColumnDecoder(column, PresentFile.chunk(footer, name), pages.getPageReader(column), rows));
        } catch (IOException | RuntimeException e) {
            throw damaged(path, "column %s of row group %d".formatted(name, number), e);
        }
    }

    static MeterlakeException damaged(Path path, String part, Exception cause) {
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new MeterlakeException(
                LakeErrorCode.DAMAGED_BASE_FILE,
                "Cannot read the base file %s: %s: %s".formatted(path, part, reason),
                "Copy the file back from a backup; docs/recovery.md says what to do if there is none",
                cause);
    }
}
