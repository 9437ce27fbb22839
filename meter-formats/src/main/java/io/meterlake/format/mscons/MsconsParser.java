package io.meterlake.format.mscons;

import io.meterlake.format.FileHeader;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.format.text.Problem;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Reject;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Optional;

/** Goes through one file, segment by segment. */
final class MsconsParser {
    private static final String NO_POINT = "there is no LOC before it";
    private static final String NO_CHANNEL = "there is no PIA+5 before it";

    private static final int PRODUCT = Tag.of("5");
    private static final int START = Tag.of("163");
    private static final int END = Tag.of("164");
    private static final int MADE_AT = Tag.of("137");

    /** What the DTM at hand belongs to. */
    private enum Owner {
        MESSAGE,
        POINT,
        QUANTITY,
        LOST,
        OTHER
    }

    private final String fileName;
    private final SegmentReader segment;
    private final Envelope envelope;
    private final Optional<ZoneId> givenZone;
    private final ReadingSink sink;
    private final MsconsClock clock;
    private final Quantity quantity = new Quantity();

    private Optional<MsconsMessage> message = Optional.empty();
    private MeteringPoint point = MeteringPoint.lost(NO_POINT, MsconsMessage.ASK_AGAIN);
    private MsconsChannel channel = MsconsChannel.lost(NO_CHANNEL);
    private Owner owner = Owner.OTHER;

    /** The number of a segment that could not be told and may have been a LOC or a PIA; 0 if there is none. */
    private long suspect;

    private boolean suspectHasPeriod;
    private long timesOfQuantities;
    private boolean hasContent;
    private String otherType = "";

    MsconsParser(String fileName, SegmentReader segment, Optional<ZoneId> givenZone, ReadingSink sink) {
        this.fileName = fileName;
        this.segment = segment;
        this.envelope = new Envelope(fileName, segment);
        this.givenZone = givenZone;
        this.sink = sink;
        this.clock = new MsconsClock(givenZone);
    }

    FileHeader parse() throws IOException {
        while (segment.next()) {
            dispatch();
        }
        envelope.end();
        if (!hasContent) {
            throw new UnreadableFileException(
                    otherType.isEmpty()
                            ? "Cannot read %s: there is no quantity in it".formatted(fileName)
                            : "Cannot read %s: its messages are %s, not MSCONS".formatted(fileName, otherType),
                    "Ask the sender whether the file was meant to be sent.");
        }
        return new FileHeader(envelope.sender());
    }

    private void dispatch() {
        switch (segment.tag()) {
            case Tag.UNB -> envelope.interchangeBegins();
            case Tag.UNZ -> envelope.interchangeEnds();
            case Tag.UNG -> envelope.groupBegins();
            case Tag.UNE -> envelope.groupEnds();
            case Tag.UNH -> messageBegins();
            case Tag.UNT -> messageEnds();
            default -> {
                if (!envelope.inMessage()) {
                    throw envelope.misplaced();
                }
                if (message.isPresent()) {
                    content(message.get());
                }
            }
        }
    }

    private void messageBegins() {
        envelope.messageBegins();
        timesOfQuantities = 0;
        forgetPoint(NO_POINT);
        owner = Owner.MESSAGE;
        String type = segment.text(2, 0);
        if (type.equals("MSCONS")) {
            message = Optional.of(new MsconsMessage(envelope.prepared(), envelope.senderIsGerman()));
        } else {
            message = Optional.empty();
            otherType = type;
            reject("UNH", "a message of the type '%s' is not MSCONS".formatted(type), "Meterlake reads MSCONS.");
        }
    }

    private void messageEnds() {
        message.ifPresent(this::endQuantity);
        envelope.messageEnds(timesOfQuantities);
        message.flatMap(MsconsMessage::end).ifPresent(this::reject);
        message = Optional.empty();
    }

