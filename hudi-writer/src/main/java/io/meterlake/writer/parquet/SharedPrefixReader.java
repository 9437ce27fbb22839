package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.DistinctTexts;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.parquet.io.api.Binary;

/**
 * Reads a page of DELTA_BYTE_ARRAY: as Parquet's own reader, but {@linkplain #readTo into a column} without an object a
 * text. Not thread-safe.
 */
final class SharedPrefixReader extends ValuesReader {
    private int[] prefixLengths = new int[0];
    private int[] suffixLengths = new int[0];
    private byte[] suffixes = new byte[0];
    private byte[] last = new byte[0];
    private int next;
    private int at;

    @Override
    public void initFromPage(int valueCount, ByteBufferInputStream in) throws IOException {
        prefixLengths = lengths(valueCount, in);
        suffixLengths = lengths(valueCount, in);
        suffixes = in.readNBytes(in.available());
        next = 0;
        at = 0;
        last = new byte[0];
    }

    private static int[] lengths(int count, ByteBufferInputStream in) throws IOException {
        DeltaBinaryPackingValuesReader reader = new DeltaBinaryPackingValuesReader();
        reader.initFromPage(count, in);
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            lengths[i] = reader.readInteger();
        }
        return lengths;
    }

    /** Reads a text into each of the rows; all of the page's. */
    void readTo(DistinctTexts texts, int fromRow, int toRow) {
        for (int row = fromRow; row < toRow; row++) {
            int end = at + suffixLengths[next];
            texts.set(row, prefixLengths[next], suffixes, at, end);
            at = end;
            next++;
        }
    }

    @Override
    public Binary readBytes() {
        byte[] text = Arrays.copyOf(last, prefixLengths[next] + suffixLengths[next]);
        System.arraycopy(suffixes, at, text, prefixLengths[next], suffixLengths[next]);
        at += suffixLengths[next];
        next++;
        last = text;
        return Binary.fromConstantByteArray(text);
    }

    @Override
    public void skip() {
        readBytes();
    }
}
