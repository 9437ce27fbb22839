package io.meterlake.writer.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is encoded here is decoded by Parquet's own readers. */
final class EncodingsTest {
    private final ByteSink out = new ByteSink();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 32, 33, 128, 129, 130, 257, 20_000})
    void deltasOfEachWidthAreRead(int count) throws IOException {
        DeltaEncoding encoding = new DeltaEncoding();
        Random random = new Random(count);
        for (int width = 0; width <= Long.SIZE; width++) {
            long[] values = new long[count];
            for (int i = 0; i < count; i++) {
                values[i] = width == 0 ? 7 : random.nextLong() >> (Long.SIZE - width);
            }
            out.clear();
            encoding.encode(values, count, out);
            DeltaBinaryPackingValuesReader reader = new DeltaBinaryPackingValuesReader();
            reader.initFromPage(count, ByteBufferInputStream.wrap(ByteBuffer.wrap(out.array(), 0, out.size())));
            for (long value : values) {
                assertThat(reader.readLong()).as("of %d bits", width).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 100, 20_001})
    void codesInRunsAndAloneAreRead(int count) throws IOException {
        Random random = new Random(count);
        for (int width = 1; width < Integer.SIZE; width++) {
            int[] values = new int[count];
            for (int i = 0; i < count; i++) {
                boolean repeats = i > 0 && random.nextInt(20) > 0 && i / 64 % 2 == 0;
                values[i] = repeats ? values[i - 1] : random.nextInt() >>> (Integer.SIZE - width);
            }
            out.clear();
            HybridEncoding.encode(values, 0, count, 0, width, out);
            RunLengthBitPackingHybridDecoder decoder =
                    new RunLengthBitPackingHybridDecoder(width, new ByteArrayInputStream(out.array(), 0, out.size()));
            for (int value : values) {
                assertThat(decoder.readInt()).as("of %d bits", width).isEqualTo(value);
            }
        }
    }
}
