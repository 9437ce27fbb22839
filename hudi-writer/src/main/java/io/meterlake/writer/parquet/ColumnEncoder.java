package io.meterlake.writer.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.writer.upsert.CodedTexts;
import io.meterlake.writer.upsert.ReadingColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/**
 * Encodes columns of texts and of numbers. Nearly all have few different values in a row group and so get a dictionary;
 * numbers without one are delta-encoded or, as decimals, plain. Not thread-safe.
 */
final class ColumnEncoder {
    /** Small enough that one meter's readings are a small part of what a reader has to decode for them. */
    static final int ROWS_A_PAGE = 16_384;

    private final PageMaker pages;
    private final ByteSink plain = new ByteSink();
    private final DeltaEncoding delta = new DeltaEncoding();
    private final int[] levels = new int[ROWS_A_PAGE];
    private final int[] entries = new int[ROWS_A_PAGE];
    private final long[] present = new long[ROWS_A_PAGE];

    ColumnEncoder(PageMaker pages) {
        this.pages = pages;
    }

    /** What the numbers of a dictionary stand for, as far as statistics need it. */
    private interface Values {
        Statistics<?> of(int[] codes, int from, int to, int nulls);
    }

    /** Encodes a column of texts. */
    ColumnChunk texts(ColumnDescriptor column, CodedTexts gathered, int rows) {
        // Without those that are in no row it may be one text, or null, for all.
        CodedTexts texts = gathered.withoutUnused();
        if (texts.isConstant()) {
            return constant(column, texts, rows);
        }
        byte[][] all = texts.texts();
        boolean[] seen = new boolean[all.length];
        Values values = (codes, from, to, nulls) -> {
            Arrays.fill(seen, false);
            return textStatistics(column, all, codes, from, to, nulls, seen);
        };
        return coded(column, textDictionary(all), all.length - 1, texts.codes(), rows, values);
    }

    /** Encodes a column that has the same text in so many rows. */
    ColumnChunk constant(ColumnDescriptor column, String text, int rows) {
        return constant(column, CodedTexts.constant(text.getBytes(UTF_8)), rows);
    }

    private ColumnChunk constant(ColumnDescriptor column, CodedTexts texts, int rows) {
        Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
        byte[] text = texts.text(0);
        if (text == null) {
            statistics.incrementNumNulls(rows);
            pages.begin(rows, false);
            pages.values().putByte(0);
            List<ColumnChunk.Page> one = List.of(pages.end(rows, statistics, Encoding.RLE_DICTIONARY));
            return new ColumnChunk.Encoded(column, Optional.of(textDictionary(new byte[1][])), one);
        }
        statistics.updateStats(Binary.fromConstantByteArray(text));
        return constant(column, textDictionary(texts.texts()), rows, statistics);
    }

    private DictionaryPage textDictionary(byte[][] texts) {
        plain.clear();
        for (int code = 1; code < texts.length; code++) {
            plain.putInt(texts[code].length);
            plain.put(texts[code], 0, texts[code].length);
        }
        return pages.dictionary(plain, texts.length - 1);
    }

    private static Statistics<?> textStatistics(
            ColumnDescriptor column, byte[][] texts, int[] codes, int from, int to, int nulls, boolean[] seen) {
        int least = 0;
        int greatest = 0;
        int last = 0;
        for (int row = from; row < to; row++) {
            int code = codes[row];
            if (code == last || code == 0 || seen[code]) {
                continue;
            }
            seen[code] = true;
            last = code;
            least = least == 0 || Arrays.compareUnsigned(texts[code], texts[least]) < 0 ? code : least;
            greatest = greatest == 0 || Arrays.compareUnsigned(texts[code], texts[greatest]) > 0 ? code : greatest;
        }
        Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
        statistics.incrementNumNulls(nulls);
        if (least != 0) {
            statistics.updateStats(Binary.fromConstantByteArray(texts[least]));
            statistics.updateStats(Binary.fromConstantByteArray(texts[greatest]));
        }
        return statistics;
    }

    /** Encodes a column of numbers: by their dictionary numbers, or by themselves if there are too many. */
    ColumnChunk numbers(ColumnDescriptor column, long[] values, NumberDictionary dictionary) {
        if (isConstant(values)) {
            return constant(column, values[0], values.length);
        }
        return dictionary.encode(values) ? numbersByCode(column, values, dictionary) : numbersAsTheyAre(column, values);
    }

    private static boolean isConstant(long[] values) {
        long different = 0;
        for (long value : values) {
            different |= value ^ values[0];
        }
        return different == 0 && values[0] != ReadingColumns.NULL;
    }

