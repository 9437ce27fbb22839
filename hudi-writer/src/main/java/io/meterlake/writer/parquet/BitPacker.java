package io.meterlake.writer.parquet;

/** Packs numbers of a few bits each, the least significant bit first, as all of Parquet's encodings do. */
final class BitPacker {
    /** Numbers are packed by so many, which fill whole bytes. */
    static final int GROUP = 8;

    private BitPacker() {}

    /**
     * Packs numbers of an array.
     *
     * @param count how many, from the first on: a multiple of {@link #GROUP}
     * @param width how many bits each takes, 0 to 64; none of them has more
     */
    static void pack(long[] values, int from, int count, int width, ByteSink out) {
        if (width == 0) {
            return;
        }
        int position = out.claim(count / GROUP * width);
        long pending = 0;
        int bits = 0;
        for (int i = from; i < from + count; i++) {
            pending |= values[i] << bits;
            bits += width;
            if (bits >= Long.SIZE) {
                out.putLongAt(position, pending);
                position += Long.BYTES;
                bits -= Long.SIZE;
                // What did not fit; a shift by 64 would be one by none.
                pending = bits == 0 ? 0 : values[i] >>> (width - bits);
            }
        }
        out.putLongAt(position, pending);
    }

    /**
     * Packs {@code values[from..to)}, each less an offset, and zeros to fill the last group.
     *
     * @param width how many bits each takes, 0 to 32; none of them has more
     */
    static void pack(int[] values, int from, int to, int offset, int width, ByteSink out) {
        int position = out.claim(groups(to - from) * width);
        long pending = 0;
        int bits = 0;
        for (int i = from; i < to; i++) {
            pending |= (values[i] - offset & 0xFFFF_FFFFL) << bits;
            bits += width;
            if (bits >= Integer.SIZE) {
                out.putIntAt(position, (int) pending);
                position += Integer.BYTES;
                pending >>>= Integer.SIZE;
                bits -= Integer.SIZE;
            }
        }
        while (position < out.size()) {
            out.putIntAt(position, (int) pending);
            position += Integer.BYTES;
            pending = 0;
        }
    }

    /** How many groups so many numbers need. */
    static int groups(int count) {
        return (count + GROUP - 1) / GROUP;
    }

    /** How many bits the number takes. */
    static int width(long value) {
        return Long.SIZE - Long.numberOfLeadingZeros(value);
    }
}
