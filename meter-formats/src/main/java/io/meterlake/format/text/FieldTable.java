package io.meterlake.format.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Numbers the distinct contents of a few fields of a record, without making an object for a row that repeats one: the
 * way from the bytes of a meter's id to the handle of its series. Not thread-safe.
 */
public final class FieldTable {
    /** What {@link #find} returns if the contents have no number yet. */
    public static final int ABSENT = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] NONE = {};

    private final int[] fields;
    private long[] hashes = new long[1 << 10];
    private int[] numbers = new int[1 << 10];
    private byte[][] keys = new byte[1 << 10][];
    private int size;

    /** @param fields the fields whose contents count, in this order */
    public FieldTable(int... fields) {
        this.fields = fields.clone();
        Arrays.fill(numbers, ABSENT);
        Arrays.fill(keys, NONE);
    }

    /** The number of the record's contents, or {@link #ABSENT}. */
    public int find(DelimitedReader record) {
        long hash = hash(record);
        int mask = numbers.length - 1;
        for (int slot = slot(hash, mask); ; slot = (slot + 1) & mask) {
            if (numbers[slot] == ABSENT) {
                return ABSENT;
            }
            if (hashes[slot] == hash && equal(record, keys[slot])) {
                return numbers[slot];
            }
        }
    }

    /** Gives the record's contents, which must be absent, the next number: 0, 1, 2 … */
    public int add(DelimitedReader record) {
        if (2 * size >= numbers.length) {
            grow();
        }
        put(hash(record), size, key(record));
        return size++;
    }

    private void put(long hash, int number, byte[] key) {
        int mask = numbers.length - 1;
        int slot = slot(hash, mask);
        while (numbers[slot] != ABSENT) {
            slot = (slot + 1) & mask;
        }
        hashes[slot] = hash;
        numbers[slot] = number;
        keys[slot] = key;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldNumbers = numbers;
        byte[][] oldKeys = keys;
        hashes = new long[2 * oldHashes.length];
        numbers = new int[2 * oldNumbers.length];
        keys = new byte[2 * oldKeys.length][];
        Arrays.fill(numbers, ABSENT);
        Arrays.fill(keys, NONE);
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] != ABSENT) {
                put(oldHashes[i], oldNumbers[i], oldKeys[i]);
            }
        }
    }

    private long hash(DelimitedReader record) {
        byte[] bytes = record.buffer();
        long hash = 0;
        for (int field : fields) {
            int at = record.start(field);
            int end = record.end(field);
            hash = mix(hash, end - at);
            for (; at + Long.BYTES <= end; at += Long.BYTES) {
                hash = mix(hash, (long) LONGS.get(bytes, at));
            }
            long rest = 0;
            for (; at < end; at++) {
                rest = (rest << 8) | (bytes[at] & 0xFF);
            }
            hash = mix(hash, rest);
        }
        return hash;
    }

    private static long mix(long hash, long word) {
        long mixed = (hash ^ word) * 0x9E37_79B9_7F4A_7C15L;
        return mixed ^ (mixed >>> 32);
    }

    private static int slot(long hash, int mask) {
        return (int) hash & mask;
    }

    /** The contents one behind the other, each after its length in four bytes. */
    private byte[] key(DelimitedReader record) {
        int length = 0;
        for (int field : fields) {
            length += Integer.BYTES + record.end(field) - record.start(field);
        }
        byte[] key = new byte[length];
        int at = 0;
        for (int field : fields) {
            int size = record.end(field) - record.start(field);
            for (int i = 0; i < Integer.BYTES; i++) {
                key[at++] = (byte) (size >>> (8 * i));
            }
            System.arraycopy(record.buffer(), record.start(field), key, at, size);
            at += size;
        }
        return key;
    }

    private boolean equal(DelimitedReader record, byte[] key) {
        int at = 0;
        for (int field : fields) {
            int size = record.end(field) - record.start(field);
            int theirs = (key[at] & 0xFF)
                    | ((key[at + 1] & 0xFF) << 8)
                    | ((key[at + 2] & 0xFF) << 16)
                    | ((key[at + 3] & 0xFF) << 24);
            at += Integer.BYTES;
            if (size != theirs
                    || !Arrays.equals(key, at, at + size, record.buffer(), record.start(field), record.end(field))) {
                return false;
            }
            at += size;
        }
        return true;
    }
}
