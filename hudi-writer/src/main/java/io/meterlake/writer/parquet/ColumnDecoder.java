package io.meterlake.writer.parquet;

import io.meterlake.writer.parquet.ColumnPages.Rows;
import io.meterlake.writer.upsert.CodedTexts;
import io.meterlake.writer.upsert.DistinctTexts;
import io.meterlake.writer.upsert.ReadingColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;

/** Decodes a column of one row group, whoever wrote it and however it is encoded. Once through; not thread-safe. */
final class ColumnDecoder {
    private final ColumnDescriptor column;
    private final ColumnPages pages;
    private final int rows;
    private final Optional<Dictionary> dictionary;

    /**
     * @param chunk what the footer tells of the column
     * @param pages the column's pages
     * @param rows how many rows the row group has
     */
    ColumnDecoder(ColumnDescriptor column, ColumnChunkMetaData chunk, PageReader pages, int rows) throws IOException {
        this.column = column;
        this.pages = new ColumnPages(column, chunk, pages, rows);
        this.rows = rows;
        this.dictionary = this.pages.dictionary();
    }

    long[] numbers() throws IOException {
        requireOurUnit();
        long[] numbers = new long[rows];
        PlainNumbers kind = PlainNumbers.of(column);
        long[] ofCode = dictionary.map(entries -> numbers(entries, kind)).orElseGet(() -> new long[0]);
        if (pages.isConstant()) {
            Arrays.fill(numbers, ofCode[0]);
            return numbers;
        }
        Arrays.fill(numbers, ReadingColumns.NULL);
        pages.forEach(new ColumnPages.Taker() {
            @Override
            public void take(int[] codes, Rows present) {
                for (int i = 0; i < present.size(); i++) {
                    numbers[present.row(i)] = ofCode[codes[i]];
                }
            }

            @Override
            public void take(ValuesReader values, Rows present) {
                for (int i = 0; i < present.size(); i++) {
                    numbers[present.row(i)] = read(kind, values);
                }
            }
        });
        return numbers;
    }

    /** Numbers of another scale, or times in other units than microseconds, would be taken for ours. */
    private void requireOurUnit() throws IOException {
        LogicalTypeAnnotation ours = MeterReadingsFile.SCHEMA
                .getType(column.getPath())
                .asPrimitiveType()
                .getLogicalTypeAnnotation();
        LogicalTypeAnnotation there = column.getPrimitiveType().getLogicalTypeAnnotation();
        boolean same = switch (ours) {
            case DecimalLogicalTypeAnnotation decimal ->
                there instanceof DecimalLogicalTypeAnnotation other && other.getScale() == decimal.getScale();
            case TimestampLogicalTypeAnnotation time ->
                there instanceof TimestampLogicalTypeAnnotation other && other.getUnit() == time.getUnit();
            case null, default -> true;
        };
        if (!same) {
            throw new IOException("it is a %s, and ought to be a %s".formatted(there, ours));
        }
    }

    private static long[] numbers(Dictionary dictionary, PlainNumbers kind) {
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
        for (int code = 0; code <= dictionary.map(Dictionary::getMaxId).orElse(-1); code++) {
            Binary text = dictionary.orElseThrow().decodeToBinary(code).copy();
            texts.add(text.getBytes());
            codeOfText.putIfAbsent(text, code + 1);
        }
        if (pages.isConstant()) {
            return CodedTexts.constant(texts.getLast());
        }
        int[] codes = new int[rows];
        pages.forEach(new ColumnPages.Taker() {
            @Override
            public void take(int[] ofPage, Rows present) {
                for (int i = 0; i < present.size(); i++) {
                    codes[present.row(i)] = ofPage[i] + 1;
                }
            }

            @Override
            public void take(ValuesReader values, Rows present) {
                for (int i = 0; i < present.size(); i++) {
                    codes[present.row(i)] = code(values.readBytes(), texts, codeOfText);
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
        pages.forEach(new ColumnPages.Taker() {
            @Override
            public void take(int[] codes, Rows present) {
                for (int i = 0; i < present.size(); i++) {
                    Binary text = dictionary.orElseThrow().decodeToBinary(codes[i]);
                    texts.set(present.row(i), text.getBytesUnsafe());
                }
            }

            @Override
            public void take(ValuesReader values, Rows present) {
                if (values instanceof SharedPrefixReader shared
                        && present.some().isEmpty()) {
                    shared.readTo(texts, present.first());
                    return;
                }
                for (int i = 0; i < present.size(); i++) {
                    texts.set(present.row(i), values.readBytes().getBytesUnsafe());
                }
            }
        });
        return texts;
    }
}
