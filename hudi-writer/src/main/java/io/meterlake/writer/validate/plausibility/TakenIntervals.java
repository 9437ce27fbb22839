package io.meterlake.writer.validate.plausibility;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which intervals of a channel a file has brought: a bit for each quarter of an hour, or shorter where its intervals do not
 * fit quarters; some 20 bytes a channel and day. Not thread-safe.
 */
final class TakenIntervals {
    private static final long MICROS_PER_MINUTE = 60_000_000;
    private static final int QUARTER = 15;
    private static final int HOUR = 60;
    private static final int DAY = 1440;

    /** A day has 23 hours once a year: the next one's value is no overlap. */
    private static final int SHORTEST_DAY = 1380;

    private static final int PAGE_BITS = 768;

    private final List<OfLength> lengths = new ArrayList<>();

    /** The intervals of one length. */
    private record OfLength(int minutes, int stepMinutes, Map<Long, long[]> pages) {
        static OfLength of(int minutes) {
            // Nobody has checked that other lengths start at their grid.
            int step = minutes <= HOUR || minutes == DAY ? gcd(minutes, QUARTER) : 1;
            return new OfLength(minutes, step, new HashMap<>());
        }

        private static int gcd(int a, int b) {
            return b == 0 ? a : gcd(b, a % b);
        }

        private long step(long startMinute) {
            return Math.floorDiv(startMinute, stepMinutes);
        }

        boolean hasStart(long startMinute) {
            return Math.floorMod(startMinute, stepMinutes) == 0 && has(step(startMinute));
        }

        boolean has(long step) {
            long[] page = pages.get(Math.floorDiv(step, PAGE_BITS));
            int bit = Math.floorMod(step, PAGE_BITS);
            return page != null && (page[bit / Long.SIZE] & 1L << bit % Long.SIZE) != 0;
        }

        void add(long step) {
            long[] page =
                    pages.computeIfAbsent(Math.floorDiv(step, PAGE_BITS), number -> new long[PAGE_BITS / Long.SIZE]);
            int bit = Math.floorMod(step, PAGE_BITS);
            page[bit / Long.SIZE] |= 1L << bit % Long.SIZE;
        }

        /**
         * Whether there is one that starts after the first minute and before the second.
         *
         * @param but the step of one that does not count
         */
        boolean hasBetween(long afterMinute, long beforeMinute, long but) {
            for (long step = step(afterMinute) + 1; step * stepMinutes < beforeMinute; step++) {
                if (step != but && has(step)) {
                    return true;
                }
            }
            return false;
        }
    }

    void add(long startMicros, int minutes) {
        OfLength taken = ofLength(minutes);
        taken.add(taken.step(minute(startMicros)));
    }

    /** Whether one with this start is there. */
    boolean hasStart(long startMicros) {
        long minute = minute(startMicros);
        for (OfLength taken : lengths) {
            if (taken.hasStart(minute)) {
                return true;
            }
        }
        return false;
    }

    /** The length, in minutes, of one that shares time with this one and is not the very same. */
    OptionalInt overlapped(long startMicros, int minutes) {
        long start = minute(startMicros);
        for (OfLength taken : lengths) {
            boolean isSame = taken.minutes() == minutes;
            // Those that are as long as a step lie side by side.
            if (isSame && minutes <= taken.stepMinutes()) {
                continue;
            }
            long but = isSame ? taken.step(start) : Long.MIN_VALUE;
            if (taken.hasBetween(start - atLeast(taken.minutes()), start + atLeast(minutes), but)) {
                return OptionalInt.of(taken.minutes());
            }
        }
        return OptionalInt.empty();
    }

    private static int atLeast(int minutes) {
        return minutes == DAY ? SHORTEST_DAY : minutes;
    }

    private OfLength ofLength(int minutes) {
        for (OfLength taken : lengths) {
            if (taken.minutes() == minutes) {
                return taken;
            }
        }
        OfLength first = OfLength.of(minutes);
        lengths.add(first);
        return first;
    }

    private static long minute(long startMicros) {
        return Math.floorDiv(startMicros, MICROS_PER_MINUTE);
    }
}
