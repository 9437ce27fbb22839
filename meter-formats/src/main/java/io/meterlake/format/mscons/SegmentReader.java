package io.meterlake.format.mscons;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.meterlake.format.UnreadableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;

/**
 * Splits an EDIFACT file (ISO 9735, syntax versions 1 to 4) into segments, data elements and components, which are
 * slices of one small buffer with the release characters taken out. A UNA may come before each interchange; between
 * segments there may be any line breaks and blanks. Slices are good until the next call of {@link #next}. Not
 * thread-safe.
 *
 * <p>A group of segments can be begun ({@link #beginGroup}); its text is kept as it was sent until it is asked for, up
 * to {@link #MAX_SEGMENT} bytes.
 */
final class SegmentReader {
    /** A segment that is longer than this is none; the longest of MSCONS has some 500 bytes. */
    static final int MAX_SEGMENT = 64 * 1024;

    private static final String SEND_AGAIN = "The file is cut off or damaged: ask the sender to send it again.";
    private static final int MAX_RAW_TEXT = 4 * 1024;
    private static final int UNA_LENGTH = 9;
    private static final int NONE = -1;

    private static final byte PLAIN = 0;
    private static final byte COMPONENT = 1;
    private static final byte ELEMENT = 2;
    private static final byte TERMINATOR = 3;
    private static final byte RELEASE = 4;

    private final InputStream in;
    private final String fileName;
    private final byte[] buffer = new byte[8 * MAX_SEGMENT];
    private int at;
    private int limit;
    private boolean exhausted;

    private Delimiters delimiters = Delimiters.STANDARD;
    private final byte[] kinds = new byte[256];
    private Charset charset = US_ASCII;
    private boolean inInterchange;

    private int segmentStart;
    private int segmentEnd;
    private int endBefore;
    private int groupStart = NONE;
    private long number;

    private final byte[] content = new byte[MAX_SEGMENT];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int components;
    private int[] firstComponents = new int[64];
    private int elements;

    SegmentReader(InputStream in, String fileName) {
        this.in = in;
        this.fileName = fileName;
        use(Delimiters.STANDARD);
    }

    private void use(Delimiters given) {
        delimiters = given;
        Arrays.fill(kinds, PLAIN);
        if (given.release() != ' ') {
            kinds[given.release() & 0xFF] = RELEASE;
        }
        kinds[given.component() & 0xFF] = COMPONENT;
        kinds[given.element() & 0xFF] = ELEMENT;
        kinds[given.terminator() & 0xFF] = TERMINATOR;
    }

    /**
     * Goes to the next segment.
     *
     * @return whether there is one
     * @throws UnreadableFileException if the file ends inside a segment, or one is endless
     */
    boolean next() throws IOException {
        endBefore = segmentEnd;
        if (!skipBlanks() || (number == 0 && hasByteOrderMark() && !skipBlanks())) {
            return false;
        }
        number++;
        if (!inInterchange && hasServiceStringAdvice()) {
            if (!skipBlanks()) {
                return false;
            }
            number++;
        }
        scan();
        if (tag() == Tag.UNB) {
            inInterchange = true;
        } else if (tag() == Tag.UNZ) {
            inInterchange = false;
            use(Delimiters.STANDARD);
        }
        return true;
    }

    /** Goes behind line breaks and what old systems pad files with; false at the end of the file. */
    private boolean skipBlanks() throws IOException {
        while (true) {
            if (limit - at < MAX_SEGMENT && !exhausted) {
                readMore();
            }
            while (at < limit && isBlank(buffer[at])) {
                at++;
            }
            if (limit - at >= MAX_SEGMENT || exhausted) {
                return at < limit;
            }
        }
    }

    private static boolean isBlank(byte b) {
        return b == '\n' || b == '\r' || b == ' ' || b == '\t' || b == 0 || b == 0x1A;
    }

    private boolean hasByteOrderMark() {
        boolean marked = limit - at >= 3
                && (buffer[at] & 0xFF) == 0xEF
                && (buffer[at + 1] & 0xFF) == 0xBB
                && (buffer[at + 2] & 0xFF) == 0xBF;
        at += marked ? 3 : 0;
        return marked;
    }

    private boolean hasServiceStringAdvice() {
        boolean advice =
                limit - at >= UNA_LENGTH && buffer[at] == 'U' && buffer[at + 1] == 'N' && buffer[at + 2] == 'A';
        if (advice) {
            Delimiters given = Delimiters.of(buffer, at + 3);
            if (!given.areUsable()) {
                throw new UnreadableFileException(
                        "Cannot read %s: segment %d, '%s', gives one character two meanings, or a letter one"
                                .formatted(fileName, number, new String(buffer, at, UNA_LENGTH, ISO_8859_1)),
                        "A UNA is usually UNA:+.? ' with a blank before the last character: ask the sender for the file"
                                + " again.");
            }
            use(given);
            at += UNA_LENGTH;
        }
        return advice;
    }

