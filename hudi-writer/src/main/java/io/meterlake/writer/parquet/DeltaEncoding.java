package io.meterlake.writer.parquet;

import java.util.function.IntToLongFunction;

/** Parquet's DELTA_BINARY_PACKED (Encodings.md, "Delta Encoding"), with blocks as parquet-java makes them. */
final class DeltaEncoding {
    private static final int BLOCK = 128;
    private static final int MINIBLOCKS = 4;
    private static final int MINIBLOCK = BLOCK / MINIBLOCKS;

    private final long[] deltas = new long[BLOCK];

    /** Encodes so many numbers; those of an INT32 column must be far from its limits. */
    void encode(IntToLongFunction values, int count, ByteSink out) {
        out.putVarint(BLOCK);
        out.putVarint(MINIBLOCKS);
        out.putVarint(count);
        long previous = count == 0 ? 0 : values.applyAsLong(0);
        out.putZigZag(previous);
        int at = 1;
        while (at < count) {
            int size = Math.min(BLOCK, count - at);
            long least = Long.MAX_VALUE;
            for (int i = 0; i < size; i++) {
                long value = values.applyAsLong(at + i);
                deltas[i] = value - previous;
                least = Math.min(least, deltas[i]);
                previous = value;
            }
            block(size, least, out);
            at += size;
        }
    }

    private void block(int size, long least, ByteSink out) {
        out.putZigZag(least);
        int[] widths = new int[MINIBLOCKS];
        for (int i = 0; i < size; i++) {
            deltas[i] -= least;
            widths[i / MINIBLOCK] = Math.max(widths[i / MINIBLOCK], BitPacker.width(deltas[i]));
        }
        for (int width : widths) {
            out.putByte(width);
        }
        BitPacker packer = new BitPacker(out);
        for (int from = 0; from < size; from += MINIBLOCK) {
            int width = widths[from / MINIBLOCK];
            for (int i = from; i < from + MINIBLOCK; i++) {
                packer.put(i < size ? deltas[i] : 0, width);
            }
            packer.flush();
        }
    }
}
