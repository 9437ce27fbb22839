package io.meterlake.format.xml;

/** Which bytes and characters XML 1.0 allows where (its productions 2, 4 and 4a). */
final class XmlChars {
    /** In character data: nothing has to be done. */
    static final byte PLAIN = 0;
    /** A line feed, a carriage return. */
    static final byte LINE_FEED = 1;

    static final byte RETURN = 2;
    /** May end the run: {@code <}, {@code &}, {@code ]}. */
    static final byte MARK = 3;

    /** A byte of a character beyond ASCII. */
    static final byte WIDE = 4;
    /** In no document. */
    static final byte FORBIDDEN = 5;

    private static final byte[] KINDS = new byte[256];
    private static final boolean[] NAME = new boolean[128];
    private static final boolean[] NAME_START = new boolean[128];

    static {
        for (int b = 0; b < 256; b++) {
            KINDS[b] = b >= 0x80 ? WIDE : b >= 0x20 || b == '\t' ? PLAIN : FORBIDDEN;
        }
        KINDS['\n'] = LINE_FEED;
        KINDS['\r'] = RETURN;
        KINDS['<'] = MARK;
        KINDS['&'] = MARK;
        KINDS[']'] = MARK;
        for (int c = 0; c < 128; c++) {
            NAME_START[c] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
            NAME[c] = NAME_START[c] || (c >= '0' && c <= '9') || c == '-' || c == '.';
        }
    }

    private XmlChars() {}

    static byte kind(byte b) {
        return KINDS[b & 0xFF];
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\t' || b == '\r';
    }

    /** Whether a byte is in a name, if it is ASCII. */
    static boolean isAsciiName(byte b) {
        return b >= 0 && NAME[b];
    }

    static boolean isNameStart(int codePoint) {
        return codePoint < 128
                ? NAME_START[codePoint]
                : (in(codePoint, 0xC0, 0x2FF) && codePoint != 0xD7 && codePoint != 0xF7)
                        || (in(codePoint, 0x370, 0x1FFF) && codePoint != 0x37E)
                        || in(codePoint, 0x200C, 0x200D)
                        || in(codePoint, 0x2070, 0x218F)
                        || in(codePoint, 0x2C00, 0x2FEF)
                        || in(codePoint, 0x3001, 0xD7FF)
                        || in(codePoint, 0xF900, 0xFDCF)
                        || in(codePoint, 0xFDF0, 0xFFFD)
                        || in(codePoint, 0x10000, 0xEFFFF);
    }

    static boolean isName(int codePoint) {
        return isNameStart(codePoint)
                || (codePoint < 128 && NAME[codePoint])
                || codePoint == 0xB7
                || in(codePoint, 0x300, 0x36F)
                || in(codePoint, 0x203F, 0x2040);
    }

    /** Whether a character may be in a document at all. */
    static boolean isAllowed(int codePoint) {
        return codePoint == '\t'
                || codePoint == '\n'
                || codePoint == '\r'
                || in(codePoint, 0x20, 0xD7FF)
                || in(codePoint, 0xE000, 0xFFFD)
                || in(codePoint, 0x10000, 0x10FFFF);
    }

    /** How many bytes a character takes in UTF-8 that begins with this byte; 0 if none does. */
    static int length(byte first) {
        int b = first & 0xFF;
        return b < 0x80 ? 1 : b < 0xC2 ? 0 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : b < 0xF5 ? 4 : 0;
    }

    /** The character of so many bytes; -1 if they are no UTF-8. */
    static int decode(byte[] bytes, int at, int length) {
        if (length == 1) {
            return bytes[at];
        }
        int codePoint = bytes[at] & (0xFF >> (length + 1));
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return -1;
            }
            codePoint = codePoint << 6 | (bytes[at + i] & 0x3F);
        }
        boolean isTooLong = codePoint < (length == 3 ? 0x800 : length == 4 ? 0x10000 : 0x80);
        return isTooLong || in(codePoint, 0xD800, 0xDFFF) || codePoint > 0x10FFFF ? -1 : codePoint;
    }

    private static boolean in(int codePoint, int from, int to) {
        return codePoint >= from && codePoint <= to;
    }
}
