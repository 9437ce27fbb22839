package io.meterlake.format.mscons;

import io.meterlake.format.text.Problem;
import io.meterlake.format.text.ScaledDecimal;
import io.meterlake.reading.Quality;
import io.meterlake.reading.ReadingSink;
import java.util.Optional;

/** A QTY and the DTMs behind it, until the next segment shows that it is complete. One object for all of a file. */
final class Quantity {
    private static final int START = Tag.of("163");
    private static final int END = Tag.of("164");
    private static final int READ_AT = Tag.of("9");
    private static final int USED_AT = Tag.of("7");
    private static final long MICROS_PER_MINUTE = 60_000_000;
    private static final int DAY_MINUTES = 1440;

    private boolean isOpen;
    private long line;
    private long position;
    private int qualifier;
    private Optional<MsconsQualifier> kind = Optional.empty();
    private long value;
    private Optional<String> unit = Optional.empty();
    private int unitCode;
    private Optional<String> unitOfCode = Optional.empty();
    private boolean hasStart;
    private boolean hasEnd;
    private boolean isOfMoment;
    private long start;
    private long end;
    private Optional<Problem> problem = Optional.empty();

    /** Whether a quantity has begun and is not ended yet. */
    boolean isOpen() {
        return isOpen;
    }

    /** Whether it has both ends of a period of its own, so that no more of it is to come. */
    boolean hasPeriod() {
        return hasStart && hasEnd;
    }

    /** Takes a QTY. */
    void begin(SegmentReader segment, MsconsChannel channel) {
        isOpen = true;
        line = segment.number();
        position = channel.nextPosition();
        hasStart = false;
        hasEnd = false;
        isOfMoment = false;
        problem = Optional.empty();
        segment.beginGroup();
        if (segment.code(1, 0) != qualifier || kind.isEmpty()) {
            qualifier = segment.code(1, 0);
            kind = MsconsQualifier.of(qualifier);
        }
        if (kind.isEmpty()) {
            spoil(
                    "QTY 6063",
                    "'%s' is no qualifier that says what the value is".formatted(segment.text(1, 0)),
                    "Ask the sender what it means; Meterlake takes 220, 46, 67, Z18, 201, 187, 79, 20 and Z30.");
        }
        readValue(segment);
        readUnit(segment, channel);
        if (segment.hasContentFrom(2) || segment.components(1) > 3) {
            spoil("QTY", "there is more in the segment than a QTY has", MsconsMessage.ASK_AGAIN);
        }
    }

    private void readValue(SegmentReader segment) {
        int from = segment.start(1, 1);
        int to = segment.end(1, 1);
        if (from == to) {
            value = ReadingSink.NO_VALUE;
            if (kind.isPresent() && kind.get().quality() != Quality.MISSING) {
                spoil("QTY 6060", "there is no value", "Ask the sender for the value, or for the qualifier Z30.");
            }
            return;
        }
        char mark = segment.decimalMark() == ',' ? ',' : '.';
        value = ScaledDecimal.parse(segment.content(), from, to, mark);
        if (value == ScaledDecimal.NOT_A_DECIMAL) {
            value = ScaledDecimal.parse(segment.content(), from, to, mark == ',' ? '.' : ',');
        }
        if (ScaledDecimal.failed(value)) {
            spoil(
                    "QTY 6060",
                    ScaledDecimal.reason(value, segment.text(1, 1)),
                    "A value is a number such as 36.3 or 36,3, without an exponent or separators of thousands.");
        }
    }

    private void readUnit(SegmentReader segment, MsconsChannel channel) {
        if (segment.isEmpty(1, 2)) {
            unit = channel.impliedUnit();
            if (unit.isEmpty()) {
                spoil(
                        "QTY 6411",
                        "there is no unit, and the channel implies none",
                        "Ask the sender for the unit, such as KWH.");
            }
            return;
        }
        if (segment.code(1, 2) != unitCode || unitOfCode.isEmpty()) {
            unitCode = segment.code(1, 2);
            unitOfCode = MsconsUnit.of(segment.text(1, 2));
        }
        unit = unitOfCode;
        if (unit.isEmpty()) {
            spoil(
                    "QTY 6411",
                    "the unit '%s' is not known".formatted(segment.text(1, 2)),
                    "Units are KWH, MWH, K3 (kvarh), KWT (kW) and the like.");
        }
    }

