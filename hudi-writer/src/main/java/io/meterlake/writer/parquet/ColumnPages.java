package io.meterlake.writer.parquet;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/**
 * The pages of a column of one row group, of either version, whoever wrote them: which rows are null, and what the others
 * hold, as numbers of the dictionary or by themselves. Once through; not thread-safe.
 */
final class ColumnPages {
    private final ColumnDescriptor column;
    private final PageReader pages;
    private final int rows;
    private final boolean complete;
    private final boolean onlyCodes;
    private final Optional<Dictionary> dictionary;
    private int[] codes = new int[0];

    /**
     * @param chunk what the footer tells of the column
     * @param pages the column's pages
     * @param rows how many rows the row group has
     */
    ColumnPages(ColumnDescriptor column, ColumnChunkMetaData chunk, PageReader pages, int rows) throws IOException {
        this.column = column;
        this.pages = pages;
        this.rows = rows;
        Statistics<?> statistics = chunk.getStatistics();
        this.complete = statistics != null && statistics.isNumNullsSet() && statistics.getNumNulls() == 0;
        EncodingStats encodings = chunk.getEncodingStats();
        this.onlyCodes = encodings != null && !encodings.hasNonDictionaryEncodedPages();
        DictionaryPage page = pages.readDictionaryPage();
        this.dictionary =
                page == null ? Optional.empty() : Optional.of(page.getEncoding().initDictionary(column, page));
    }

    /** Takes the values of a page, one for each of its rows that is not null. */
    interface Taker {
        /**
         * Takes values by their numbers in the dictionary.
         *
         * @param codes one for each row, and maybe more behind them
         */
        void take(int[] codes, Rows rows) throws IOException;

        void take(ValuesReader values, Rows rows) throws IOException;
    }

    /**
     * The rows of a page that are not null.
     *
     * @param first the first row, if none is null
     * @param size how many they are
     * @param some if some are null: those that are not
     */
    record Rows(int first, int size, Optional<int[]> some) {
        /** The row of the i-th value. */
        int row(int i) {
            return some.isPresent() ? some.get()[i] : first + i;
        }
    }

    Optional<Dictionary> dictionary() {
        return dictionary;
    }

    /** Whether the footer and the dictionary tell all: each row has the only value. */
    boolean isConstant() {
        return complete
                && onlyCodes
                && dictionary.filter(entries -> entries.getMaxId() == 0).isPresent();
    }

    void forEach(Taker taker) throws IOException {
        int from = 0;
        for (DataPage page = pages.readPage(); page != null; page = pages.readPage()) {
            switch (page) {
                case DataPageV1 first -> read(first, from, taker);
                case DataPageV2 second -> read(second, from, taker);
                default -> throw new IOException("a page of an unknown kind: " + page);
            }
            from += page.getValueCount();
        }
        if (from != rows) {
            throw new IOException("it has " + from + " of " + rows + " rows");
        }
    }

    private void read(DataPageV1 page, int from, Taker taker) throws IOException {
        ByteBufferInputStream bytes = page.getBytes().toInputStream();
        int count = page.getValueCount();
        Rows some = new Rows(from, count, Optional.empty());
        if (column.getMaxDefinitionLevel() > 0 && page.getDlEncoding() == Encoding.RLE) {
            byte[] levels = bytes.readNBytes(BytesUtils.readIntLittleEndian(bytes));
            some = complete ? some : present(levels, count, from);
        } else if (column.getMaxDefinitionLevel() > 0) {
            ValuesReader levels = page.getDlEncoding().getValuesReader(column, ValuesType.DEFINITION_LEVEL);
            levels.initFromPage(count, bytes);
            int[] ofRows = new int[count];
            Arrays.setAll(ofRows, row -> levels.readInteger());
            some = present(ofRows, count, from);
        }
        take(page.getValueEncoding(), bytes, some, taker);
    }

    private void read(DataPageV2 page, int from, Taker taker) throws IOException {
        int count = page.getValueCount();
        Rows some = page.getNullCount() == 0
                ? new Rows(from, count, Optional.empty())
                : present(page.getDefinitionLevels().toInputStream().readAllBytes(), count, from);
        take(page.getDataEncoding(), page.getData().toInputStream(), some, taker);
    }

    private static Rows present(byte[] levels, int count, int from) throws IOException {
        int[] ofRows = new int[count];
        new PageBytes(levels).readHybrid(1, ofRows, count);
        return present(ofRows, count, from);
    }

    private static Rows present(int[] levels, int count, int from) {
        int[] rows = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (levels[i] == 1) {
                rows[size++] = from + i;
            }
        }
        return new Rows(from, size, size == count ? Optional.empty() : Optional.of(rows));
    }

    private void take(Encoding encoding, ByteBufferInputStream bytes, Rows some, Taker taker) throws IOException {
        if (some.size() == 0) {
            return;
        }
        if (encoding.usesDictionary()) {
            taker.take(codes(bytes, some.size()), some);
            return;
        }
        ValuesReader reader = encoding == Encoding.DELTA_BYTE_ARRAY
                ? new SharedPrefixReader()
                : encoding.getValuesReader(column, ValuesType.VALUES);
        reader.initFromPage(some.size(), bytes);
        taker.take(reader, some);
    }

    private int[] codes(ByteBufferInputStream bytes, int count) throws IOException {
        int entries = dictionary.map(of -> of.getMaxId() + 1).orElse(0);
        PageBytes page = new PageBytes(bytes.readNBytes(bytes.available()));
        codes = codes.length < count ? new int[count] : codes;
        page.readHybrid(page.nextByte(), codes, count);
        for (int i = 0; i < count; i++) {
            if (Integer.compareUnsigned(codes[i], entries) >= 0) {
                throw new IOException("entry %d of a dictionary of %d".formatted(codes[i], entries));
            }
        }
        return codes;
    }
}
