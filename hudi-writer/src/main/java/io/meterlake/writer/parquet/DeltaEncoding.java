package io.meterlake.writer.parquet;

/** Parquet's DELTA_BINARY_PACKED (Encodings.md, "Delta Encoding"), with blocks as parquet-java makes them. */
final class DeltaEncoding {
    private static final int BLOCK = 128;
    private static final int MINIBLOCKS = 4;
    private static final int MINIBLOCK = BLOCK / MINIBLOCKS;

    private final long[] deltas = new long[BLOCK];

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
            for (int i = from; width > 0 && i < from + MINIBLOCK; i++) {
                packer.put(i < size ? deltas[i] : 0, width);
            }
            packer.flush();
        }
    }
}