    /** Takes a DTM behind the QTY. */
    void time(SegmentReader segment, MsconsClock clock) {
        int function = segment.code(1, 0);
        if (function == START || function == END) {
            boolean again = function == START ? hasStart : hasEnd;
            hasStart |= function == START;
            hasEnd |= function == END;
            if (again) {
                spoil("DTM+" + segment.text(1, 0), "it comes twice for one quantity", MsconsMessage.ASK_AGAIN);
            } else if (!clock.read(segment)) {
                Problem found = clock.problem(segment);
                spoil(found.field(), found.reason(), found.hint());
            } else if (function == START) {
                start = clock.micros();
            } else {
                end = clock.micros();
            }
        } else {
            isOfMoment |= function == READ_AT || function == USED_AT;
        }
    }

    /** Notes what is wrong with the quantity; the first problem is the one that is told. */
    void spoil(String field, String reason, String hint) {
        if (problem.isEmpty()) {
            problem = Optional.of(new Problem(field, reason, hint));
        }
    }

    /** Ends the quantity: finds its place, or what keeps it from having one. */
    Optional<Problem> end(MeteringPoint point, MsconsChannel channel) {
        isOpen = false;
        if (point.problem().isPresent()) {
            return point.problem();
        }
        if (channel.problem().isPresent()) {
            return channel.problem();
        }
        if (problem.isEmpty() && !hasStart && !hasEnd) {
            placeByPosition(point, channel);
        }
        if (problem.isEmpty()) {
            checkPeriod(point);
        }
        return problem;
    }

    private void placeByPosition(MeteringPoint point, MsconsChannel channel) {
        if (!point.hasLayout()) {
            spoil(
                    isOfMoment ? "DTM" : "DTM+163",
                    isOfMoment
                            ? "it is of a moment and not of a period, so it is what a register shows"
                            : "nothing says which period it is of",
                    "An interval's quantity has DTM+163 and DTM+164.");
        } else if (channel.positionsAreLost()) {
            spoil(
                    "DTM+163",
                    "a segment before it is damaged, so its place in the series is not sure",
                    MsconsMessage.ASK_AGAIN);
        } else {
            point.layoutProblem(position).ifPresent(found -> spoil(found.field(), found.reason(), found.hint()));
            start = point.startOf(position);
            end = start + point.lengthMicros();
        }
        hasStart = true;
        hasEnd = true;
    }

    private void checkPeriod(MeteringPoint point) {
        if (!hasStart || !hasEnd) {
            spoil(
                    hasStart ? "DTM+164" : "DTM+163",
                    "the quantity does not say when its period %s".formatted(hasStart ? "ends" : "starts"),
                    MsconsMessage.ASK_AGAIN);
        } else if (end <= start) {
            spoil("DTM+164", "the period ends before it has begun", MsconsMessage.ASK_AGAIN);
        } else if ((end - start) % MICROS_PER_MINUTE != 0) {
            spoil("DTM+164", "the period is not of whole minutes", MsconsMessage.ASK_AGAIN);
        } else if (minutes(point) > DAY_MINUTES) {
            spoil(
                    "DTM+164",
                    "the period has %d minutes, more than a day, so its energy is none of an interval"
                            .formatted((end - start) / MICROS_PER_MINUTE),
                    "Ask the sender for the load profile.");
        }
    }

    private long minutes(MeteringPoint point) {
        long minutes = (end - start) / MICROS_PER_MINUTE;
        boolean maybeDay = minutes == DAY_MINUTES - 60 || minutes == DAY_MINUTES + 60;
        return maybeDay && point.isMarketDay(start, end) ? DAY_MINUTES : minutes;
    }

    /** How long the period is: 1 to 1440 minutes; a day of the market has 1440. */
    int intervalMinutes(MeteringPoint point) {
        return (int) minutes(point);
    }

    long line() {
        return line;
    }

    long startMicros() {
        return start;
    }

    long value() {
        return value;
    }

    MsconsQualifier kind() {
        return kind.orElseThrow();
    }

    String unit() {
        return unit.orElseThrow();
    }
}
