package io.meterlake.writer.parquet;

/**
 * Parquet's hybrid of run-length and bit-packed encoding, for dictionary numbers and definition levels (Encodings.md,
 * "Run Length Encoding / Bit-Packing Hybrid"). A stretch of bit-packed numbers is a multiple of eight long, so the start
 * of a run may have to fill it up.
 */
final class HybridEncoding {
    private static final int GROUP = 8;

    private HybridEncoding() {}

    /** Encodes {@code values[from..to)}, each less an offset, in at most so many bits. */
    static void encode(int[] values, int from, int to, int offset, int width, ByteSink out) {
        int literals = from;
        int at = from;
        while (at < to) {
            int end = endOfRun(values, at, to);
            int filled = at + Math.floorMod(literals - at, GROUP);
            if (end - filled >= GROUP) {
                bitPacked(values, literals, filled, offset, width, out);
                run(values[at] - offset, end - filled, width, out);
                literals = end;
            }
            at = end;
        }
        bitPacked(values, literals, to, offset, width, out);
    }

    private static int endOfRun(int[] values, int from, int to) {
        int value = values[from];
        int end = from + 1;
        while (end < to && values[end] == value) {
            end++;
        }
        return end;
    }

    /** Encodes the same number so many times. */
    static void run(int value, int count, int width, ByteSink out) {
        out.putVarint((long) count << 1);
        for (int bit = 0; bit < width; bit += Byte.SIZE) {
            out.putByte(value >>> bit);
        }
    }

    private static void bitPacked(int[] values, int from, int to, int offset, int width, ByteSink out) {
        if (from == to) {
            return;
        }
        int groups = (to - from + GROUP - 1) / GROUP;
        out.putVarint((long) groups << 1 | 1);
        out.reserve(groups * width + Integer.BYTES);
        BitPacker packer = new BitPacker(out);
        for (int i = from; i < to; i++) {
            packer.put(values[i] - offset, width);
        }
        for (int i = to - from; i < groups * GROUP; i++) {
            packer.put(0, width);
        }
        packer.flush();
    }
}
