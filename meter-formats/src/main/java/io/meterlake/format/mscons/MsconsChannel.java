package io.meterlake.format.mscons;

import io.meterlake.format.text.Problem;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Series;
import java.util.Optional;

/** A PIA: which channel's quantities follow. Keeps the handle of the series that it used last. */
final class MsconsChannel {
    private static final int OBIS_CODES = Tag.of("SRW");
    private static final int OBIS_CODES_BEFORE = Tag.of("SWR");
    private static final int NOT_YET = -1;

    private final String name;
    private final Optional<String> impliedUnit;
    private final Optional<Problem> problem;

    private long quantities;
    private boolean positionsAreLost;

    private String unit = "";
    private int minutes;
    private int handle = NOT_YET;

    private MsconsChannel(String name, Optional<String> impliedUnit, Optional<Problem> problem) {
        this.name = name;
        this.impliedUnit = impliedUnit;
        this.problem = problem;
    }

    /** Where there is no channel, or one that can't be told. */
    static MsconsChannel lost(String why) {
        return new MsconsChannel("", Optional.empty(), Optional.of(new Problem("PIA", why, MsconsMessage.ASK_AGAIN)));
    }

    /** The one of a PIA+5. */
    static MsconsChannel of(SegmentReader segment) {
        String text = segment.id(2, 0).map(String::strip).orElse("");
        int list = segment.code(2, 1);
        Optional<Obis> obis = Obis.of(text);
        boolean saysObis = list == OBIS_CODES || list == OBIS_CODES_BEFORE;
        if (text.isEmpty() || (saysObis && obis.isEmpty())) {
            return lost("the PIA at segment %d has '%s' in place of an OBIS code".formatted(segment.number(), text));
        }
        if (obis.isPresent() && !obis.get().isOfElectricity()) {
            return refused(
                    text, "is not of electricity, whose codes begin with 1", "Meterlake keeps electricity only.");
        }
        if (obis.isPresent() && obis.get().isRegisterState()) {
            return refused(
                    text,
                    "gives what a register shows, which is no energy of an interval",
                    "Ask the sender for the load profile (OBIS 1-1:1.29.0 or the like).");
        }
        return new MsconsChannel(text, obis.flatMap(Obis::unit), Optional.empty());
    }

    private static MsconsChannel refused(String obis, String why, String hint) {
        return new MsconsChannel(
                obis,
                Optional.empty(),
                Optional.of(new Problem("PIA", "the OBIS code '%s' %s".formatted(obis, why), hint)));
    }

    Optional<Problem> problem() {
        return problem;
    }

    /** The position of the next quantity, counted from 0. */
    long nextPosition() {
        return quantities++;
    }

    boolean hasQuantities() {
        return quantities > 0;
    }

    /** From here on nothing tells which position a quantity has. */
    void losePositions() {
        positionsAreLost = true;
    }

    boolean positionsAreLost() {
        return positionsAreLost;
    }

    /** The unit of a quantity that gives none. */
    Optional<String> impliedUnit() {
        return impliedUnit;
    }

    /** The sink's handle of this channel's series; the metering point is always the same. */
    int series(MeteringPoint point, String givenUnit, int givenMinutes, ReadingSink sink) {
        if (handle == NOT_YET || minutes != givenMinutes || !unit.equals(givenUnit)) {
            minutes = givenMinutes;
            unit = givenUnit;
            handle = sink.series(new Series(
                    point.id(),
                    name,
                    unit,
                    minutes,
                    point.zone().zone(),
                    point.zone().isAssumed()));
        }
        return handle;
    }
}
