package io.meterlake.writer.upsert;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers the days and buckets that readings belong into, in the order in which they come: neighbouring readings are
 * mostly of one day. Not thread-safe.
 */
final class SlotNumbers {
    private final Map<Integer, int[]> numbersOfDay = new HashMap<>();
    private long[] slots = new long[16];
    private int size;
    private int lastDay;
    private int[] ofLastDay = new int[0];

    /** A day and a bucket as one number, in whose order slots are. */
    static long slot(int day, int bucket) {
        return (long) day << Integer.SIZE | bucket;
    }

    static LocalDate day(long slot) {
        return LocalDate.ofEpochDay(slot >> Integer.SIZE);
    }

    static int bucket(long slot) {
        return (int) slot;
    }

    int of(int day, int bucket) {
        if (day != lastDay || bucket >= ofLastDay.length) {
            lastDay = day;
            int[] known = numbersOfDay.getOrDefault(day, new int[0]);
            if (bucket >= known.length) {
                known = Arrays.copyOf(known, Math.max(bucket + 1, 2 * known.length));
                numbersOfDay.put(day, known);
            }
            ofLastDay = known;
        }
        if (ofLastDay[bucket] == 0) {
            if (size == slots.length) {
                slots = Arrays.copyOf(slots, 2 * size);
            }
            slots[size++] = slot(day, bucket);
            ofLastDay[bucket] = size;
        }
        return ofLastDay[bucket] - 1;
    }

    /** All slots in their order. */
    long[] inOrder() {
        long[] sorted = Arrays.copyOf(slots, size);
        Arrays.sort(sorted);
        return sorted;
    }

    /** By number: the place of the slot in the order. */
    int[] places() {
        long[] sorted = inOrder();
        int[] places = new int[size];
        Arrays.setAll(places, number -> Arrays.binarySearch(sorted, slots[number]));
        return places;
    }
}
