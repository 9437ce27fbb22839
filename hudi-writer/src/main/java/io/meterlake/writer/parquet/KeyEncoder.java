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
    private static final int LONGEST_NUMBER = Long.toString(Long.MIN_VALUE).length();
    private static final byte[] NONE = {};

    private final PageMaker pages;
    private final DeltaTexts page = new DeltaTexts();
    private final String keyEnd;
    private byte[] text = new byte[64];

    /** @param keyEnd what stands after the start in each record key */
    KeyEncoder(PageMaker pages, String keyEnd) {
        this.pages = pages;
        this.keyEnd = keyEnd;
    }

    /**
     * Encodes the record keys: the channel's prefix, the start as a number, and what all keys end with.
     *
     * @param starts a dictionary that holds the starts of these rows, or empty
     * @param range is told of the least and the greatest key
     */
    ColumnChunk keys(ColumnDescriptor column, ReadingBlock rows, Optional<NumberDictionary> starts, KeyRange range) {
        long[] start = rows.numbers(Numeric.START);
        byte[][] endOfCode = starts.map(this::ends).orElseGet(() -> new byte[0][]);
        int[] codes = starts.map(NumberDictionary::codes).orElseGet(() -> new int[0]);
        List<ColumnChunk.Page> made = new ArrayList<>();
        byte[] prefix = NONE;
        byte[] last = NONE;
        int channel = -1;
        for (int from = 0; from < rows.size(); from += ColumnEncoder.ROWS_A_PAGE) {
            int to = Math.min(rows.size(), from + ColumnEncoder.ROWS_A_PAGE);
            page.clear();
            for (int row = from; row < to; row++) {
                byte[] end = codes.length == 0 ? end(start[row]) : endOfCode[codes[row]];
                if (rows.channel(row) != channel) {
                    channel = rows.channel(row);
                    prefix = rows.channels().get(channel).recordKeyPrefix().getBytes(UTF_8);
                    addKey(prefix, end);
                } else if (row == from) {
                    addKey(prefix, end);
                } else {
                    int shared = Arrays.mismatch(last, end);
                    int same = shared < 0 ? end.length : shared;
                    page.add(prefix.length + same, end, same, end.length);
                }
                last = end;
            }
            page.range().addTo(range);
            made.add(endPage(column));
        }
        return new ColumnChunk.Encoded(column, Optional.empty(), made);
    }

    private void addKey(byte[] prefix, byte[] end) {
        room(prefix.length + end.length);
        System.arraycopy(prefix, 0, text, 0, prefix.length);
        System.arraycopy(end, 0, text, prefix.length, end.length);
        page.add(text, prefix.length + end.length);
    }

    private byte[][] ends(NumberDictionary starts) {
        byte[][] ends = new byte[starts.size() + 1][];
        for (int code = 1; code < ends.length; code++) {
            ends[code] = end(starts.value(code));
        }
        return ends;
    }

    private byte[] end(long start) {
        return (start + keyEnd).getBytes(US_ASCII);
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
        DistinctTexts texts = rows.sequences();
        DistinctTexts.Cursor present = (texts == null ? new DistinctTexts(0) : texts).cursor();
        room(prefix.length + LONGEST_NUMBER);
        List<ColumnChunk.Page> made = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += ColumnEncoder.ROWS_A_PAGE) {
            int to = Math.min(rows.size(), from + ColumnEncoder.ROWS_A_PAGE);
            page.clear();
            int newLength = 0;
            for (int row = from; row < to; row++) {
                if (present.moveNext()) {
                    // What was put together from two files says nothing of what it shares.
                    if (row > from && present.follows() && present.shared() > 0) {
                        page.add(present.shared(), present.rest(), present.from(), present.to());
                    } else {
                        page.add(present.text(), present.length());
                    }
                    newLength = 0;
                } else if (newLength == 0 || !addNext(prefix.length, newLength)) {
                    newLength = addNumber(prefix, firstNumber + row);
                }
            }
            made.add(endPage(column));
        }
        return new ColumnChunk.Encoded(column, Optional.empty(), made);
    }

    private int addNumber(byte[] prefix, long number) {
        byte[] digits = digits(number);
        System.arraycopy(prefix, 0, text, 0, prefix.length);
        System.arraycopy(digits, 0, text, prefix.length, digits.length);
        page.add(text, prefix.length + digits.length);
        return prefix.length + digits.length;
    }

    /** Counts up the number at the end of the text, and adds it; false if it would get longer. */
    private boolean addNext(int numberFrom, int length) {
        int at = length - 1;
        while (at >= numberFrom && text[at] == '9') {
            text[at] = '0';
            at--;
        }
        if (at < numberFrom) {
            return false;
        }
        text[at]++;
        page.add(at, text, at, length);
        return true;
    }

    private void room(int length) {
        if (text.length < length) {
            text = new byte[2 * length];
        }
    }

    private ColumnChunk.Page endPage(ColumnDescriptor column) {
        Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
        KeyRange range = page.range();
        statistics.updateStats(Binary.fromConstantByteArray(range.firstBytes()));
        statistics.updateStats(Binary.fromConstantByteArray(range.lastBytes()));
        pages.begin(page.size(), true);
        page.writeTo(pages.values());
        return pages.end(page.size(), statistics, Encoding.DELTA_BYTE_ARRAY);
    }
}
