package io.meterlake.writer.validate.plausibility;

import io.meterlake.reading.Series;
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

    /** A daily value's end is looked for on the clock; it comes after so many minutes at the latest. */
    private static final int LONGEST_DAY = Series.DAY_MINUTES + HOUR;

    private static final int PAGE_BITS = 768;

    private final List<OfLength> lengths = new ArrayList<>();

    /**
     * The intervals of one length.
     *
     * @param series the first one with it: all of a channel are in one zone
     */
    private record OfLength(Series series, int stepMinutes, Map<Long, long[]> pages) {
        static OfLength of(Series series) {
            int minutes = series.intervalMinutes();
            // Nobody has checked that other lengths start at their grid.
            int step = minutes <= HOUR || minutes == Series.DAY_MINUTES ? gcd(minutes, QUARTER) : 1;
            return new OfLength(series, step, new HashMap<>());
        }

        int minutes() {
            return series.intervalMinutes();
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
         * Whether there is one that begins before a time and ends after another one.
         *
         * @param but the step of one that does not count
         */
        boolean hasWithin(long startMinute, long endMinute, long but) {
            int longest = minutes() == Series.DAY_MINUTES ? LONGEST_DAY : minutes();
            for (long step = step(startMinute - longest) + 1; step * stepMinutes < endMinute; step++) {
                if (step != but && has(step) && endMinute(step * stepMinutes, series) > startMinute) {
                    return true;
                }
            }
            return false;
        }
    }

    void add(long startMicros, Series of) {
        OfLength taken = ofLength(of);
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
    OptionalInt overlapped(long startMicros, Series of) {
        int minutes = of.intervalMinutes();
        long start = minute(startMicros);
        long end = minute(of.endMicros(startMicros));
        for (OfLength taken : lengths) {
            boolean isSame = taken.minutes() == minutes;
            // Those that are as long as a step lie side by side.
            if (isSame && minutes <= taken.stepMinutes()) {
                continue;
            }
            if (taken.hasWithin(start, end, isSame ? taken.step(start) : Long.MIN_VALUE)) {
                return OptionalInt.of(taken.minutes());
            }
        }
        return OptionalInt.empty();
    }

    private OfLength ofLength(Series of) {
        for (OfLength taken : lengths) {
            if (taken.minutes() == of.intervalMinutes()) {
                return taken;
            }
        }
        OfLength first = OfLength.of(of);
        lengths.add(first);
        return first;
    }

    private static long endMinute(long startMinute, Series of) {
        return minute(of.endMicros(startMinute * MICROS_PER_MINUTE));
    }

    private static long minute(long startMicros) {
        return Math.floorDiv(startMicros, MICROS_PER_MINUTE);
    }
}
