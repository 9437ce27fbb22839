package io.meterlake.writer.upsert;

import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingColumns.Text;
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
final class CopiedReadings {
    private static final int FIRST_CAPACITY = 16;
    private static final byte[] NONE = {};
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

    int size() {
        return size;
    }

    /** What was copied so far. */
    ReadingBlock block() {
        Map<Numeric, long[]> ofRows = new EnumMap<>(Numeric.class);
        numbers.forEach((number, values) -> ofRows.put(number, Arrays.copyOf(values, size)));
        Map<Text, CodedTexts> coded = new EnumMap<>(Text.class);
        for (Text text : TEXTS) {
            coded.put(text, coded(text));
        }
        return new ReadingBlock(List.copyOf(channels), Arrays.copyOf(channel, size), ofRows, coded, null);
    }

    private CodedTexts coded(Text column) {
        List<byte[]> distinct = new ArrayList<>();
        distinct.add(NONE);
        Map<ByteBuffer, Integer> known = new HashMap<>();
        int[] codeOfAll = new int[texts.size()];
        for (int all = 0; all < codeOfAll.length; all++) {
            byte[] text = texts.get(all).get(column);
            if (text != null) {
                codeOfAll[all] = known.computeIfAbsent(ByteBuffer.wrap(text), first -> {
                    distinct.add(text);
                    return distinct.size() - 1;
                });
            }
        }
        if (Arrays.stream(codeOfAll).distinct().count() == 1) {
            return CodedTexts.constant(texts.getFirst().get(column));
        }
        int[] codes = new int[size];
        Arrays.setAll(codes, row -> codeOfAll[code[row]]);
        return CodedTexts.of(distinct.toArray(new byte[0][]), codes);
    }
}
