package io.meterlake.format.text;

import static java.time.ZoneOffset.UTC;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * From a zone's local time to UTC, in microseconds. Says when a local time did not exist, because the clocks skipped
 * it, or existed twice. Remembers the stretch of constant offset that it was last asked about. Not thread-safe.
 */
public final class LocalClock {
    /** How often a local time was on the clock. */
    public enum Occurrence {
        ONCE,
        NEVER,
        TWICE
    }

    private static final long MICROS = 1_000_000;

    private final ZoneRules rules;
    private long plainFrom = 1;
    private long plainTo = 0;
    private long plainOffset;
    private long earlier;
    private long later;

    public LocalClock(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /** Looks a local time up; {@link #earlier} and {@link #later} then give what it is in UTC. */
    public Occurrence at(long localMicros) {
        if (localMicros >= plainFrom && localMicros < plainTo) {
            earlier = localMicros - plainOffset;
            later = earlier;
            return Occurrence.ONCE;
        }
        LocalDateTime local = LocalDateTime.ofEpochSecond(Math.floorDiv(localMicros, MICROS), 0, UTC);
        ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition == null) {
            rememberStretch(local);
            earlier = localMicros - plainOffset;
            later = earlier;
            return Occurrence.ONCE;
        }
        earlier = localMicros - micros(transition.getOffsetBefore());
        later = localMicros - micros(transition.getOffsetAfter());
        return transition.isGap() ? Occurrence.NEVER : Occurrence.TWICE;
    }

    private void rememberStretch(LocalDateTime local) {
        ZoneOffset offset = rules.getOffset(local);
        plainOffset = micros(offset);
        ZoneOffsetTransition next = rules.nextTransition(local.toInstant(offset));
        ZoneOffsetTransition previous =
                rules.previousTransition(local.toInstant(offset).plusSeconds(1));
        plainTo = next == null ? Long.MAX_VALUE : first(next);
        plainFrom = previous == null ? Long.MIN_VALUE : last(previous);
    }

    /** The first local time that a transition touches. */
    private static long first(ZoneOffsetTransition transition) {
        LocalDateTime touched = transition.isGap() ? transition.getDateTimeBefore() : transition.getDateTimeAfter();
        return touched.toEpochSecond(UTC) * MICROS;
    }

    /** The local time from which on a transition is over. */
    private static long last(ZoneOffsetTransition transition) {
        LocalDateTime over = transition.isGap() ? transition.getDateTimeAfter() : transition.getDateTimeBefore();
        return over.toEpochSecond(UTC) * MICROS;
    }

    private static long micros(ZoneOffset offset) {
        return offset.getTotalSeconds() * MICROS;
    }

    /** The local time in UTC; of a doubled one the first occurrence. */
    public long earlier() {
        return earlier;
    }

    /** The local time in UTC; of a doubled one the second occurrence. */
    public long later() {
        return later;
    }
}
