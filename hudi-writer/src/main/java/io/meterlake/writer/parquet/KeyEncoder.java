package io.meterlake.writer.parquet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.writer.upsert.DistinctTexts;
import io.meterlake.writer.upsert.ReadingBlock;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/**
 * Encodes the two columns whose texts are all different, Hudi's record keys and sequence numbers, without making the
 * texts: most rows change the last few bytes of the row before. Not thread-safe.
 */
final class KeyEncoder {
    private final PageMaker pages;
    private final DeltaTexts page = new DeltaTexts();
    private byte[] current = new byte[64];
    private byte[] previous = new byte[64];
    private int previousLength;

    KeyEncoder(PageMaker pages) {
        this.pages = pages;
    }

    /**
     * Encodes the record keys: the channel's prefix, and the start as a number.
     *
     * @param starts a dictionary that holds the starts of these rows, or empty
     * @param range is told of the first and the last key
     */
    ColumnChunk keys(ColumnDescriptor column, ReadingBlock rows, Optional<NumberDictionary> starts, KeyRange range) {
        long[] start = rows.numbers(Numeric.START);
        byte[][] digits = starts.map(KeyEncoder::digits).orElseGet(() -> new byte[0][]);
        int[] codes = starts.map(NumberDictionary::codes).orElseGet(() -> new int[0]);
        List<ColumnChunk.Page> made = new ArrayList<>();
        byte[] prefix = {};
        int channel = -1;
        for (int from = 0; from < rows.size(); from += ColumnEncoder.ROWS_A_PAGE) {
            int to = Math.min(rows.size(), from + ColumnEncoder.ROWS_A_PAGE);
            KeyRange ofPage = new KeyRange();
            beginPage();
            for (int row = from; row < to; row++) {
                boolean newChannel = rows.channel(row) != channel;
                if (newChannel) {
                    channel = rows.channel(row);
                    prefix = rows.channels().get(channel).recordKeyPrefix().getBytes(UTF_8);
                }
                byte[] number = codes.length == 0 ? digits(start[row]) : digits[codes[row]];
                int length = prefix.length + number.length;
                room(length);
                System.arraycopy(prefix, 0, current, 0, prefix.length);
                System.arraycopy(number, 0, current, prefix.length, number.length);
                boolean last = row + 1 == to || rows.channel(row + 1) != channel;
                if (newChannel || last || row == from || length != previousLength) {
                    addEndOfStretch(ofPage, length);
                }
                add(length);
            }
            ofPage.addTo(range);
            made.add(endPage(column, ofPage));
        }
        return new ColumnChunk.Encoded(column, Optional.empty(), made);
    }

    /**
     * As long as texts that end in rising numbers are equally long, they are in the order of their texts: so the ones at
     * the ends of such a stretch are enough.
     */
    private void addEndOfStretch(KeyRange range, int length) {
        range.add(current, length);
        if (previousLength > 0) {
            range.add(previous, previousLength);
        }
    }

    private static byte[][] digits(NumberDictionary starts) {
        byte[][] digits = new byte[starts.size() + 1][];
        for (int code = 1; code < digits.length; code++) {
            digits[code] = digits(starts.value(code));
        }
        return digits;
    }

    private static byte[] digits(long number) {
        return Long.toString(number).getBytes(US_ASCII);
    }

    /**
     * Encodes the sequence numbers: those of rows that are in the table stay, the others get the instant, the task and
     * a number of their own.
     *
     * @param prefix {@code instant_task_}
     * @param firstNumber the number of the first row
     */
    ColumnChunk sequences(ColumnDescriptor column, ReadingBlock rows, byte[] prefix, long firstNumber) {
        DistinctTexts present = rows.sequences();
        int longest = present == null ? 0 : present.longest();
        room(Math.max(longest, prefix.length + Long.toString(Long.MAX_VALUE).length()));
        List<ColumnChunk.Page> made = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += ColumnEncoder.ROWS_A_PAGE) {
            int to = Math.min(rows.size(), from + ColumnEncoder.ROWS_A_PAGE);
            KeyRange ofPage = new KeyRange();
            boolean previousIsNew = false;
            beginPage();
            for (int row = from; row < to; row++) {
                int length = present == null ? -1 : present.copy(row, current);
                boolean isNew = length < 0;
                if (isNew) {
                    length = number(prefix, firstNumber + row);
                }
                if (!isNew || !previousIsNew || row == from || row + 1 == to || length != previousLength) {
                    addEndOfStretch(ofPage, length);
                }
                previousIsNew = isNew;
                add(length);
            }
            made.add(endPage(column, ofPage));
        }
        return new ColumnChunk.Encoded(column, Optional.empty(), made);
    }

    private int number(byte[] prefix, long number) {
        System.arraycopy(prefix, 0, current, 0, prefix.length);
        int length = prefix.length + 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            length++;
        }
        long rest = number;
        for (int at = length - 1; at >= prefix.length; at--) {
            current[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return length;
    }

    private void room(int length) {
        if (current.length < length) {
            current = Arrays.copyOf(current, 2 * length);
            previous = Arrays.copyOf(previous, 2 * length);
        }
    }

    private void beginPage() {
        page.clear();
        previousLength = 0;
    }

    private void add(int length) {
        int shared = Arrays.mismatch(previous, 0, previousLength, current, 0, length);
        page.add(current, length, shared < 0 ? length : shared);
        byte[] other = previous;
        previous = current;
        previousLength = length;
        current = other;
    }

    private ColumnChunk.Page endPage(ColumnDescriptor column, KeyRange range) {
        Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
        statistics.updateStats(Binary.fromConstantByteArray(range.firstBytes()));
        statistics.updateStats(Binary.fromConstantByteArray(range.lastBytes()));
        pages.begin(page.size(), true);
        page.writeTo(pages.values());
        return pages.end(page.size(), statistics, Encoding.DELTA_BYTE_ARRAY);
    }
}
