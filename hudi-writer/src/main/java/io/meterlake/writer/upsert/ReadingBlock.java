package io.meterlake.writer.upsert;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some of the rows of one bucket of one day, in arrays: what is encoded, decoded and merged at once. All arrays are
 * shared and not to be changed; then immutable and thread-safe.
 */
public final class ReadingBlock implements ReadingColumns {
    /** No rows. */
    public static final ReadingBlock EMPTY = new ReadingBlock(List.of(), new int[0], Map.of(), Map.of(), null);

    private final List<ChannelKey> channels;
    private final int[] channel;
    private final Map<Numeric, long[]> numbers = new EnumMap<>(Numeric.class);
    private final Map<Text, CodedTexts> texts = new EnumMap<>(Text.class);
    private final @Nullable DistinctTexts sequences;
    /** For each row the number of its file; null if all are of file 0. */
    private final int @Nullable [] files;

    /**
     * Takes the arrays over.
     *
     * @param channels the channels that occur, in their order
     * @param channel for each row an index into the channels
     * @param numbers a column that is not in it is null in all rows
     * @param texts all but the sequence numbers; a column that is not in it is null in all rows
     * @param sequences Hudi's sequence numbers, of rows that are in the table
     */
    public ReadingBlock(
            List<ChannelKey> channels,
            int[] channel,
            Map<Numeric, long[]> numbers,
            Map<Text, CodedTexts> texts,
            @Nullable DistinctTexts sequences) {
        this(channels, channel, numbers, texts, sequences, null);
    }

    private ReadingBlock(
            List<ChannelKey> channels,
            int[] channel,
            Map<Numeric, long[]> numbers,
            Map<Text, CodedTexts> texts,
            @Nullable DistinctTexts sequences,
            int @Nullable [] files) {
        this.channels = channels;
        this.channel = channel;
        this.sequences = sequences;
        this.files = files;
        for (Numeric column : Numeric.values()) {
            long[] values = numbers.get(column);
            if (values == null) {
                values = new long[channel.length];
                Arrays.fill(values, NULL);
            }
            this.numbers.put(column, values);
        }
        CodedTexts none = CodedTexts.constant(null);
        for (Text column : Text.values()) {
            this.texts.put(column, texts.getOrDefault(column, none));
        }
    }

    @Override
    public int size() {
        return channel.length;
    }

    @Override
    public List<ChannelKey> channels() {
        return channels;
    }

    @Override
    public int channel(int row) {
        return channel[row];
    }

    /** For each row an index into {@link #channels()}. */
    public int[] channelNumbers() {
        return channel;
    }

    /** The same readings, each of the file with this number. */
    ReadingBlock ofFiles(int[] ofRows) {
        return new ReadingBlock(channels, channel, numbers, texts, sequences, ofRows);
    }

    @Override
    public int file(int row) {
        return files == null ? 0 : files[row];
    }

    @Override
    public long number(Numeric column, int row) {
        return numbers(column)[row];
    }

    /** All values of a column, null ones as {@link #NULL}. */
    public long[] numbers(Numeric column) {
        return requireNonNull(numbers.get(column));
    }

    @Override
    public byte @Nullable [] text(Text column, int row) {
        if (column != Text.COMMIT_SEQUENCE) {
            return texts(column).text(row);
        }
        return sequences == null ? null : sequences.text(row);
    }

    /** All values of a column other than the sequence numbers. */
    public CodedTexts texts(Text column) {
        return requireNonNull(texts.get(column));
    }

    /** The same rows with another column of texts. */
    ReadingBlock withTexts(Text column, CodedTexts changed) {
        Map<Text, CodedTexts> all = new EnumMap<>(texts);
        all.put(column, changed);
        return new ReadingBlock(channels, channel, numbers, all, sequences, files);
    }

    /** Hudi's sequence numbers; null if no row is in the table yet. */
    public @Nullable DistinctTexts sequences() {
        return sequences;
    }

    /** The meter of a row. */
    public byte[] meter(int row) {
        return channels.get(channel[row]).meterId();
    }

    /** The first row, from {@code from} on, of a meter after this one; the size if there is none. */
    public int firstAfter(byte[] meter, int from) {
        int low = from;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(meter(middle), meter) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** These rows in this order, which must be that of the key. */
    public ReadingBlock rows(int[] wanted) {
        return BlockGather.of(this, EMPTY, wanted);
    }

    /** The rows from one on up to another one, exclusively. */
    public ReadingBlock slice(int from, int to) {
        if (from == 0 && to == size()) {
            return this;
        }
        int[] wanted = new int[to - from];
        Arrays.setAll(wanted, row -> from + row);
        return rows(wanted);
    }
}
