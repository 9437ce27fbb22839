package io.meterlake.format.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Numbers the distinct contents of a few fields of a record, without making an object for a row that repeats one: the
 * way from the bytes of a meter's id to the handle of its series. Senders write meter after meter or interval after
 * interval, so what followed the last record's contents before is tried first; that needs no hash, and next to no memory
 * that is not at hand. Not thread-safe.
 */
public final class FieldTable {
    /** What {@link #find} returns if the contents have no number yet. */
    public static final int ABSENT = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final int[] fields;

    private long[] hashes = new long[1 << 10];
    private int[] numbers = new int[1 << 10];

    /** The contents by their numbers, one behind the other: of each field its length in four bytes, and its bytes. */
    private byte[] contents = new byte[1 << 14];

    private int[] starts = new int[1 << 9];
    private int end;

    /** By number, the contents that last came behind it. */
    private int[] followers = new int[1 << 9];

    private int last = ABSENT;
    private int size;

    /** @param fields the fields whose contents count, in this order */
    public FieldTable(int... fields) {
        this.fields = fields.clone();
        Arrays.fill(numbers, ABSENT);
    }

    /** The number of the record's contents, or {@link #ABSENT}. */
    public int find(FieldRecords record) {
        int guess = last == ABSENT ? ABSENT : followers[last];
        if (guess == ABSENT || !equal(record, guess)) {
            guess = lookUp(record);
            if (guess == ABSENT) {
                return ABSENT;
            }
            if (last != ABSENT) {
                followers[last] = guess;
            }
        }
        last = guess;
        return guess;
    }

    private int lookUp(FieldRecords record) {
        long hash = hash(record);
        int mask = numbers.length - 1;
        for (int slot = slot(hash, mask); ; slot = (slot + 1) & mask) {
            int number = numbers[slot];
            if (number == ABSENT || (hashes[slot] == hash && equal(record, number))) {
                return number;
            }
        }
    }

    /** Gives the record's contents, which must be absent, the next number: 0, 1, 2 … */
    public int add(FieldRecords record) {
        if (2 * size >= numbers.length) {
            grow();
        }
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            followers = Arrays.copyOf(followers, 2 * size);
        }
        put(hash(record), size);
        starts[size] = end;
        followers[size] = ABSENT;
        keep(record);
        return size++;
    }

    private void put(long hash, int number) {
        int mask = numbers.length - 1;
        int slot = slot(hash, mask);
        while (numbers[slot] != ABSENT) {
            slot = (slot + 1) & mask;
        }
        hashes[slot] = hash;
        numbers[slot] = number;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldNumbers = numbers;
        hashes = new long[2 * oldHashes.length];
        numbers = new int[2 * oldNumbers.length];
        Arrays.fill(numbers, ABSENT);
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] != ABSENT) {
                put(oldHashes[i], oldNumbers[i]);
            }
        }
    }

    private long hash(FieldRecords record) {
        byte[] bytes = record.buffer();
        long hash = 0;
        for (int field : fields) {
            int at = record.start(field);
            int to = record.end(field);
            hash = mix(hash, to - at);
            for (; at + Long.BYTES <= to; at += Long.BYTES) {
                hash = mix(hash, (long) LONGS.get(bytes, at));
            }
            long rest = 0;
            for (; at < to; at++) {
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

    private void keep(FieldRecords record) {
        for (int field : fields) {
            int length = record.end(field) - record.start(field);
            int needed = Math.addExact(end, Integer.BYTES + length);
            if (needed > contents.length) {
                contents = Arrays.copyOf(contents, Math.max(needed, (int) Math.min(2L * end, Integer.MAX_VALUE - 8)));
            }
            INTS.set(contents, end, length);
            System.arraycopy(record.buffer(), record.start(field), contents, end + Integer.BYTES, length);
            end = needed;
        }
    }

    private boolean equal(FieldRecords record, int number) {
        int at = starts[number];
        for (int field : fields) {
            int from = record.start(field);
            int length = record.end(field) - from;
            if (length != (int) INTS.get(contents, at)) {
                return false;
            }
            at += Integer.BYTES;
            if (!Arrays.equals(contents, at, at + length, record.buffer(), from, from + length)) {
                return false;
            }
            at += length;
        }
        return true;
    }
}
