package io.meterlake.writer.parquet;

import static java.util.Objects.requireNonNull;

import io.meterlake.writer.upsert.CodedTexts;
import io.meterlake.writer.upsert.DistinctTexts;
import io.meterlake.writer.upsert.ReadingColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a column of one row group, page by page, whoever wrote it and however it is encoded. Once through; not
 * thread-safe.
 */
final class ColumnDecoder {
    private final ColumnDescriptor column;
    private final PageReader pages;
    private final int rows;
    private final boolean complete;
    private final boolean onlyCodes;
    private final @Nullable Dictionary dictionary;
    private int[] codes = new int[0];

    /**
     * @param chunk what the footer tells of the column
     * @param pages the column's pages
     * @param rows how many rows the row group has
     */
    ColumnDecoder(ColumnDescriptor column, ColumnChunkMetaData chunk, PageReader pages, int rows) throws IOException {
        this.column = column;
        this.pages = pages;
        this.rows = rows;
        Statistics<?> statistics = chunk.getStatistics();
        this.complete = statistics != null && statistics.isNumNullsSet() && statistics.getNumNulls() == 0;
        EncodingStats encodings = chunk.getEncodingStats();
        this.onlyCodes = encodings != null && !encodings.hasNonDictionaryEncodedPages();
        DictionaryPage page = pages.readDictionaryPage();
        this.dictionary = page == null ? null : page.getEncoding().initDictionary(column, page);
    }

    /**
     * The rows of a page that are not null.
     *
     * @param from the first, if none is null
     * @param some if some are null: those that are not
     */
    private record Rows(int from, int count, Optional<int[]> some) {
        /** The numbers of the rows. */
        int[] all() {
            if (some.isPresent()) {
                return some.get();
            }
            int[] all = new int[count];
            for (int i = 0; i < count; i++) {
                all[i] = from + i;
            }
            return all;
        }
    }

    /** Takes the values of a page. */
    private interface Page {
        /** @param codes the numbers of the values in the dictionary, one for each row, and maybe more */
        void take(int[] codes, Rows rows);

        void take(ValuesReader values, Rows rows);
    }

    /** Whether the footer and the dictionary tell all: each row has the only value. */
    private boolean isConstant() {
        return complete && onlyCodes && dictionary != null && dictionary.getMaxId() == 0;
    }

    long[] numbers() throws IOException {
        long[] numbers = new long[rows];
        PlainNumbers kind = PlainNumbers.of(column);
        long[] ofCode = dictionaryNumbers(kind);
        if (isConstant()) {
            Arrays.fill(numbers, ofCode[0]);
            return numbers;
        }
        Arrays.fill(numbers, ReadingColumns.NULL);
        forEachPage(new Page() {
            @Override
            public void take(int[] codes, Rows some) {
                int[] places = some.all();
                for (int i = 0; i < places.length; i++) {
                    numbers[places[i]] = ofCode[codes[i]];
                }
            }

            @Override
            public void take(ValuesReader values, Rows some) {
                for (int row : some.all()) {
                    numbers[row] = read(kind, values);
                }
            }
        });
        return numbers;
    }

    private long[] dictionaryNumbers(PlainNumbers kind) {
        if (dictionary == null) {
            return new long[0];
        }
        long[] numbers = new long[dictionary.getMaxId() + 1];
        for (int code = 0; code < numbers.length; code++) {
            numbers[code] = switch (kind) {
                case INT32 -> dictionary.decodeToInt(code);
                case INT64 -> dictionary.decodeToLong(code);
                case DECIMAL -> unscaled(dictionary.decodeToBinary(code));
            };
        }
        return numbers;
    }

    private static long read(PlainNumbers kind, ValuesReader values) {
        return switch (kind) {
            case INT32 -> values.readInteger();
            case INT64 -> values.readLong();
            case DECIMAL -> unscaled(values.readBytes());
        };
    }

    private static long unscaled(Binary bigEndian) {
        byte[] bytes = bigEndian.getBytesUnsafe();
        long value = bytes[0];
        for (int i = 1; i < bytes.length; i++) {
            value = value << Byte.SIZE | (bytes[i] & 0xff);
        }
        return value;
    }

