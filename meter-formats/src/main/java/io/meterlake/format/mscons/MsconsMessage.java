package io.meterlake.format.mscons;

import io.meterlake.format.text.Problem;
import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Reject;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What the segments before the quantities say of all of them: BGM, DTM+137, NAD+MS. */
final class MsconsMessage {
    static final String ASK_AGAIN = "Ask the sender for the message again.";

    private static final int ORIGINAL = Tag.of("9");
    private static final int REPLACEMENT = Tag.of("5");
    private static final int CANCELLATION = Tag.of("1");
    private static final int SENDER = Tag.of("MS");
    private static final int CANCELLED_MESSAGE = Tag.of("ACW");

    private MessageTime madeAt;
    private boolean senderIsGerman;
    private boolean cancels;
    private String cancelled = "";
    private boolean hasQuantities;
    private long line;
    private String rawText = "";
    private Optional<Problem> problem = Optional.empty();
    private final Map<MsconsQualifier, Integer> grades = new EnumMap<>(MsconsQualifier.class);

    private Optional<ZoneId> lastZone = Optional.empty();
    private long lastRecordedAt;

    /**
     * Begins with what the interchange says.
     *
     * @param prepared stands in for DTM+137
     */
    MsconsMessage(MessageTime prepared, boolean senderIsGerman) {
        this.madeAt = prepared;
        this.senderIsGerman = senderIsGerman;
    }

    /** Takes the BGM. */
    void begin(SegmentReader segment) {
        line = segment.number();
        rawText = segment.rawText();
        int function = segment.code(3, 0);
        cancels = function == CANCELLATION;
        if (function != 0 && function != ORIGINAL && function != REPLACEMENT && !cancels) {
            problem = Optional.of(
                    new Problem(
                            "BGM 1225",
                            "the message has the function '%s', which says what is to be done with its values"
                                    .formatted(segment.text(3, 0)),
                            "Meterlake knows 9 (original), 5 (replacement) and 1 (cancellation): ask the sender what it means."));
        }
    }

    /** Takes a segment among those before the first NAD that can't be told. */
    void headerIsDamaged(SegmentReader segment) {
        problem = Optional.of(new Problem(
                "BGM",
                "segment %d, '%s', in the head of its message is damaged and may have said what is to be done with it"
                        .formatted(segment.number(), segment.text(0, 0)),
                ASK_AGAIN));
    }

    /** Takes DTM+137. */
    void madeAt(MessageTime given) {
        if (given.isSaid()) {
            madeAt = given;
            lastZone = Optional.empty();
        }
    }

    /** Takes a NAD. */
    void party(SegmentReader segment) {
        if (segment.code(1, 0) == SENDER) {
            senderIsGerman |= segment.code(2, 2) == Tag.of("293");
        }
    }

    /** Takes a RFF. */
    void reference(SegmentReader segment) {
        if (segment.code(1, 0) == CANCELLED_MESSAGE) {
            cancelled = segment.text(1, 1);
        }
    }

    /** Whether the sender is known by a code of the German market. */
    boolean senderIsGerman() {
        return senderIsGerman;
    }

    /** What keeps every quantity from being taken in. */
    Optional<Problem> problem() {
        hasQuantities = true;
        if (problem.isEmpty() && line == 0) {
            problem = Optional.of(new Problem("BGM", "the message has no BGM", ASK_AGAIN));
        }
        if (problem.isEmpty() && !madeAt.isReadable()) {
            problem = Optional.of(new Problem(
                    "DTM+137",
                    "the message's time '%s' is none, so it is not known which correction is the newest"
                            .formatted(madeAt.text()),
                    "A time is DTM+137:202601311315?+00:303: ask the sender for the message again."));
        }
        return problem;
    }

    /** The sink's handle of a quantity's grade. */
    int grade(MsconsQualifier kind, ReadingSink sink) {
        Integer known = grades.get(kind);
        if (known != null) {
            return known;
        }
        int grade = sink.grade(new Grade(cancels ? Quality.WITHDRAWN : kind.quality(), kind.code()));
        grades.put(kind, grade);
        return grade;
    }

    /** When the values of a metering point were last changed: microseconds since 1970-01-01T00:00Z. */
    long recordedAt(MeteringPoint point) {
        ZoneId zone = point.zone().zone();
        if (lastZone.isEmpty() || !lastZone.get().equals(zone)) {
            lastZone = Optional.of(zone);
            lastRecordedAt = madeAt.in(zone);
        }
        return lastRecordedAt;
    }

    /** Ends the message: a cancellation that names no values can't be followed. */
    Optional<Reject> end() {
        return cancels && !hasQuantities
                ? Optional.of(new Reject(
                        line,
                        "BGM 1225",
                        "the message takes back the message '%s' without saying which values those are"
                                .formatted(cancelled),
                        "Find that message's file in the ledger; the sender's next message for those days corrects them.",
                        rawText))
                : Optional.empty();
    }
}