    private void content(MsconsMessage current) {
        switch (segment.tag()) {
            case Tag.DTM -> time(current);
            case Tag.QTY -> quantity(current);
            case Tag.STS -> owner = owner == Owner.QUANTITY ? Owner.QUANTITY : Owner.OTHER;
            case Tag.LOC -> {
                endQuantity(current);
                forgetPoint(NO_POINT);
                point = MeteringPoint.of(segment, givenZone, current.senderIsGerman());
                owner = Owner.POINT;
            }
            case Tag.LIN -> {
                endQuantity(current);
                losePointIfSuspect();
                channel = MsconsChannel.lost(NO_CHANNEL);
                owner = Owner.OTHER;
            }
            case Tag.PIA -> {
                endQuantity(current);
                losePointIfSuspect();
                if (segment.code(1, 0) == PRODUCT) {
                    channel = MsconsChannel.of(segment);
                } else if (channel.hasQuantities()) {
                    channel = MsconsChannel.lost(NO_CHANNEL);
                }
                owner = Owner.OTHER;
            }
            case Tag.BGM -> {
                current.begin(segment);
                owner = Owner.MESSAGE;
            }
            case Tag.NAD -> {
                endQuantity(current);
                forgetPoint(NO_POINT);
                current.party(segment);
                owner = Owner.OTHER;
            }
            case Tag.RFF -> {
                endQuantity(current);
                current.reference(segment);
                owner = owner == Owner.MESSAGE ? Owner.MESSAGE : Owner.OTHER;
            }
            case Tag.UNS,
                    Tag.CTA,
                    Tag.COM,
                    Tag.CCI,
                    Tag.CAV,
                    Tag.MEA,
                    Tag.IMD,
                    Tag.PRI,
                    Tag.MOA,
                    Tag.CUX,
                    Tag.CNT,
                    Tag.FTX,
                    Tag.PCD -> {
                endQuantity(current);
                owner = Owner.OTHER;
            }
            default -> unknown(current);
        }
    }

    private void time(MsconsMessage current) {
        switch (owner) {
            case MESSAGE -> {
                if (segment.code(1, 0) == MADE_AT) {
                    current.madeAt(clock.stamp(segment));
                }
            }
            case POINT -> point.time(segment, clock);
            case QUANTITY -> {
                timesOfQuantities++;
                quantity.time(segment, clock);
            }
            case LOST -> suspectHasPeriod |= segment.code(1, 0) == START || segment.code(1, 0) == END;
            case OTHER -> {}
        }
    }

    private void quantity(MsconsMessage current) {
        endQuantity(current);
        if (suspect > 0 && !suspectHasPeriod) {
            channel = MsconsChannel.lost("segment %d, which is damaged, may have been its PIA".formatted(suspect));
        }
        suspect = 0;
        quantity.begin(segment, channel);
        hasContent = true;
        owner = Owner.QUANTITY;
    }

    private void endQuantity(MsconsMessage current) {
        if (!quantity.isOpen()) {
            return;
        }
        Optional<Problem> problem = quantity.end(point, channel);
        if (problem.isEmpty()) {
            problem = current.problem();
        }
        if (problem.isPresent()) {
            Problem found = problem.get();
            sink.reject(
                    new Reject(quantity.line(), found.field(), found.reason(), found.hint(), segment.groupBefore()));
            return;
        }
        sink.reading(
                channel.series(point, quantity.unit(), quantity.intervalMinutes(point), sink),
                quantity.startMicros(),
                quantity.value(),
                current.grade(quantity.kind(), sink),
                current.recordedAt(point),
                quantity.line());
    }

    private void forgetPoint(String why) {
        point = MeteringPoint.lost(why, MsconsMessage.ASK_AGAIN);
        channel = MsconsChannel.lost(NO_CHANNEL);
        suspect = 0;
    }

    /** A LIN or PIA behind a segment that may have been the LOC of another metering point. */
    private void losePointIfSuspect() {
        if (suspect > 0) {
            point = MeteringPoint.lost(
                    "segment %d, which is damaged, may have been its LOC".formatted(suspect), MsconsMessage.ASK_AGAIN);
            suspect = 0;
        }
    }

    /**
     * A segment that is none of MSCONS. Inside of a quantity it costs that quantity, and before the first party the
     * message, as it may have said that the values are taken back. Elsewhere it may have been a LOC, a PIA or a QTY, so
     * that what follows must not go to the channel before it until that is clear: a period right behind
     * it and then another quantity show that it was a QTY.
     */
    private void unknown(MsconsMessage current) {
        hasContent = true;
        String tag = segment.text(0, 0);
        if (quantity.isOpen() && !quantity.hasPeriod()) {
            channel.losePositions();
            quantity.spoil(
                    "DTM",
                    "segment %d inside of it, '%s', is none of MSCONS".formatted(segment.number(), tag),
                    MsconsMessage.ASK_AGAIN);
        } else if (owner == Owner.MESSAGE) {
            current.headerIsDamaged(segment);
        } else {
            endQuantity(current);
            suspect = segment.number();
            suspectHasPeriod = false;
            channel.losePositions();
            owner = Owner.LOST;
        }
        reject("", "'%s' is no segment of MSCONS".formatted(tag), MsconsMessage.ASK_AGAIN);
    }

    private void reject(Reject found) {
        hasContent = true;
        sink.reject(found);
    }

    private void reject(String field, String reason, String hint) {
        sink.reject(new Reject(segment.number(), field, reason, hint, segment.rawText()));
    }
}
