package io.meterlake.writer.upsert;

import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingColumns.Text;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of two blocks as one block. */
public final class BlockGather {
    private final ReadingBlock first;
    private final ReadingBlock second;
    private final int[] rows;
    /** If all rows are those of the first block but for some: which. */
    private final @Nullable BitSet replaced;

    private BlockGather(ReadingBlock first, ReadingBlock second, int[] rows) {
        this.first = first;
        this.second = second;
        this.rows = rows;
        this.replaced = replaced(first, rows);
    }

    private static @Nullable BitSet replaced(ReadingBlock first, int[] rows) {
        BitSet replaced = new BitSet();
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] < 0) {
                replaced.set(i);
            } else if (rows[i] != i) {
                return null;
            }
        }
        return rows.length == first.size() ? replaced : null;
    }

    /**
     * Gathers rows. A column in which nothing differs from that of the first block is the very same object.
     *
     * @param rows in the order of the key: a row's number in the first block, or {@code ~} its number in the second
     */
    public static ReadingBlock of(ReadingBlock first, ReadingBlock second, int[] rows) {
        return new BlockGather(first, second, rows).gather();
    }

    private ReadingBlock gather() {
        Map<Numeric, long[]> numbers = new EnumMap<>(Numeric.class);
        for (Numeric column : Numeric.values()) {
            numbers.put(column, numbers(first.numbers(column), second.numbers(column)));
        }
        Map<Text, CodedTexts> texts = new EnumMap<>(Text.class);
        for (Text column : Text.values()) {
            texts.put(column, texts(first.texts(column), second.texts(column)));
        }
        List<ChannelKey> channels = new ArrayList<>();
        return new ReadingBlock(channels, channels(channels), numbers, texts, sequences());
    }

    private int[] channels(List<ChannelKey> channels) {
        int[] numbers = new int[rows.length];
        int last = -1;
        boolean lastOfFirst = false;
        for (int i = 0; i < rows.length; i++) {
            boolean ofFirst = rows[i] >= 0;
            ReadingBlock block = ofFirst ? first : second;
            int channel = block.channel(ofFirst ? rows[i] : ~rows[i]);
            if (channel != last || ofFirst != lastOfFirst) {
                ChannelKey key = block.channels().get(channel);
                if (channels.isEmpty() || !channels.getLast().equals(key)) {
                    channels.add(key);
                }
                last = channel;
                lastOfFirst = ofFirst;
            }
            numbers[i] = channels.size() - 1;
        }
        return numbers;
    }

    private long[] numbers(long[] ofFirst, long[] ofSecond) {
        if (replaced != null) {
            return patched(ofFirst, ofSecond, replaced);
        }
        long[] gathered = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            gathered[i] = rows[i] >= 0 ? ofFirst[rows[i]] : ofSecond[~rows[i]];
        }
        return gathered;
    }

    private long[] patched(long[] ofFirst, long[] ofSecond, BitSet places) {
        long[] patched = null;
        for (int i = places.nextSetBit(0); i >= 0; i = places.nextSetBit(i + 1)) {
            if (ofFirst[i] != ofSecond[~rows[i]]) {
                patched = patched == null ? ofFirst.clone() : patched;
                patched[i] = ofSecond[~rows[i]];
            }
        }
        return patched == null ? ofFirst : patched;
    }

    private CodedTexts texts(CodedTexts ofFirst, CodedTexts ofSecond) {
        if (ofFirst.isConstant() && (second.size() == 0 || ofFirst.hasAll(ofSecond))) {
            return ofFirst;
        }
        byte[][] texts = ofFirst.texts();
        int[] codeOfSecond = new int[ofSecond.texts().length];
        if (second.size() > 0) {
            texts = union(ofFirst.texts(), ofSecond.texts(), codeOfSecond);
        }
        if (replaced != null) {
            return patched(ofFirst, ofSecond, texts, codeOfSecond, replaced);
        }
        int[] codes = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            codes[i] = rows[i] >= 0 ? ofFirst.code(rows[i]) : codeOfSecond[ofSecond.code(~rows[i])];
        }
        return CodedTexts.of(texts, codes);
    }

    private CodedTexts patched(
            CodedTexts ofFirst, CodedTexts ofSecond, byte[][] texts, int[] codeOfSecond, BitSet places) {
        int[] codes = null;
        for (int i = places.nextSetBit(0); i >= 0; i = places.nextSetBit(i + 1)) {
            int code = codeOfSecond[ofSecond.code(~rows[i])];
            if (code != ofFirst.code(i)) {
                codes = codes == null ? ofFirst.codes(rows.length) : codes;
                codes[i] = code;
            }
        }
        return codes == null ? ofFirst : CodedTexts.of(texts, codes);
    }

    /** The first texts by their numbers, and of the second those that are not among them. */
    private static byte[][] union(byte[][] texts, byte[][] more, int[] codeOfMore) {
        Map<ByteBuffer, Integer> codes = new HashMap<>();
        List<byte[]> all = new ArrayList<>(Arrays.asList(texts));
        for (int code = 1; code < texts.length; code++) {
            codes.put(ByteBuffer.wrap(texts[code]), code);
        }
        for (int code = 1; code < more.length; code++) {
            Integer known = codes.putIfAbsent(ByteBuffer.wrap(more[code]), all.size());
            codeOfMore[code] = known == null ? all.size() : known;
            if (known == null) {
                all.add(more[code]);
            }
        }
        return all.toArray(new byte[0][]);
    }

    private @Nullable DistinctTexts sequences() {
        if (first.sequences() == null && second.sequences() == null) {
            return null;
        }
        if (replaced != null && first.sequences() != null) {
            return first.sequences().without(replaced);
        }
        DistinctTexts ofFirst = whole(first.sequences());
        DistinctTexts ofSecond = whole(second.sequences());
        int longest = Math.max(ofFirst == null ? 0 : ofFirst.longest(), ofSecond == null ? 0 : ofSecond.longest());
        byte[] text = new byte[longest];
        DistinctTexts gathered = new DistinctTexts(rows.length);
        for (int i = 0; i < rows.length; i++) {
            DistinctTexts source = rows[i] >= 0 ? ofFirst : ofSecond;
            int length = source == null ? -1 : source.copy(rows[i] >= 0 ? rows[i] : ~rows[i], text);
            if (length >= 0) {
                gathered.set(i, text, length);
            }
        }
        return gathered;
    }

    private static @Nullable DistinctTexts whole(@Nullable DistinctTexts texts) {
        return texts == null ? null : texts.whole();
    }
}
