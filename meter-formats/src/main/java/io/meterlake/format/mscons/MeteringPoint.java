package io.meterlake.format.mscons;

import io.meterlake.format.text.Problem;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A LOC and the DTMs behind it: whose quantities follow, and in the older layout when the first one begins and how long
 * each is.
 */
final class MeteringPoint {
    private static final int METERING_POINT = Tag.of("172");
    private static final int START = Tag.of("163");
    private static final int END = Tag.of("164");
    private static final int LENGTH = Tag.of("672");
    private static final int IN_MINUTES = Tag.of("806");
    private static final long MICROS_PER_MINUTE = 60_000_000;

    private final String id;
    private final Optional<MsconsZone> zone;
    private final Optional<Problem> problem;

    private Optional<Problem> layoutProblem = Optional.empty();
    private boolean hasStart;
    private long start;
    private long end = Long.MAX_VALUE;
    private long lengthMicros;

    private MeteringPoint(String id, Optional<MsconsZone> zone, Optional<Problem> problem) {
        this.id = id;
        this.zone = zone;
        this.problem = problem;
    }

    /** Where there is no metering point, or one that can't be told. */
    static MeteringPoint lost(String why, String hint) {
        return new MeteringPoint("", Optional.empty(), Optional.of(new Problem("LOC", why, hint)));
    }

    /** The one of a LOC. */
    static MeteringPoint of(SegmentReader segment, Optional<ZoneId> given, boolean senderIsGerman) {
        if (segment.code(1, 0) != METERING_POINT) {
            return lost(
                    "the location at segment %d, LOC+%s, is no metering point"
                            .formatted(segment.number(), segment.text(1, 0)),
                    "Meterlake takes readings of metering points (LOC+172); what is of balance groups, areas and"
                            + " profiles it does not.");
        }
        boolean older = segment.isEmpty(2, 0);
        Optional<String> id = segment.id(2, older ? 3 : 0).map(String::strip);
        if (id.isEmpty() || id.get().isEmpty()) {
            return lost(
                    "the LOC+172 at segment %d has no id, or one that is not in the interchange's characters"
                            .formatted(segment.number()),
                    MsconsMessage.ASK_AGAIN);
        }
        Optional<MsconsZone> zone =
                given.map(market -> new MsconsZone(market, false)).or(() -> MsconsZone.of(id.get(), senderIsGerman));
        return new MeteringPoint(
                id.get(),
                zone,
                zone.isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                new Problem(
                                        "LOC",
                                        "nothing tells the time zone of the metering point '%s'".formatted(id.get()),
                                        "Ids of metering points begin with their country, such as DE or CH, and ids of market"
                                                + " locations have 11 digits: check the id, or give the zone with --time-zone.")));
    }

    /** Takes a DTM of this location. */
    void time(SegmentReader segment, MsconsClock clock) {
        int kind = segment.code(1, 0);
        if (kind == LENGTH) {
            String text = segment.text(1, 1);
            boolean minutes = segment.code(1, 2) == IN_MINUTES && text.matches("[0-9]{1,4}");
            lengthMicros = minutes ? Integer.parseInt(text) * MICROS_PER_MINUTE : 0;
        } else if (kind == START || kind == END) {
            if (!clock.read(segment)) {
                layoutProblem = Optional.of(clock.problem(segment));
            } else if (kind == START) {
                hasStart = true;
                start = clock.micros();
            } else {
                end = clock.micros();
            }
        }
    }

    Optional<Problem> problem() {
        return problem;
    }

    String id() {
        return id;
    }

    /** The market's zone; only of a point without a {@link #problem}. */
    MsconsZone zone() {
        return zone.orElseThrow();
    }

    /** Whether its quantities have no times of their own. */
    boolean hasLayout() {
        return lengthMicros > 0;
    }

    /** What keeps a quantity of this position, counted from 0, from having a place. */
    Optional<Problem> layoutProblem(long position) {
        if (layoutProblem.isPresent()) {
            return layoutProblem;
        }
        if (!hasStart) {
            return Optional.of(new Problem(
                    "DTM+163",
                    "neither the quantity nor its metering point says when it starts",
                    MsconsMessage.ASK_AGAIN));
        }
        long behind = startOf(position) + lengthMicros;
        return behind <= end || end == start
                ? Optional.empty()
                : Optional.of(new Problem(
                        "DTM+164",
                        "quantity %d of its channel ends at %s, behind the end of the period, %s"
                                .formatted(position + 1, instant(behind), instant(end)),
                        MsconsMessage.ASK_AGAIN));
    }

    long startOf(long position) {
        return start + position * lengthMicros;
    }

    long lengthMicros() {
        return lengthMicros;
    }

    /** Whether a period is a whole day of the market, which has 23, 24 or 25 hours. */
    boolean isMarketDay(long from, long to) {
        ZonedDateTime first = instant(from).atZone(zone().zone());
        return first.toLocalTime().equals(LocalTime.MIDNIGHT)
                && first.plusDays(1).toInstant().equals(instant(to));
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
