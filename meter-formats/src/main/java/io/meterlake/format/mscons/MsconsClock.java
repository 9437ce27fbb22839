package io.meterlake.format.mscons;

import io.meterlake.format.text.LocalClock;
import io.meterlake.format.text.LocalClock.Occurrence;
import io.meterlake.format.text.Problem;
import java.time.ZoneId;
import java.util.Optional;

/** Reads the times of DTM segments as UTC, and says what is wrong with those that it can't. Not thread-safe. */
final class MsconsClock {
    private static final String HINT =
            "Ask the sender for times of format 303 with their offset from UTC, such as DTM+163:202601010015?+01:303; if"
                    + " they are in the market's local time, give its zone with --time-zone.";

    private final MsconsTime time = new MsconsTime();
    private final Optional<ZoneId> zone;
    private final Optional<LocalClock> clock;
    private long micros;

    /** @param zone of times without an offset; they are refused if there is none */
    MsconsClock(Optional<ZoneId> zone) {
        this.zone = zone;
        this.clock = zone.map(LocalClock::new);
    }

    /** Reads the DTM at hand; false if it gives no time, and {@link #problem} then says why. */
    boolean read(SegmentReader segment) {
        if (!time.read(segment)) {
            return false;
        }
        micros = time.micros();
        if (time.isLocal()) {
            if (clock.isEmpty() || clock.get().at(micros) != Occurrence.ONCE) {
                return false;
            }
            micros = clock.get().earlier();
        }
        return true;
    }

    /** What was read last: microseconds since 1970-01-01T00:00Z. */
    long micros() {
        return micros;
    }

    /** The time of the DTM at hand as it is written, without asking for its zone. */
    MessageTime stamp(SegmentReader segment) {
        return time.read(segment)
                ? new MessageTime(time.micros(), time.isLocal(), true, segment.text(1, 1))
                : MessageTime.unreadable(segment.text(1, 1));
    }

    /** Why {@link #read} returned false for this DTM. */
    Problem problem(SegmentReader segment) {
        String field = "DTM+" + segment.text(1, 0);
        String text = segment.text(1, 1);
        if (!time.read(segment)) {
            return new Problem(field, "'%s' is no time of format '%s'".formatted(text, segment.text(1, 2)), HINT);
        }
        if (clock.isEmpty()) {
            return new Problem(field, "'%s' does not say its offset from UTC".formatted(text), HINT);
        }
        boolean never = clock.get().at(time.micros()) == Occurrence.NEVER;
        return new Problem(
                field,
                (never ? "'%s' was never on the clocks in %s" : "'%s' was on the clocks in %s twice")
                        .formatted(text, zone.get()),
                HINT);
    }
}
