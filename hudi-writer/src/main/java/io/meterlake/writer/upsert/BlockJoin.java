package io.meterlake.writer.upsert;

import static java.util.Objects.requireNonNull;

import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingColumns.Text;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of many blocks, one after the other, as one block without Hudi's sequence numbers. */
public final class BlockJoin {
    private final List<Rows> rows;
    private final int size;

    private BlockJoin(List<Rows> rows) {
        this.rows = rows;
        this.size = Math.toIntExact(
                rows.stream().mapToLong(part -> part.to() - part.from()).sum());
    }

    /** The rows of a block from one on up to another one, exclusively, all of one channel. */
    public record Rows(ReadingBlock block, int from, int to) {}

    /**
     * Joins rows.
     *
     * @param rows in the order of the key, each with at least one row
     */
    public static ReadingBlock of(List<Rows> rows) {
        return new BlockJoin(rows).join();
    }

    private ReadingBlock join() {
        Map<Numeric, long[]> numbers = new EnumMap<>(Numeric.class);
        for (Numeric column : Numeric.values()) {
            long[] joined = new long[size];
            int at = 0;
            for (Rows part : rows) {
                System.arraycopy(part.block().numbers(column), part.from(), joined, at, part.to() - part.from());
                at += part.to() - part.from();
            }
            numbers.put(column, joined);
        }
        Map<Text, CodedTexts> texts = new EnumMap<>(Text.class);
        for (Text column : Text.values()) {
            if (column != Text.COMMIT_SEQUENCE) {
                texts.put(column, texts(column));
            }
        }
        List<ChannelKey> channels = new ArrayList<>();
        return new ReadingBlock(channels, channels(channels), numbers, texts, null);
    }

    private int[] channels(List<ChannelKey> channels) {
        int[] numbers = new int[size];
        int at = 0;
        for (Rows part : rows) {
            ChannelKey key = part.block().channels().get(part.block().channel(part.from()));
            if (channels.isEmpty() || !channels.getLast().equals(key)) {
                channels.add(key);
            }
            int end = at + part.to() - part.from();
            Arrays.fill(numbers, at, end, channels.size() - 1);
            at = end;
        }
        return numbers;
    }

    private CodedTexts texts(Text column) {
        List<byte[]> all = new ArrayList<>();
        all.add(new byte[0]);
        Map<ByteBuffer, Integer> codeOfText = new HashMap<>();
        IdentityHashMap<ReadingBlock, int[]> codesOfBlock = new IdentityHashMap<>();
        boolean constant = true;
        for (Rows part : rows) {
            CodedTexts texts = part.block().texts(column);
            constant &=
                    texts.isConstant() && rows.getFirst().block().texts(column).hasAll(texts);
            codesOfBlock.computeIfAbsent(part.block(), block -> codes(texts, all, codeOfText));
        }
        if (constant) {
            return CodedTexts.constant(rows.isEmpty() ? null : first(column));
        }
        int[] joined = new int[size];
        int at = 0;
        for (Rows part : rows) {
            CodedTexts texts = part.block().texts(column);
            int[] codes = requireNonNull(codesOfBlock.get(part.block()));
            for (int row = part.from(); row < part.to(); row++) {
                joined[at++] = codes[texts.code(row)];
            }
        }
        return CodedTexts.of(all.toArray(new byte[0][]), joined);
    }

    private byte @Nullable [] first(Text column) {
        return rows.getFirst().block().texts(column).text(0);
    }

    /** For each number of a block's texts that of all blocks' texts, to which it adds what they lack. */
    private static int[] codes(CodedTexts texts, List<byte[]> all, Map<ByteBuffer, Integer> codeOfText) {
        int[] codes = new int[texts.texts().length];
        for (int code = 1; code < codes.length; code++) {
            byte[] text = texts.texts()[code];
            Integer known = codeOfText.putIfAbsent(ByteBuffer.wrap(text), all.size());
            codes[code] = known == null ? all.size() : known;
            if (known == null) {
                all.add(text);
            }
        }
        return codes;
    }
}
