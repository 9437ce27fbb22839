package io.meterlake.format.xml;

import io.meterlake.format.UnreadableFileException;
import java.io.IOException;
import java.io.InputStream;

/**
 * What XML is made of below its tags: characters, white space, names. Positions are those of the {@link #bytes}; whatever
 * reads on may move the token at hand to the front, and so gives the position where it has come to. Not thread-safe.
 */
final class XmlScanner {
    private static final int MOST_NAMES = 2000;
    private static final int LONGEST_NAME = 1000;

    private final String fileName;
    private final XmlWindow window;
    private final XmlName.Table names = new XmlName.Table();
    private int from;
    private long line = 1;
    private XmlName name = names.of(new byte[0], 0, 0, 0);

    /** How many elements are open: of a start its own too, of an end no more. */
    int depth;

    XmlScanner(InputStream utf8, String fileName) {
        this.fileName = fileName;
        this.window = new XmlWindow(utf8);
    }

    /** The line of the character that was passed last, counted from 1. */
    long line() {
        return line;
    }

    /** The bytes that are there up to {@link #end}; another array when more were read. */
    @SuppressWarnings("ArrayReturned")
    byte[] bytes() {
        return window.bytes;
    }

    int end() {
        return window.end;
    }

    byte at(int position) {
        return window.bytes[position];
    }

    /** Where the token at hand begins. */
    int from() {
        return from;
    }

    /**
     * Begins a token.
     *
     * @return where it begins then; negative if the document ends there
     */
    int begin(int position) throws IOException {
        from = position;
        if (position < window.end) {
            return position;
        }
        return isMore() ? from : -1;
    }

    /** Makes sure that there are so many bytes from a position on; the position, which may have moved. */
    int need(int position, int count) throws IOException {
        int at = position;
        while (at + count > window.end) {
            int before = from;
            if (!isMore()) {
                throw wrong();
            }
            at -= before;
        }
        return at;
    }

    /** Reads more. The token at hand is at the front then, whether there is more or not. */
    boolean isMore() throws IOException {
        if (window.end - from >= XmlWindow.LONGEST) {
            throw new UnreadableFileException(
                    "Cannot read %s: a tag, a comment or an instruction of it is longer than %d bytes"
                            .formatted(fileName, XmlWindow.LONGEST),
                    "No meter file has one like that; ask the sender what the file is.");
        }
        boolean isMore = window.fill(from);
        from = 0;
        return isMore;
    }

    /** Passes over plain characters; the position of the first one that has to be looked at, or the end of the bytes. */
    int plain(int position) {
        byte[] bytes = window.bytes;
        int end = window.end;
        int at = position;
        while (at < end) {
            byte kind = XmlChars.kind(bytes[at]);
            if (kind == XmlChars.LINE_FEED) {
                line++;
            } else if (kind != XmlChars.PLAIN) {
                break;
            }
            at++;
        }
        return at;
    }

    /** Checks one character and counts its line; the position behind it. */
    int character(int position) throws IOException {
        byte b = window.bytes[position];
        switch (XmlChars.kind(b)) {
            case XmlChars.LINE_FEED -> line++;
            case XmlChars.RETURN -> {
                int at = position + 1;
                boolean isLast = false;
                if (at == window.end) {
                    int before = from;
                    isLast = !isMore();
                    at -= before;
                }
                line += !isLast && window.bytes[at] == '\n' ? 0 : 1;
                return at;
            }
            case XmlChars.FORBIDDEN -> throw wrong();
            case XmlChars.WIDE -> {
                int length = XmlChars.length(b);
                int at = need(position, Math.max(1, length));
                if (!XmlChars.isAllowed(wide(at, length))) {
                    throw wrong();
                }
                return at + length;
            }
            default -> {
                // Nothing to look at.
            }
        }
        return position + 1;
    }

    /** A character beyond ASCII, all of whose bytes are there. */
    private int wide(int at, int length) {
        int codePoint = length == 0 ? -1 : XmlChars.decode(window.bytes, at, length);
        if (codePoint < 0) {
            throw XmlEncoding.undecodable(fileName, line);
        }
        return codePoint;
    }

    /** Passes over white space; the position behind it, which there is. */
    int space(int position) throws IOException {
        int at = need(position, 1);
        while (XmlChars.isSpace(window.bytes[at])) {
            at = need(character(at), 1);
        }
        return at;
    }

    /** The position behind the first such mark. */
    int upTo(int position, String mark) throws IOException {
        int at = position;
        while (true) {
            at = need(at, mark.length());
            int same = 0;
            while (same < mark.length() && window.bytes[at + same] == mark.charAt(same)) {
                same++;
            }
            if (same == mark.length()) {
                return at + same;
            }
            at = character(at);
        }
    }

    /** Reads a name, which {@link #name} then gives; the position behind it, which there is. */
    int name(int position) throws IOException {
        int at = need(position, 1);
        int nameFrom = at - from;
        int hash = 0;
        while (true) {
            byte[] bytes = window.bytes;
            int end = window.end;
            while (at < end && XmlChars.isAsciiName(bytes[at])) {
                hash = XmlName.Table.hash(hash, bytes[at++]);
            }
            at = need(at, 1);
            byte b = window.bytes[at];
            if (b < 0) {
                int length = XmlChars.length(b);
                at = need(at, Math.max(1, length));
                if (!XmlChars.isName(wide(at, length))) {
                    throw wrong();
                }
                for (int i = 0; i < length; i++) {
                    hash = XmlName.Table.hash(hash, window.bytes[at++]);
                }
            } else if (!XmlChars.isAsciiName(b)) {
                break;
            }
        }
        name = known(from + nameFrom, at - from - nameFrom, hash);
        return at;
    }

    /** The name that was read last. */
    XmlName name() {
        return name;
    }

    private XmlName known(int nameFrom, int length, int hash) {
        if (length == 0 || length > LONGEST_NAME) {
            throw wrong();
        }
        XmlName known = names.of(window.bytes, nameFrom, length, hash);
        if (!known.isName) {
            throw wrong();
        }
        if (names.size() > MOST_NAMES) {
            throw new UnreadableFileException(
                    "Cannot read %s: up to line %d it has more than %d different names"
                            .formatted(fileName, line, MOST_NAMES),
                    XmlCursor.NO_METER_FILE);
        }
        return known;
    }

    /** What to throw where the document is not well-formed. */
    UnreadableFileException wrong() {
        String what = window.ended() && depth > 0
                ? "it ends near line %d before its root element does, or is no well-formed XML there"
                : "it is no well-formed XML at line %d";
        return new UnreadableFileException(
                "Cannot read %s: ".formatted(fileName) + what.formatted(line),
                "The file is cut off or damaged: ask the sender to send it again.");
    }

    /** What to throw where there is more than a meter file has. */
    UnreadableFileException tooMuch() {
        return new UnreadableFileException(
                "Cannot read %s: at line %d its elements are nested deeper than %d, or have more than %d attributes"
                        .formatted(fileName, line, XmlTokens.DEEPEST, XmlAttributes.MOST),
                XmlCursor.NO_METER_FILE);
    }
}