    CodedTexts texts() throws IOException {
        List<byte[]> texts = new ArrayList<>();
        Map<Binary, Integer> codeOfText = new HashMap<>();
        texts.add(new byte[0]);
        for (int code = 0; dictionary != null && code <= dictionary.getMaxId(); code++) {
            Binary text = dictionary.decodeToBinary(code).copy();
            texts.add(text.getBytes());
            codeOfText.putIfAbsent(text, code + 1);
        }
        if (isConstant()) {
            return CodedTexts.constant(texts.getLast());
        }
        int[] codes = new int[rows];
        forEachPage(new Page() {
            @Override
            public void take(int[] ofPage, Rows some) {
                int[] places = some.all();
                for (int i = 0; i < places.length; i++) {
                    codes[places[i]] = ofPage[i] + 1;
                }
            }

            @Override
            public void take(ValuesReader values, Rows some) {
                for (int row : some.all()) {
                    codes[row] = code(values.readBytes(), texts, codeOfText);
                }
            }
        });
        return CodedTexts.of(texts.toArray(new byte[0][]), codes);
    }

    private static int code(Binary text, List<byte[]> texts, Map<Binary, Integer> codeOfText) {
        Integer known = codeOfText.get(text);
        if (known != null) {
            return known;
        }
        Binary own = text.copy();
        codeOfText.put(own, texts.size());
        texts.add(own.getBytes());
        return texts.size() - 1;
    }

    /** Texts that are all different. */
    DistinctTexts distinctTexts() throws IOException {
        DistinctTexts texts = new DistinctTexts(rows);
        forEachPage(new Page() {
            @Override
            public void take(int[] codes, Rows some) {
                int[] places = some.all();
                for (int i = 0; i < places.length; i++) {
                    texts.set(
                            places[i],
                            requireNonNull(dictionary).decodeToBinary(codes[i]).getBytesUnsafe());
                }
            }

            @Override
            public void take(ValuesReader values, Rows some) {
                if (values instanceof SharedPrefixReader shared && some.some().isEmpty()) {
                    shared.readTo(texts, some.from(), some.from() + some.count());
                    return;
                }
                for (int row : some.all()) {
                    texts.set(row, values.readBytes().getBytesUnsafe());
                }
            }
        });
        return texts;
    }

    private void forEachPage(Page taker) throws IOException {
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
            throw new IOException("column " + column + " has " + from + " of " + rows + " rows");
        }
    }

    private void read(DataPageV1 page, int from, Page taker) throws IOException {
        ByteBufferInputStream bytes = page.getBytes().toInputStream();
        int count = page.getValueCount();
        Optional<int[]> present = Optional.empty();
        if (column.getMaxDefinitionLevel() > 0 && complete && page.getDlEncoding() == Encoding.RLE) {
            bytes.skipFully(BytesUtils.readIntLittleEndian(bytes));
        } else if (column.getMaxDefinitionLevel() > 0) {
            ValuesReader levels = page.getDlEncoding().getValuesReader(column, ValuesType.DEFINITION_LEVEL);
            levels.initFromPage(count, bytes);
            present = present(count, from, levels::readInteger);
        }
        take(page.getValueEncoding(), bytes, count, from, present, taker);
    }

    private void read(DataPageV2 page, int from, Page taker) throws IOException {
        int count = page.getValueCount();
        Optional<int[]> present = Optional.empty();
        if (page.getNullCount() > 0) {
            RunLengthBitPackingHybridDecoder levels = new RunLengthBitPackingHybridDecoder(
                    1, page.getDefinitionLevels().toInputStream());
            present = present(count, from, () -> {
                try {
                    return levels.readInt();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        take(page.getDataEncoding(), page.getData().toInputStream(), count, from, present, taker);
    }

    private interface Levels {
        int next();
    }

    /** Which rows are not null; empty if none is null. */
    private static Optional<int[]> present(int count, int from, Levels levels) {
        int[] rows = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (levels.next() == 1) {
                rows[size++] = from + i;
            }
        }
        return size == count ? Optional.empty() : Optional.of(Arrays.copyOf(rows, size));
    }

    private void take(
            Encoding encoding, ByteBufferInputStream bytes, int count, int from, Optional<int[]> present, Page taker)
            throws IOException {
        int values = present.map(some -> some.length).orElse(count);
        if (values == 0) {
            return;
        }
        Rows some = new Rows(from, count, present);
        if (encoding.usesDictionary()) {
            PageBytes page = new PageBytes(bytes.readNBytes(bytes.available()));
            codes = codes.length < values ? new int[values] : codes;
            page.readHybrid(page.nextByte(), codes, values);
            taker.take(codes, some);
            return;
        }
        ValuesReader reader = encoding == Encoding.DELTA_BYTE_ARRAY
                ? new SharedPrefixReader()
                : encoding.getValuesReader(column, ValuesType.VALUES);
        reader.initFromPage(values, bytes);
        taker.take(reader, some);
    }
}
