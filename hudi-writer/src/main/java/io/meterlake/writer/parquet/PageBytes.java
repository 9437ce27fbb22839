package io.meterlake.writer.parquet;

import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the whole numbers of a page, many at a time: the counterpart of {@link HybridEncoding} and {@link DeltaEncoding},
 * for what any program wrote (Encodings.md, "Run Length Encoding / Bit-Packing Hybrid", "Delta Encoding"). Not
 * thread-safe.
 */
final class PageBytes {
    private final byte[] bytes;
    private int at;

    PageBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Where the next byte is. */
    int position() {
        return at;
    }

    int nextByte() throws IOException {
        require(1);
        return bytes[at++] & 0xff;
    }

    private long nextVarint() throws IOException {
        long value = 0;
        int shift = 0;
        int next;
        do {
            if (shift >= Long.SIZE) {
                throw damaged("a number of more than 64 bits");
            }
            next = nextByte();
            value |= (next & 0x7fL) << shift;
            shift += 7;
        } while (next > 0x7f);
        return value;
    }

    private int nextCount() throws IOException {
        long count = nextVarint();
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw damaged("a count of " + count);
        }
        return (int) count;
    }

    private long nextZigZag() throws IOException {
        long value = nextVarint();
        return value >>> 1 ^ -(value & 1);
    }

    /**
     * Reads numbers of the hybrid of run-length and bit-packed encoding.
     *
     * @param width how many bits a number has, 0 to 32
     * @param target is filled from its beginning with so many of them
     */
    void readHybrid(int width, int[] target, int count) throws IOException {
        checkWidth(width);
        int size = 0;
        while (size < count) {
            int header = nextCount();
            if ((header & 1) == 0) {
                int run = Math.min(header >>> 1, count - size);
                Arrays.fill(target, size, size + run, nextValue((width + Byte.SIZE - 1) / Byte.SIZE));
                if (run == 0) {
                    throw damaged("an empty run");
                }
                size += run;
            } else {
                // The last group may end where its numbers do.
                int packed = (int) Math.min((long) (header >>> 1) * BitPacker.GROUP, count - size);
                if (packed == 0) {
                    throw damaged("an empty stretch");
                }
                unpack(width, target, size, packed);
                size += packed;
            }
        }
    }

    private int nextValue(int length) throws IOException {
        int value = 0;
        for (int i = 0; i < length; i++) {
            value |= nextByte() << (i * Byte.SIZE);
        }
        return value;
    }

    /** Reads delta-encoded numbers, which fit into 32 bits each, as does the difference of any two that follow. */
    int[] readDeltas(int count) throws IOException {
        int block = nextCount();
        int miniblocks = nextCount();
        int all = nextCount();
        if (all != count || miniblocks == 0 || block % miniblocks != 0 || block / miniblocks % BitPacker.GROUP != 0) {
            throw damaged("%d numbers instead of %d, in %d parts of %d".formatted(all, count, miniblocks, block));
        }
        int[] numbers = new int[count];
        int value = (int) nextZigZag();
        if (count > 0) {
            numbers[0] = value;
        }
        int miniblock = block / miniblocks;
        for (int from = 1; from < count; from += block) {
            int least = (int) nextZigZag();
            int widths = at;
            require(miniblocks);
            at += miniblocks;
            for (int part = 0; part < miniblocks && from + part * miniblock < count; part++) {
                int first = from + part * miniblock;
                int width = bytes[widths + part] & 0xff;
                checkWidth(width);
                int begin = at;
                unpack(width, numbers, first, Math.min(miniblock, count - first));
                at = begin + miniblock / Byte.SIZE * width;
                for (int i = first; i < Math.min(first + miniblock, count); i++) {
                    value += least + numbers[i];
                    numbers[i] = value;
                }
            }
        }
        if (at > bytes.length) {
            throw damaged("it ends too early");
        }
        return numbers;
    }

    private void unpack(int width, int[] target, int from, int count) throws IOException {
        require((int) (((long) count * width + Byte.SIZE - 1) / Byte.SIZE));
        long mask = (1L << width) - 1;
        long pending = 0;
        int bits = 0;
        for (int i = from; i < from + count; i++) {
            while (bits < width) {
                pending |= (bytes[at++] & 0xffL) << bits;
                bits += Byte.SIZE;
            }
            target[i] = (int) (pending & mask);
            pending >>>= width;
            bits -= width;
        }
    }

    private static void checkWidth(int width) throws IOException {
        if (width > Integer.SIZE) {
            throw damaged("numbers of " + width + " bits");
        }
    }

    private void require(int length) throws IOException {
        if (length > bytes.length - at) {
            throw damaged("it ends too early");
        }
    }

    private static IOException damaged(String how) {
        return new IOException("a page is damaged: " + how);
    }
}
