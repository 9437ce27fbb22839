package io.meterlake.writer.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Parquet's own writers wrote is read, and damaged bytes are told as such. */
final class PageBytesTest {
    private static final HeapByteBufferAllocator HEAP = HeapByteBufferAllocator.getInstance();

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 100, 20_001})
    void readsCodesInRunsAndAlone(int count) throws IOException {
        Random random = new Random(count);
        for (int width = 0; width <= Integer.SIZE; width++) {
            int[] values = codes(random, count, width);
            byte[] page = hybrid(values, width);
            int[] read = new int[count];
            new PageBytes(page).readHybrid(width, read, count);
            assertThat(read).as("of %d bits", width).isEqualTo(values);
        }
    }

    private static int[] codes(Random random, int count, int width) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            boolean repeats = i > 0 && random.nextInt(20) > 0 && i / 64 % 2 == 0;
            values[i] = repeats ? values[i - 1] : width == 0 ? 0 : random.nextInt() >>> (Integer.SIZE - width);
        }
        return values;
    }

    private static byte[] hybrid(int[] values, int width) throws IOException {
        try (RunLengthBitPackingHybridEncoder encoder =
                new RunLengthBitPackingHybridEncoder(width, 1 << 10, 1 << 20, HEAP)) {
            for (int value : values) {
                encoder.writeInt(value);
            }
            return bytes(encoder.toBytes());
        }
    }

    private static byte[] bytes(BytesInput made) throws IOException {
        return made.toInputStream().readAllBytes();
    }

    @ParameterizedTest
    @CsvSource({"1,true", "2,true", "33,true", "129,true", "20000,true", "1,false", "130,false", "20000,false"})
    void readsDeltasAndKnowsWhereTheyEnd(int count, boolean asLongs) throws IOException {
        Random random = new Random(count);
        for (int width = 0; width < Integer.SIZE; width++) {
            int[] values = new int[count];
            for (int i = 0; i < count; i++) {
                values[i] = width == 0 ? 7 : random.nextInt() >>> (Integer.SIZE - width);
            }
            byte[] page = deltas(values, asLongs);
            byte[] more = Arrays.copyOf(page, page.length + 5);
            PageBytes bytes = new PageBytes(more);
            assertThat(bytes.readDeltas(count)).as("of %d bits", width).isEqualTo(values);
            assertThat(bytes.position()).isEqualTo(page.length);
        }
    }

    private static byte[] deltas(int[] values, boolean asLongs) throws IOException {
        try (DeltaBinaryPackingValuesWriter writer = asLongs
                ? new DeltaBinaryPackingValuesWriterForLong(128, 4, 100, 1 << 20, HEAP)
                : new DeltaBinaryPackingValuesWriterForInteger(256, 8, 100, 1 << 20, HEAP)) {
            for (int value : values) {
                if (asLongs) {
                    writer.writeLong(value);
                } else {
                    writer.writeInteger(value);
                }
            }
            return bytes(writer.getBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void tellsOfBytesThatAreDamagedOrMissing(int seed) throws IOException {
        Random random = new Random(seed);
        int[] values = codes(random, 1_000, 10);
        byte[] hybrid = hybrid(values, 10);
        byte[] deltas = deltas(values, true);
        for (int cut = 0; cut < 200; cut++) {
            byte[] shorter = Arrays.copyOf(hybrid, random.nextInt(hybrid.length - 10));
            assertThatIOException()
                    .isThrownBy(() -> new PageBytes(shorter).readHybrid(10, new int[1_000], 1_000))
                    .withMessageStartingWith("a page is damaged");
            byte[] fewer = Arrays.copyOf(deltas, random.nextInt(deltas.length));
            assertThatIOException()
                    .isThrownBy(() -> new PageBytes(fewer).readDeltas(1_000))
                    .withMessageStartingWith("a page is damaged");
            byte[] other = hybrid.clone();
            other[random.nextInt(other.length)] = (byte) random.nextInt();
            byte[] others = deltas.clone();
            others[random.nextInt(others.length)] = (byte) random.nextInt();
            assertThat(endsWell(() -> new PageBytes(other).readHybrid(10, new int[1_000], 1_000)))
                    .isTrue();
            assertThat(endsWell(() -> new PageBytes(others).readDeltas(1_000))).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"5,0,4", "0,-1,4", "0,9,4", "0,0,99"})
    void tellsOfATextThatSharesMoreThanThereIs(int firstShared, int secondShared, int secondOwn) throws IOException {
        byte[] texts = join(
                deltas(new int[] {firstShared, secondShared}, false),
                deltas(new int[] {4, secondOwn}, false),
                "onetwo".getBytes(UTF_8));
        assertThatIOException()
                .isThrownBy(() ->
                        new SharedPrefixReader().initFromPage(2, ByteBufferInputStream.wrap(ByteBuffer.wrap(texts))))
                .withMessageStartingWith("a page is damaged: text ");
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private interface Reading {
        void read() throws IOException;
    }

    /** With numbers, which may be wrong, or with a failure of the kind that callers know. */
    private static boolean endsWell(Reading reading) {
        try {
            reading.read();
            return true;
        } catch (IOException e) {
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
