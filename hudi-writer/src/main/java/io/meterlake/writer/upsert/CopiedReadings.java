package io.meterlake.writer.upsert;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows picked out of others, which need not be kept for it. A row's texts are mostly those of the row before: all of a
 * row's texts together have one number. Not thread-safe.
 */
final class CopiedReadings implements ReadingColumns {
    private static final int FIRST_CAPACITY = 16;
    private static final Numeric[] NUMBERS = Numeric.values();
    /** Hudi's own are left out: a copy is on its way to another table. */
    private static final Set<Text> TEXTS =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Text.COMMIT_TIME, Text.COMMIT_SEQUENCE)));

    private final Map<Numeric, long[]> numbers = new EnumMap<>(Numeric.class);
    private final List<ChannelKey> channels = new ArrayList<>();
    private final List<Map<Text, byte[]>> texts = new ArrayList<>();
    private final Map<List<@Nullable ByteBuffer>, Integer> codeOfTexts = new HashMap<>();
    private int[] channel = new int[FIRST_CAPACITY];
    private int[] code = new int[FIRST_CAPACITY];
    private int size;

    CopiedReadings() {
        for (Numeric number : NUMBERS) {
            numbers.put(number, new long[FIRST_CAPACITY]);
        }
    }

    /** Copies a row; to be called in the order of the key. */
    void add(ReadingColumns from, int row) {
        if (size == channel.length) {
            grow();
        }
        ChannelKey key = from.channels().get(from.channel(row));
        if (channels.isEmpty() || !channels.getLast().equals(key)) {
            channels.add(key);
        }
        channel[size] = channels.size() - 1;
        numbers.forEach((number, values) -> values[size] = from.number(number, row));
        code[size] = size > 0 && sameTexts(code[size - 1], from, row) ? code[size - 1] : textsOf(from, row);
        size++;
    }

    private void grow() {
        int capacity = Math.addExact(size, size / 2);
        channel = Arrays.copyOf(channel, capacity);
        code = Arrays.copyOf(code, capacity);
        numbers.replaceAll((number, values) -> Arrays.copyOf(values, capacity));
    }

    private boolean sameTexts(int known, ReadingColumns from, int row) {
        Map<Text, byte[]> ofKnown = texts.get(known);
        for (Text text : TEXTS) {
            if (!Arrays.equals(ofKnown.get(text), from.text(text, row))) {
                return false;
            }
        }
        return true;
    }

    private int textsOf(ReadingColumns from, int row) {
        Map<Text, byte[]> ofRow = new EnumMap<>(Text.class);
        List<@Nullable ByteBuffer> key = new ArrayList<>();
        for (Text text : TEXTS) {
            byte[] value = from.text(text, row);
            key.add(value == null ? null : ByteBuffer.wrap(value));
            if (value != null) {
                ofRow.put(text, value);
            }
        }
        Integer known = codeOfTexts.putIfAbsent(key, texts.size());
        if (known == null) {
            texts.add(ofRow);
            return texts.size() - 1;
        }
        return known;
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
        return channel[row];
    }

    @Override
    public long number(Numeric column, int row) {
        long[] values = numbers.get(column);
        return values == null ? NULL : values[row];
    }

    @Override
    public byte @Nullable [] text(Text column, int row) {
        return texts.get(code[row]).get(column);
    }
}
