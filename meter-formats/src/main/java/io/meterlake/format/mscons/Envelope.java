package io.meterlake.format.mscons;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.format.UnreadableFileException;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The frame of interchanges, groups and messages, with its references and control counts (ISO 9735: UNB, UNG, UNH, UNT,
 * UNE, UNZ). A count or reference that is wrong makes the file void: a segment is lost, or of another message, and
 * nothing tells which.
 */
final class Envelope {
    private static final String CHANGED =
            "A part of the file is lost or was changed on its way: ask the sender to send it again.";

    private final String fileName;
    private final SegmentReader segment;

    private String sender = "";
    private boolean inInterchange;
    private String interchange = "";
    private boolean senderIsGerman;
    private MessageTime prepared = MessageTime.NOT_SAID;
    private long groups;
    private long messages;

    private boolean inGroup;
    private String group = "";
    private long messagesOfGroup;

    private boolean inMessage;
    private String message = "";
    private long firstOfMessage;

    Envelope(String fileName, SegmentReader segment) {
        this.fileName = fileName;
        this.segment = segment;
    }

    /** Takes a UNB. */
    void interchangeBegins() {
        if (inInterchange) {
            throw broken("begins an interchange before the one before it has ended", CHANGED);
        }
        if (!segment.isEmpty(11, 0)) {
            throw broken(
                    "says that the interchange is a test (test indicator '%s')".formatted(segment.text(11, 0)),
                    "Test data must not get among real readings: ask the sender for the real interchange.");
        }
        inInterchange = true;
        segment.charset(charset(segment.text(1, 0)));
        interchange = segment.text(5, 0);
        if (sender.isEmpty()) {
            sender = segment.text(2, 0);
        }
        senderIsGerman = segment.text(2, 1).equals("500");
        prepared = prepared(segment.text(4, 0), segment.text(4, 1));
        groups = 0;
        messages = 0;
    }

    /** The set of characters of a syntax identifier (0001); ASCII, which all of them have, if it is another one. */
    private static Charset charset(String syntax) {
        return switch (syntax) {
            case "UNOC" -> ISO_8859_1;
            case "UNOD" -> Charset.forName("ISO-8859-2");
            case "UNOE" -> Charset.forName("ISO-8859-5");
            case "UNOF" -> Charset.forName("ISO-8859-7");
            case "UNOK" -> Charset.forName("ISO-8859-9");
            case "UNOW", "UNOY" -> UTF_8;
            default -> US_ASCII;
        };
    }

    private static MessageTime prepared(String date, String time) {
        String text = (date.length() == 6 ? "20" : "") + date + time;
        if (!text.matches("[0-9]{12}")) {
            return MessageTime.unreadable(date + ":" + time);
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    Integer.parseInt(text, 0, 4, 10),
                    Integer.parseInt(text, 4, 6, 10),
                    Integer.parseInt(text, 6, 8, 10),
                    Integer.parseInt(text, 8, 10, 10),
                    Integer.parseInt(text, 10, 12, 10));
            return new MessageTime(local.toEpochSecond(ZoneOffset.UTC) * 1_000_000, true, true, text);
        } catch (DateTimeException noSuchTime) {
            return MessageTime.unreadable(date + ":" + time);
        }
    }

    /** Takes a UNZ. */
    void interchangeEnds() {
        requireNoMessage();
        if (!inInterchange || inGroup) {
            throw broken("ends what did not begin, or has not ended", CHANGED);
        }
        checkCount(1, groups > 0 ? groups : messages, groups > 0 ? "groups" : "messages", "interchange");
        checkReference(2, interchange, "interchange");
        inInterchange = false;
    }

    /** Takes a UNG. */
    void groupBegins() {
        requireNoMessage();
        if (!inInterchange || inGroup) {
            throw broken("begins a group outside of an interchange, or inside of another one", CHANGED);
        }
        inGroup = true;
        groups++;
        group = segment.text(5, 0);
        messagesOfGroup = 0;
    }

    /** Takes a UNE. */
    void groupEnds() {
        requireNoMessage();
        if (!inGroup) {
            throw broken("ends a group that did not begin", CHANGED);
        }
        checkCount(1, messagesOfGroup, "messages", "group");
        checkReference(2, group, "group");
        inGroup = false;
    }

    /** Takes a UNH. */
    void messageBegins() {
        requireNoMessage();
        if (!inInterchange) {
            throw misplaced();
        }
        inMessage = true;
        messages++;
        messagesOfGroup++;
        message = segment.text(1, 0);
        firstOfMessage = segment.number();
    }

    /**
     * Takes a UNT.
     *
     * @param timesOfQuantities how many of the message's segments are DTMs of quantities: senders that came from the
     *     older layout, which has none, go on counting without them and without one more segment
     */
    void messageEnds(long timesOfQuantities) {
        if (!inMessage) {
            throw misplaced();
        }
        long actual = segment.number() - firstOfMessage + 1;
        long withoutTimes = actual - timesOfQuantities;
        boolean olderCount = timesOfQuantities > 0 && (counts(1, withoutTimes) || counts(1, withoutTimes - 1));
        if (!olderCount) {
            checkCount(1, actual, "segments", "message");
        }
        checkReference(2, message, "message");
        inMessage = false;
    }

    /** Ends the file. */
    void end() {
        if (inInterchange) {
            throw new UnreadableFileException(
                    "Cannot read %s: it ends after segment %d without the UNZ of its interchange"
                            .formatted(fileName, segment.number()),
                    CHANGED);
        }
    }

    private void requireNoMessage() {
        if (inMessage) {
            throw broken(
                    "comes before the UNT of message '%s', which began at segment %d"
                            .formatted(message, firstOfMessage),
                    CHANGED);
        }
    }

    private boolean counts(int element, long number) {
        return segment.text(element, 0).matches("0{0,9}" + number);
    }

    private void checkCount(int element, long actual, String what, String whole) {
        if (!counts(element, actual)) {
            throw broken(
                    "counts '%s' %s in the %s, and there are %d"
                            .formatted(segment.text(element, 0), what, whole, actual),
                    CHANGED);
        }
    }

    private void checkReference(int element, String begun, String whole) {
        if (!segment.text(element, 0).equals(begun)) {
            throw broken(
                    "ends the %s '%s', and the one that began is '%s'"
                            .formatted(whole, segment.text(element, 0), begun),
                    CHANGED);
        }
    }

    /** What to throw at a segment that is not where one like it can be. */
    UnreadableFileException misplaced() {
        return broken(
                inInterchange ? "is outside of any message" : "is outside of any interchange",
                "A file is UNB, messages from UNH to UNT, UNZ: ask the sender for the whole file.");
    }

    private UnreadableFileException broken(String reason, String hint) {
        String raw = segment.rawText();
        return new UnreadableFileException(
                "Cannot read %s: segment %d, %s, %s"
                        .formatted(
                                fileName,
                                segment.number(),
                                raw.length() <= 80 ? raw : raw.substring(0, 80) + "…",
                                reason),
                hint);
    }

    boolean inMessage() {
        return inMessage;
    }

    /** Who sent the first interchange. */
    String sender() {
        return sender;
    }

    /** Whether the interchange's sender is known by a code of the German market. */
    boolean senderIsGerman() {
        return senderIsGerman;
    }

    /** When the interchange was made. */
    MessageTime prepared() {
        return prepared;
    }
}
