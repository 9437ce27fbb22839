package io.meterlake.writer.upsert;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * The days of a zone: 23 and 25 hours long, too. Remembers the stretch of time around the last instant that it was
 * asked for, as neighbouring readings are mostly of one day. Not thread-safe.
 */
final class LocalDays {
    private final ZoneRules rules;
    private long from = 1;
    private long to;
    private int day;

    LocalDays(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /** The day of an instant, counted from 1970-01-01. */
    int dayOf(long micros) {
        if (micros < from || micros >= to) {
            remember(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
        }
        return day;
    }

    /** Remembers the part of the day in which the zone's offset stays the same: some clocks go back over midnight. */
    private void remember(Instant instant) {
        ZoneOffset offset = rules.getOffset(instant);
        LocalDate date = LocalDate.ofInstant(instant, offset);
        from = micros(date.atStartOfDay().toInstant(offset));
        to = micros(date.plusDays(1).atStartOfDay().toInstant(offset));
        ZoneOffsetTransition previous = rules.previousTransition(instant.plusNanos(1));
        if (previous != null) {
            from = Math.max(from, micros(previous.getInstant()));
        }
        ZoneOffsetTransition next = rules.nextTransition(instant);
        if (next != null) {
            to = Math.min(to, micros(next.getInstant()));
        }
        day = Math.toIntExact(date.toEpochDay());
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