    /** Encodes a column that has the same number in so many rows. */
    ColumnChunk constant(ColumnDescriptor column, long value, int rows) {
        PlainNumbers kind = PlainNumbers.of(column);
        plain.clear();
        kind.put(value, plain);
        Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
        kind.update(statistics, value);
        return constant(column, pages.dictionary(plain, 1), rows, statistics);
    }

    /** One page in which each row has the dictionary's only value. */
    private ColumnChunk constant(
            ColumnDescriptor column, DictionaryPage dictionary, int rows, Statistics<?> statistics) {
        pages.begin(rows, true);
        pages.values().putByte(0);
        HybridEncoding.run(0, rows, 0, pages.values());
        List<ColumnChunk.Page> one = List.of(pages.end(rows, statistics, Encoding.RLE_DICTIONARY));
        return new ColumnChunk.Encoded(column, Optional.of(dictionary), one);
    }

    /** Encodes a column of numbers by the numbers that a dictionary has given them. */
    ColumnChunk numbersByCode(ColumnDescriptor column, long[] values, NumberDictionary dictionary) {
        plain.clear();
        PlainNumbers kind = PlainNumbers.of(column);
        for (int code = 1; code <= dictionary.size(); code++) {
            kind.put(dictionary.value(code), plain);
        }
        DictionaryPage page = pages.dictionary(plain, dictionary.size());
        Values statistics = (codes, from, to, nulls) -> kind.statistics(column, values, from, to, nulls);
        return coded(column, page, dictionary.size(), dictionary.codes(), values.length, statistics);
    }

    private ColumnChunk coded(
            ColumnDescriptor column, DictionaryPage dictionary, int size, int[] codes, int rows, Values values) {
        int width = BitPacker.width(Math.max(0, size - 1));
        List<ColumnChunk.Page> made = new ArrayList<>();
        for (int from = 0; from < rows; from += ROWS_A_PAGE) {
            int to = Math.min(rows, from + ROWS_A_PAGE);
            int count = countPresent(codes, from, to);
            begin(to - from, count);
            pages.values().putByte(width);
            if (count == to - from) {
                HybridEncoding.encode(codes, from, to, 1, width, pages.values());
            } else {
                HybridEncoding.encode(entries, 0, count, 1, width, pages.values());
            }
            Statistics<?> statistics = values.of(codes, from, to, to - from - count);
            made.add(pages.end(to - from, statistics, Encoding.RLE_DICTIONARY));
        }
        return new ColumnChunk.Encoded(column, Optional.of(dictionary), made);
    }

    /** How many codes are not 0; if some are, sets levels and entries. */
    private int countPresent(int[] codes, int from, int to) {
        int nulls = 0;
        for (int row = from; row < to; row++) {
            nulls += codes[row] == 0 ? 1 : 0;
        }
        if (nulls > 0) {
            int count = 0;
            for (int row = from; row < to; row++) {
                levels[row - from] = codes[row] == 0 ? 0 : 1;
                entries[count] = codes[row];
                count += levels[row - from];
            }
        }
        return to - from - nulls;
    }

    private ColumnChunk numbersAsTheyAre(ColumnDescriptor column, long[] values) {
        PlainNumbers kind = PlainNumbers.of(column);
        List<ColumnChunk.Page> made = new ArrayList<>();
        for (int from = 0; from < values.length; from += ROWS_A_PAGE) {
            int to = Math.min(values.length, from + ROWS_A_PAGE);
            int count = 0;
            for (int row = from; row < to; row++) {
                levels[row - from] = values[row] == ReadingColumns.NULL ? 0 : 1;
                present[count] = values[row];
                count += levels[row - from];
            }
            begin(to - from, count);
            if (kind == PlainNumbers.INT64) {
                delta.encode(present, count, pages.values());
            } else {
                for (int i = 0; i < count; i++) {
                    kind.put(present[i], pages.values());
                }
            }
            Statistics<?> statistics = kind.statistics(column, values, from, to, to - from - count);
            made.add(pages.end(
                    to - from, statistics, kind == PlainNumbers.INT64 ? Encoding.DELTA_BINARY_PACKED : Encoding.PLAIN));
        }
        return new ColumnChunk.Encoded(column, Optional.empty(), made);
    }

    private void begin(int rows, int count) {
        if (count == 0 || count == rows) {
            pages.begin(rows, count != 0);
        } else {
            pages.begin(levels, rows);
        }
    }
}
