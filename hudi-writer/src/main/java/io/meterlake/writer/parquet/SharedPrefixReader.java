package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.DistinctTexts;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;

/**
 * Reads a page of DELTA_BYTE_ARRAY: as Parquet's own reader, but {@linkplain #readTo into a column} without an object a
 * text. Not thread-safe.
 */
final class SharedPrefixReader extends ValuesReader {
    private int[] prefixLengths = new int[0];
    private int[] suffixLengths = new int[0];
    private byte[] bytes = new byte[0];
    private byte[] last = new byte[0];
    private int next;
    private int at;

    @Override
    public void initFromPage(int valueCount, ByteBufferInputStream in) throws IOException {
        bytes = in.readNBytes(in.available());
        PageBytes lengths = new PageBytes(bytes);
        prefixLengths = lengths.readDeltas(valueCount);
        suffixLengths = lengths.readDeltas(valueCount);
        next = 0;
        at = lengths.position();
        last = new byte[0];
        requireSound(bytes.length - at);
    }

    /** Each text begins with bytes of the one before, and goes on with bytes that are there. */
    private void requireSound(int available) throws IOException {
        int length = 0;
        long used = 0;
        for (int i = 0; i < prefixLengths.length; i++) {
            int suffix = suffixLengths[i];
            used += suffix;
            if (prefixLengths[i] < 0 || prefixLengths[i] > length || suffix < 0 || used > available) {
                throw new IOException("a page is damaged: text %d has %d bytes of the %d before it, and %d of its own"
                        .formatted(i, prefixLengths[i], length, suffix));
            }
            length = prefixLengths[i] + suffix;
        }
    }

    /** Reads all of the page's texts into the rows from this one on. */
    void readTo(DistinctTexts texts, int fromRow) {
        texts.set(fromRow, prefixLengths, suffixLengths, bytes, at);
        next = prefixLengths.length;
    }

    @Override
    public Binary readBytes() {
        byte[] text = Arrays.copyOf(last, prefixLengths[next] + suffixLengths[next]);
        System.arraycopy(bytes, at, text, prefixLengths[next], suffixLengths[next]);
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
