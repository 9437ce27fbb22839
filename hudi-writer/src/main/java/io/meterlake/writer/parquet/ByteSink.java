package io.meterlake.writer.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes of a page that is being made, in an array that grows and is used again. Not thread-safe. */
final class ByteSink {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int LONGEST_VARINT = 10;

    private byte[] bytes = new byte[1 << 16];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** The bytes, as far as {@link #size()}. */
    byte[] array() {
        return bytes;
    }

    void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), 2 * bytes.length));
        }
    }

    /**
     * Takes so many bytes, which the caller fills.
     *
     * @return the position of the first; a whole number may be put at each of them, also where it reaches beyond the last
     */
    int claim(int more) {
        reserve(more + Long.BYTES);
        int position = size;
        size += more;
        return position;
    }

    void putByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    void putInt(int value) {
        reserve(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
    }

    void putIntAt(int position, int value) {
        INT.set(bytes, position, value);
    }

    void putLongAt(int position, long value) {
        LONG.set(bytes, position, value);
    }

    void putLong(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
    }

    void putLongBigEndian(long value) {
        reserve(Long.BYTES);
        LONG_BIG_ENDIAN.set(bytes, size, value);
        size += Long.BYTES;
    }

    /** ULEB128. */
    void putVarint(long value) {
        reserve(LONGEST_VARINT);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** ULEB128 of a number whose sign has been moved to the last bit. */
    void putZigZag(long value) {
        putVarint((value << 1) ^ (value >> 63));
    }

    void put(byte[] from, int offset, int length) {
        reserve(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }
}
