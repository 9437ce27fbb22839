package io.meterlake.format.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.checkIndex;

import io.meterlake.format.UnreadableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits delimited text (RFC 4180) into records and fields, which are slices of one large buffer.
 *
 * <p>More tolerant than the RFC where senders are: a byte order mark is skipped; lines end with LF, CRLF or CR; records
 * without any content are skipped; spaces around an unquoted field are no part of it. A quote that is never closed, or
 * that is followed by text, spoils only its own line: the record is then {@link #damaged} and reading goes on with the
 * next line. Slices are good until the next call of {@link #next}. Not thread-safe.
 */
public final class DelimitedReader implements FieldRecords {
    /** A record with quoted line breaks that is longer than this is taken for one with a quote too many. */
    static final int MAX_QUOTED_RECORD = 64 * 1024;

    /** A line that is longer than this is not text. */
    static final int MAX_RECORD = 4 * 1024 * 1024;

    private static final int MAX_RAW_TEXT = 4 * 1024;

    private final InputStream in;
    private final String fileName;
    private final byte delimiter;

    private byte[] buffer = new byte[512 * 1024];
    private int limit;
    private boolean exhausted;
    private boolean atStart = true;

    private int recordStart;
    private int recordEnd;
    private int nextStart;
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int fields;
    private boolean damaged;
    private int extraLines;
    private boolean doubledQuotes;
    private byte[] rawBeforeUnquoting = {};
    private long line;
    private long nextLine = 1;

    /**
     * @param fileName for messages
     * @param delimiter an ASCII character other than a quote and a line break
     */
    public DelimitedReader(InputStream in, String fileName, char delimiter) {
        if (delimiter >= 128 || delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
            throw new IllegalArgumentException("delimiter is not usable: U+%04X".formatted((int) delimiter));
        }
        this.in = in;
        this.fileName = fileName;
        this.delimiter = (byte) delimiter;
    }

    /**
     * Goes to the next record that has any content.
     *
     * @return whether there is one
     * @throws UnreadableFileException if the file is no text in UTF-8
     */
    @Override
    public boolean next() throws IOException {
        if (atStart) {
            skipByteOrderMark();
        }
        do {
            recordStart = nextStart;
            while (!scan()) {
                readMore();
            }
            if (recordStart == limit) {
                return false;
            }
            line = nextLine;
            nextLine += 1 + extraLines;
        } while (!damaged && isBlank());
        rawBeforeUnquoting = doubledQuotes ? Arrays.copyOfRange(buffer, recordStart, recordEnd) : new byte[0];
        if (doubledQuotes) {
            unquote();
        }
        return true;
    }

    /** The line at which the record begins, counted from 1. */
    @Override
    public long line() {
        return line;
    }

    /** Whether quotes in the record are wrong, so that it has no fields. */
    @Override
    public boolean damaged() {
        return damaged;
    }

    @Override
    public String damage() {
        return "a quoted field does not end, or goes on after its end";
    }

    @Override
    public String damageHint() {
        return "Close the quotes of the line.";
    }

    /** All fields are texts. */
    @Override
    public char decimalPoint(int field, char ofTexts) {
        return ofTexts;
    }

    /** The number of fields of the record. */
    @Override
    public int fields() {
        return fields;
    }

    /** What {@link #start} and {@link #end} point into. */
    @Override
    public byte[] buffer() {
        return buffer;
    }

    /** Where a field begins in {@link #buffer}. */
    @Override
    public int start(int field) {
        return starts[checkIndex(field, fields)];
    }

    /** Where a field ends in {@link #buffer}, exclusively. */
    @Override
    public int end(int field) {
        return ends[checkIndex(field, fields)];
    }

    /** Whether a field has no content; a field that the record does not have has none. */
    @Override
    public boolean isEmpty(int field) {
        return field >= fields || starts[field] == ends[field];
    }

    /** A field as text; of a field that the record does not have, the empty text. Bytes that are no UTF-8 become �. */
    @Override
    public String text(int field) {
        return field >= fields ? "" : new String(buffer, starts[field], ends[field] - starts[field], UTF_8);
    }

    /** The record as it was sent, without its line end; cut after 4 KiB. */
    @Override
    public String rawText() {
        boolean kept = rawBeforeUnquoting.length > 0;
        byte[] bytes = kept ? rawBeforeUnquoting : buffer;
        int from = kept ? 0 : recordStart;
        return cut(bytes, from, kept ? bytes.length : recordEnd);
    }

    /** Bytes as text, cut after 4 KiB. */
    public static String cut(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length <= MAX_RAW_TEXT) {
            return new String(bytes, from, length, UTF_8);
        }
        return new String(bytes, from, MAX_RAW_TEXT, UTF_8) + "… (%d bytes in all)".formatted(length);
    }

    /** Finds the record that begins at {@link #recordStart}; false if more bytes are needed to tell where it ends. */
    private boolean scan() {
        byte[] bytes = buffer;
        int end = limit;
        int at = recordStart;
        fields = 0;
        extraLines = 0;
        damaged = false;
        doubledQuotes = false;
        while (true) {
            int from = at;
            int to;
            if (at < end && bytes[at] == '"') {
                to = closingQuote(at + 1);
                if (to < 0) {
                    return to == NEEDS_MORE ? false : scanDamagedLine();
                }
                from++;
                at = to + 1;
                if (at == end && !exhausted) {
                    return false;
                }
                if (at < end && bytes[at] != delimiter && bytes[at] != '\n' && bytes[at] != '\r') {
                    return scanDamagedLine();
                }
            } else {
                byte stop = delimiter;
                while (at < end) {
                    byte b = bytes[at];
                    if (b == stop || b == '\n' || b == '\r') {
                        break;
                    }
                    at++;
                }
                if (at == end && !exhausted) {
                    return false;
                }
                to = at;
                while (from < to && bytes[from] == ' ') {
                    from++;
                }
                while (from < to && bytes[to - 1] == ' ') {
                    to--;
                }
            }
            addField(from, to);
            if (at == end || bytes[at] != delimiter) {
                return endOfLine(at);
            }
            at++;
        }
    }

    private static final int NEEDS_MORE = -1;
    private static final int NEVER_CLOSED = -2;

    private int closingQuote(int from) {
        for (int at = from; at < limit; at++) {
            byte b = buffer[at];
            if (b == '"') {
                if (at + 1 == limit && !exhausted) {
                    return NEEDS_MORE;
                }
                if (at + 1 == limit || buffer[at + 1] != '"') {
                    return at;
                }
                doubledQuotes = true;
                at++;
            } else if (b == '\n' || (b == '\r' && (at + 1 == limit || buffer[at + 1] != '\n'))) {
                extraLines++;
            }
            if (at - recordStart > MAX_QUOTED_RECORD) {
                return NEVER_CLOSED;
            }
        }
        return exhausted ? NEVER_CLOSED : NEEDS_MORE;
    }

    private boolean scanDamagedLine() {
        int at = recordStart;
        while (at < limit && buffer[at] != '\n' && buffer[at] != '\r') {
            at++;
        }
        if (at == limit && !exhausted) {
            return false;
        }
        damaged = true;
        doubledQuotes = false;
        fields = 0;
        extraLines = 0;
        return endOfLine(at);
    }

    private boolean endOfLine(int at) {
        recordEnd = at;
        nextStart = at;
        if (at == limit) {
            return true;
        }
        if (buffer[at] == '\r') {
            if (at + 1 == limit && !exhausted) {
                return false;
            }
            nextStart = at + 1 < limit && buffer[at + 1] == '\n' ? at + 2 : at + 1;
        } else {
            nextStart = at + 1;
        }
        return true;
    }

    private void addField(int from, int to) {
        if (fields == starts.length) {
            starts = Arrays.copyOf(starts, 2 * fields);
            ends = Arrays.copyOf(ends, 2 * fields);
        }
        starts[fields] = from;
        ends[fields] = to;
        fields++;
    }

    private boolean isBlank() {
        for (int field = 0; field < fields; field++) {
            if (starts[field] != ends[field]) {
                return false;
            }
        }
        return true;
    }

    private void unquote() {
        for (int field = 0; field < fields; field++) {
            boolean quoted = starts[field] > recordStart && buffer[starts[field] - 1] == '"';
            if (!quoted) {
                continue;
            }
            int write = starts[field];
            for (int read = starts[field]; read < ends[field]; read++) {
                buffer[write++] = buffer[read];
                if (buffer[read] == '"') {
                    read++;
                }
            }
            ends[field] = write;
        }
    }

    /** Makes room by moving the begun record to the front, and reads on behind it. */
    private void readMore() throws IOException {
        int begun = limit - recordStart;
        if (begun > MAX_RECORD) {
            throw new UnreadableFileException(
                    "Cannot read %s: line %d is longer than %d bytes".formatted(fileName, nextLine, MAX_RECORD),
                    "Check that the file is text with line breaks; if it is, ask the sender for it again.");
        }
        byte[] target = begun > buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
        System.arraycopy(buffer, recordStart, target, 0, begun);
        buffer = target;
        recordStart = 0;
        limit = begun;
        int count = in.read(buffer, limit, buffer.length - limit);
        if (count < 0) {
            exhausted = true;
        } else {
            limit += count;
        }
    }

    private void skipByteOrderMark() throws IOException {
        atStart = false;
        while (limit < 3 && !exhausted) {
            readMore();
        }
        if (limit >= 2 && (buffer[0] & 0xFF) + (buffer[1] & 0xFF) == 0xFE + 0xFF && buffer[0] < 0 && buffer[1] < 0) {
            throw new UnreadableFileException(
                    "Cannot read %s: it is text in UTF-16".formatted(fileName), "Convert the file to UTF-8.");
        }
        boolean marked =
                limit >= 3 && (buffer[0] & 0xFF) == 0xEF && (buffer[1] & 0xFF) == 0xBB && (buffer[2] & 0xFF) == 0xBF;
        nextStart = marked ? 3 : 0;
    }
}