    /** Finds the segment that begins at {@link #at}; there are enough bytes for the longest one. */
    private void scan() {
        byte[] from = buffer;
        byte[] to = content;
        int read = at;
        int end = Math.min(limit, at + MAX_SEGMENT);
        int write = 0;
        components = 0;
        elements = 0;
        firstComponents[0] = 0;
        starts[0] = 0;
        while (read < end) {
            byte b = from[read++];
            switch (kinds[b & 0xFF]) {
                case PLAIN -> to[write++] = b;
                case COMPONENT -> endComponent(write);
                case ELEMENT -> {
                    endComponent(write);
                    endElement();
                }
                case RELEASE -> {
                    if (read < end) {
                        to[write++] = from[read++];
                    }
                }
                default -> {
                    endComponent(write);
                    endElement();
                    segmentStart = at;
                    segmentEnd = read;
                    at = read;
                    return;
                }
            }
        }
        boolean endless = end - at == MAX_SEGMENT;
        throw new UnreadableFileException(
                endless
                        ? "Cannot read %s: segment %d is longer than %d bytes".formatted(fileName, number, MAX_SEGMENT)
                        : "Cannot read %s: it ends inside segment %d, '%s'"
                                .formatted(fileName, number, raw(at, Math.min(end, at + 40))),
                endless ? "Check that the file is EDIFACT, and the delimiters in its UNA." : SEND_AGAIN);
    }

    private void endComponent(int write) {
        if (components + 1 == starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
            ends = Arrays.copyOf(ends, starts.length);
        }
        ends[components++] = write;
        starts[components] = write;
    }

    private void endElement() {
        if (elements + 1 == firstComponents.length) {
            firstComponents = Arrays.copyOf(firstComponents, 2 * firstComponents.length);
        }
        firstComponents[++elements] = components;
    }

    private void readMore() throws IOException {
        int kept = groupStart != NONE && at - groupStart <= MAX_SEGMENT ? groupStart : at;
        System.arraycopy(buffer, kept, buffer, 0, limit - kept);
        at -= kept;
        limit -= kept;
        groupStart = groupStart < kept ? NONE : groupStart - kept;
        segmentEnd = Math.max(0, segmentEnd - kept);
        endBefore = Math.max(0, endBefore - kept);
        while (limit < buffer.length && !exhausted) {
            int count = in.read(buffer, limit, buffer.length - limit);
            if (count < 0) {
                exhausted = true;
            } else {
                limit += count;
            }
        }
    }

    /** The segment's number in the file, counted from 1, the UNA included. */
    long number() {
        return number;
    }

    /** The segment's tag, as {@link Tag#of} makes it. */
    int tag() {
        return code(0, 0);
    }

    /** The decimal mark of the UNA; ISO 9735 allows a comma and a point whatever it says. */
    byte decimalMark() {
        return delimiters.decimal();
    }

    /** In which characters ids are written, as the UNB says; before it, plain ASCII. */
    void charset(Charset given) {
        charset = given;
    }

    /** How many data elements the segment has, its tag included. */
    int elements() {
        return elements;
    }

    /** How many components a data element has. */
    int components(int element) {
        return element < elements ? firstComponents[element + 1] - firstComponents[element] : 0;
    }

    /** What {@link #start} and {@link #end} point into. */
    byte[] content() {
        return content;
    }

    /** Where a component begins; of one that the segment does not have, 0, which is also its {@link #end}. */
    int start(int element, int component) {
        return component < components(element) ? starts[firstComponents[element] + component] : 0;
    }

    /** Where a component ends, exclusively. */
    int end(int element, int component) {
        return component < components(element) ? ends[firstComponents[element] + component] : 0;
    }

    boolean isEmpty(int element, int component) {
        return start(element, component) == end(element, component);
    }

    /** A component of at most four bytes as a number, {@link Tag#of} its text; 0 if it is empty, -1 if it is longer. */
    int code(int element, int component) {
        int from = start(element, component);
        int to = end(element, component);
        if (to - from > 4) {
            return -1;
        }
        int code = 0;
        for (int i = from; i < to; i++) {
            code = (code << 8) | (content[i] & 0xFF);
        }
        return code;
    }

    /** A component as text for messages; of one that the segment does not have, the empty text. */
    String text(int element, int component) {
        int from = start(element, component);
        String text = new String(content, from, end(element, component) - from, charset);
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** A component as an id; empty if its bytes are no characters of the interchange's set, or control characters. */
    Optional<String> id(int element, int component) {
        int from = start(element, component);
        try {
            String id = charset.newDecoder()
                    .decode(ByteBuffer.wrap(content, from, end(element, component) - from))
                    .toString();
            return id.chars().anyMatch(Character::isISOControl) ? Optional.empty() : Optional.of(id);
        } catch (CharacterCodingException notOfTheSet) {
            return Optional.empty();
        }
    }

    /** Whether there is content in any data element from this one on. */
    boolean hasContentFrom(int element) {
        return element < elements && starts[firstComponents[element]] != ends[components - 1];
    }

    /** From here on, with this segment, the text is kept for {@link #groupBefore}. */
    void beginGroup() {
        groupStart = segmentStart;
    }

    /** The segments from the group's beginning to the one before this one, as they were sent; cut after 4 KiB. */
    String groupBefore() {
        return groupStart == NONE || groupStart > endBefore ? "" : raw(groupStart, endBefore);
    }

    /** The segment as it was sent. */
    String rawText() {
        return raw(segmentStart, segmentEnd);
    }

    private String raw(int from, int to) {
        int length = Math.min(to - from, MAX_RAW_TEXT);
        Charset readable = charset.equals(US_ASCII) ? ISO_8859_1 : charset;
        return new String(buffer, from, length, readable) + (length < to - from ? "…" : "");
    }
}
