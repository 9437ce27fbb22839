package io.meterlake.writer.parquet;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.DistinctTexts;
import io.meterlake.writer.upsert.ReadingColumns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A base file's rows. Filled by {@link BaseFileReader}, then {@linkplain #sorted sorted}, and constant from then on. */
final class BaseFileColumns implements ReadingColumns {
    private static final byte[] NONE = {};

    private final int size;
    private final int[] channel;
    private final Map<Numeric, long[]> numbers = new EnumMap<>(Numeric.class);
    private final Map<Text, DictionaryColumn> texts = new EnumMap<>(Text.class);
    private final DistinctTexts sequences;
    private final Map<ChannelKey, Integer> channelNumbers = new HashMap<>();
    private List<ChannelKey> channels = new ArrayList<>();

    /** Where the rows stand in the file if that is not in the order of their keys. */
    private int @Nullable [] places;

    BaseFileColumns(int size) {
        this.size = size;
        this.channel = new int[size];
        for (Numeric number : Numeric.values()) {
            long[] values = new long[size];
            Arrays.fill(values, NULL);
            numbers.put(number, values);
        }
        for (Text text : Text.values()) {
            texts.put(text, new DictionaryColumn(text == Text.COMMIT_SEQUENCE ? 0 : size));
        }
        this.sequences = new DistinctTexts(size);
    }

    long[] numbers(Numeric column) {
        return requireNonNull(numbers.get(column));
    }

    DictionaryColumn texts(Text column) {
        return requireNonNull(texts.get(column));
    }

    DistinctTexts sequences() {
        return sequences;
    }

    void addChannels(int from, int rows, DictionaryColumn meterIds, DictionaryColumn channelIds) {
        int lastMeter = -1;
        int lastChannel = -1;
        int number = -1;
        for (int row = 0; row < rows; row++) {
            if (meterIds.code(row) != lastMeter || channelIds.code(row) != lastChannel) {
                lastMeter = meterIds.code(row);
                lastChannel = channelIds.code(row);
                number = channelNumber(new ChannelKey(orNone(meterIds.text(row)), orNone(channelIds.text(row))));
            }
            channel[from + row] = number;
        }
    }

    private int channelNumber(ChannelKey key) {
        Integer known = channelNumbers.putIfAbsent(key, channels.size());
        if (known == null) {
            channels.add(key);
            return channels.size() - 1;
        }
        return known;
    }

    private static byte[] orNone(byte @Nullable [] text) {
        return text == null ? NONE : text;
    }

    /** Puts the rows into the order of their keys; what we write has it already. */
    BaseFileColumns sorted(Path file) {
        List<ChannelKey> inOrder = channels.stream().sorted().toList();
        if (!inOrder.equals(channels)) {
            int[] ranks = new int[channels.size()];
            for (int rank = 0; rank < ranks.length; rank++) {
                ranks[requireNonNull(channelNumbers.get(inOrder.get(rank)))] = rank;
            }
            Arrays.setAll(channel, row -> ranks[channel[row]]);
            channels = inOrder;
        }
        long[] starts = numbers(Numeric.START);
        boolean sorted = true;
        for (int row = 1; row < size && sorted; row++) {
            sorted = channel[row - 1] < channel[row]
                    || (channel[row - 1] == channel[row] && starts[row - 1] < starts[row]);
        }
        if (!sorted) {
            Comparator<Integer> byKey =
                    Comparator.<Integer>comparingInt(row -> channel[row]).thenComparingLong(row -> starts[row]);
            Integer[] rows = new Integer[size];
            Arrays.setAll(rows, row -> row);
            Arrays.sort(rows, byKey);
            refuseDoubles(file, rows, byKey);
            places = Arrays.stream(rows).mapToInt(Integer::intValue).toArray();
        }
        return this;
    }

    private void refuseDoubles(Path file, Integer[] rows, Comparator<Integer> byKey) {
        for (int i = 1; i < rows.length; i++) {
            if (byKey.compare(rows[i - 1], rows[i]) == 0) {
                throw new MeterlakeException(
                        LakeErrorCode.FOREIGN_TABLE,
                        "Cannot merge into " + file + ": it has two rows for " + channels.get(channel[rows[i]]) + " at "
                                + numbers(Numeric.START)[rows[i]] + " µs",
                        "Another program inserted instead of upserting; roll its commit back");
            }
        }
    }

    private int place(int row) {
        return places == null ? row : places[row];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public List<ChannelKey> channels() {
        return channels;
    }

    @Override
    public int channel(int row) {
        return channel[place(row)];
    }

    @Override
    public long number(Numeric column, int row) {
        return requireNonNull(numbers.get(column))[place(row)];
    }

    @Override
    public byte @Nullable [] text(Text column, int row) {
        return column == Text.COMMIT_SEQUENCE
                ? sequences.text(place(row))
                : requireNonNull(texts.get(column)).text(place(row));
    }
}
