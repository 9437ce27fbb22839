package io.meterlake.writer.parquet;

import java.util.Arrays;

/** Parquet's DELTA_BINARY_PACKED (Encodings.md, "Delta Encoding"), with blocks as parquet-java makes them. */
final class DeltaEncoding {
    private static final int BLOCK = 128;
    private static final int MINIBLOCKS = 4;
    private static final int MINIBLOCK = BLOCK / MINIBLOCKS;

    private final long[] deltas = new long[BLOCK];
    private final int[] widths = new int[MINIBLOCKS];

    /** Encodes the first numbers of an array. */
    void encode(long[] values, int count, ByteSink out) {
        long previous = begin(count, count == 0 ? 0 : values[0], out);
        for (int at = 1; at < count; at += BLOCK) {
            int size = Math.min(BLOCK, count - at);
            for (int i = 0; i < size; i++) {
                deltas[i] = values[at + i] - previous;
                previous = values[at + i];
            }
            block(size, out);
        }
    }

    /** Encodes the first numbers of an array, which are not negative. */
    void encode(int[] values, int count, ByteSink out) {
        long previous = begin(count, count == 0 ? 0 : values[0], out);
        for (int at = 1; at < count; at += BLOCK) {
            int size = Math.min(BLOCK, count - at);
            for (int i = 0; i < size; i++) {
                deltas[i] = values[at + i] - previous;
                previous = values[at + i];
            }
            block(size, out);
        }
    }

    private static long begin(int count, long first, ByteSink out) {
        out.putVarint(BLOCK);
        out.putVarint(MINIBLOCKS);
        out.putVarint(count);
        out.putZigZag(first);
        return first;
    }

    private void block(int size, ByteSink out) {
        long least = deltas[0];
        for (int i = 1; i < size; i++) {
            least = Math.min(least, deltas[i]);
        }
        out.putZigZag(least);
        for (int i = 0; i < size; i++) {
            deltas[i] -= least;
        }
        Arrays.fill(deltas, size, BLOCK, 0);
        for (int miniblock = 0; miniblock < MINIBLOCKS; miniblock++) {
            widths[miniblock] = width(miniblock * MINIBLOCK);
            out.putByte(widths[miniblock]);
        }
        for (int miniblock = 0; miniblock * MINIBLOCK < size; miniblock++) {
            BitPacker.pack(deltas, miniblock * MINIBLOCK, MINIBLOCK, widths[miniblock], out);
        }
    }

    /** How many bits the greatest delta of a miniblock takes: as many as all of them laid upon each other. */
    private int width(int from) {
        long all = 0;
        for (int i = from; i < from + MINIBLOCK; i++) {
            all |= deltas[i];
        }
        return BitPacker.width(all);
    }
}
