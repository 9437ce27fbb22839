package io.meterlake.writer.parquet;

/** Packs numbers of a few bits each, the least significant bit first, as all of Parquet's encodings do. */
final class BitPacker {
    private final ByteSink out;
    private long pending;
    private int bits;

    BitPacker(ByteSink out) {
        this.out = out;
    }

    /**
     * @param value a number of no more bits than this
     * @param width 0 to 64
     */
    void put(long value, int width) {
        if (width <= Integer.SIZE) {
            pending |= value << bits;
            bits += width;
            if (bits >= Integer.SIZE) {
                out.putInt((int) pending);
                pending >>>= Integer.SIZE;
                bits -= Integer.SIZE;
            }
        } else {
            put(value & 0xFFFF_FFFFL, Integer.SIZE);
            put(value >>> Integer.SIZE, width - Integer.SIZE);
        }
    }

    /** Fills the last byte with zeros. */
    void flush() {
        while (bits > 0) {
            out.putByte((int) pending);
            pending >>>= Byte.SIZE;
            bits -= Byte.SIZE;
        }
        pending = 0;
        bits = 0;
    }

    /** How many bits the number takes. */
    static int width(long value) {
        return Long.SIZE - Long.numberOfLeadingZeros(value);
    }
}
