package io.meterlake.writer.parquet;

/**
 * Parquet's hybrid of run-length and bit-packed encoding, for dictionary numbers and definition levels (Encodings.md,
 * "Run Length Encoding / Bit-Packing Hybrid"). A stretch of bit-packed numbers is a multiple of eight long, so the start
 * of a run may have to fill it up.
 */
final class HybridEncoding {
    private HybridEncoding() {}

    /** Encodes {@code values[from..to)}, each less an offset, in at most so many bits. */
    static void encode(int[] values, int from, int to, int offset, int width, ByteSink out) {
        int literals = from;
        int at = from;
        while (at < to) {
            int end = endOfRun(values, at, to);
            if (end - at >= BitPacker.GROUP) {
                int filled = at + Math.floorMod(literals - at, BitPacker.GROUP);
                if (end - filled >= BitPacker.GROUP) {
                    bitPacked(values, literals, filled, offset, width, out);
                    run(values[at] - offset, end - filled, width, out);
                    literals = end;
                }
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
        out.putVarint((long) BitPacker.groups(to - from) << 1 | 1);
        BitPacker.pack(values, from, to, offset, width, out);
    }
}
