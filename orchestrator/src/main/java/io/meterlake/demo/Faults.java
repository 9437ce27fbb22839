package io.meterlake.demo;

import java.time.LocalDate;
import java.util.SplittableRandom;

/**
 * What went wrong with a meter's readings of a day: in a stretch of intervals the utility has estimates, or nothing.
 *
 * @param kind what the stretch has
 * @param from its first interval, counted from 0
 * @param to the interval after its last
 * @param settled what the correction says of the stretch
 */
record Faults(Kind kind, int from, int to, Settled settled) {
    enum Kind {
        NONE,
        ESTIMATED,
        MISSING
    }

    /** What a correction brings. */
    enum Settled {
        MEASURED,
        SUBSTITUTED,
        NOT_YET
    }

    private static final Faults FREE = new Faults(Kind.NONE, 0, 0, Settled.NOT_YET);

    /** One of ten days has a fault; one of five meters with a fault has the whole day missing. */
    static Faults of(Draws draws, SampleMeter meter, LocalDate day, int intervals) {
        SplittableRandom random = draws.of("faults", meter.number(), day);
        int what = random.nextInt(100);
        if (what >= 10) {
            return FREE;
        }
        int length = Math.min(random.nextInt(intervals / 12, intervals / 4), intervals);
        int from = random.nextInt(intervals - length + 1);
        int drawn = random.nextInt(100);
        Settled settled = drawn < 70 ? Settled.MEASURED : drawn < 85 ? Settled.SUBSTITUTED : Settled.NOT_YET;
        if (what < 2) {
            return new Faults(Kind.MISSING, 0, intervals, settled);
        }
        return new Faults(what < 5 ? Kind.MISSING : Kind.ESTIMATED, from, from + length, settled);
    }

    boolean covers(int interval) {
        return interval >= from && interval < to;
    }

    boolean wholeDay(int intervals) {
        return kind == Kind.MISSING && from == 0 && to == intervals;
    }

    /** Whether the correction has something to say of the day. */
    boolean isSettled() {
        return kind != Kind.NONE && settled != Settled.NOT_YET;
    }
}
