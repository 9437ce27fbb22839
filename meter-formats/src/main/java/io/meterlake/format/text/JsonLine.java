package io.meterlake.format.text;

/**
 * Reads the one object of a line (RFC 8259, strictly), taking out the escapes of texts where they stand. One for all lines
 * of a file.
 */
final class JsonLine {
    private static final int DEEPEST = 32;
    private static final String NO_OBJECT = "it is no JSON object: ";

    private final JsonLinesReader reader;
    private byte[] bytes = {};
    private int end;
    private int at;
    private int textStart;
    private int textEnd;
    private String damage = "";

    JsonLine(JsonLinesReader reader) {
        this.reader = reader;
    }

    /** Gives the reader its fields; what is wrong with the line, or an empty text. */
    String read() {
        bytes = reader.buffer();
        at = reader.lineStart();
        end = reader.lineEnd();
        damage = "";
        skipSpace();
        if (!literal('{')) {
            return NO_OBJECT + "it does not begin with {";
        }
        members();
        skipSpace();
        if (damage.isEmpty() && at < end) {
            return NO_OBJECT + "it goes on after its }";
        }
        return damage;
    }

    private void members() {
        skipSpace();
        if (literal('}')) {
            return;
        }
        int expected = 0;
        while (damage.isEmpty()) {
            skipSpace();
            if (!text()) {
                return;
            }
            int field = reader.field(textStart, textEnd, expected);
            skipSpace();
            if (!literal(':')) {
                fail("a key has no colon behind it");
                return;
            }
            skipSpace();
            value(field);
            if (field >= 0) {
                expected = field + 1;
            }
            if (!separated('}')) {
                return;
            }
        }
    }

    /** Whether another member or element follows; false at the end, and if there is neither. */
    private boolean separated(char closing) {
        skipSpace();
        if (!damage.isEmpty() || literal(closing)) {
            return false;
        }
        if (!literal(',')) {
            fail(at == end ? "it ends too early" : "a comma is missing");
            return false;
        }
        return true;
    }

    private void value(int field) {
        int start = at;
        if (at < end && bytes[at] == '"') {
            if (text() && field >= 0) {
                give(field, textStart, textEnd, false);
            }
            return;
        }
        boolean number = number();
        if (!number && !word() && !nested(1)) {
            fail("a value is missing or no JSON");
            return;
        }
        if (field >= 0 && damage.isEmpty()) {
            boolean isNull = at - start == 4 && bytes[start] == 'n';
            give(field, start, isNull ? start : at, number);
        }
    }

    private void give(int field, int from, int to, boolean number) {
        if (!reader.give(field, from, to, number)) {
            damage = "the object gives a key twice";
        }
    }

    /** An object or array, whose parts do not matter beyond that they are JSON. */
    private boolean nested(int depth) {
        boolean object = at < end && bytes[at] == '{';
        if (depth > DEEPEST || at == end || (!object && bytes[at] != '[')) {
            return false;
        }
        at++;
        char closing = object ? '}' : ']';
        skipSpace();
        if (literal(closing)) {
            return true;
        }
        do {
            skipSpace();
            if (object) {
                if (!text()) {
                    return false;
                }
                skipSpace();
                if (!literal(':')) {
                    return false;
                }
                skipSpace();
            }
            boolean isText = at < end && bytes[at] == '"';
            boolean read = isText ? text() : number() || word() || nested(depth + 1);
            if (!read) {
                return false;
            }
        } while (separated(closing));
        return damage.isEmpty();
    }

    private boolean word() {
        for (String word : new String[] {"null", "true", "false"}) {
            int to = at + word.length();
            if (to <= end && matches(word)) {
                at = to;
                return true;
            }
        }
        return false;
    }

    private boolean matches(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean number() {
        int start = at;
        literal('-');
        int first = at;
        boolean valid = digits() && (bytes[first] != '0' || at == first + 1);
        if (valid && literal('.')) {
            valid = digits();
        }
        if (valid && (literal('e') || literal('E'))) {
            if (!literal('+')) {
                literal('-');
            }
            valid = digits();
        }
        if (!valid) {
            at = start;
        }
        return valid;
    }

    private boolean digits() {
        int start = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at > start;
    }

    /** A text: {@link #textStart} and {@link #textEnd} are then what it says, without quotes and escapes. */
    private boolean text() {
        if (!literal('"')) {
            fail("a key has no quotes");
            return false;
        }
        textStart = at;
        int write = at;
        while (at < end) {
            byte b = bytes[at++];
            if (b == '"') {
                textEnd = write;
                return true;
            }
            if (b == '\\') {
                reader.keepRaw();
                int character = escape();
                if (character < 0) {
                    fail("an escape in a text is none of JSON");
                    return false;
                }
                write = put(character, write);
            } else if (b >= 0 && b < ' ') {
                fail("a text has a control character");
                return false;
            } else {
                if (write != at - 1) {
                    bytes[write] = b;
                }
                write++;
            }
        }
        fail("a text does not end");
        return false;
    }

    /** The character of an escape whose backslash was read; -1 if it is none. */
    private int escape() {
        if (at == end) {
            return -1;
        }
        return switch (bytes[at++]) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> -1;
        };
    }

    private int unicode() {
        int first = fourDigits();
        if (first < 0 || !Character.isSurrogate((char) first)) {
            return first;
        }
        boolean pair = Character.isHighSurrogate((char) first) && literal('\\') && literal('u');
        int second = pair ? fourDigits() : -1;
        return second >= 0 && Character.isLowSurrogate((char) second)
                ? Character.toCodePoint((char) first, (char) second)
                : -1;
    }

    private int fourDigits() {
        int value = 0;
        for (int i = 0; i < 4; i++, at++) {
            int digit = at < end && bytes[at] > 0 ? Character.digit(bytes[at], 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** Writes a character in UTF-8, which is never longer than its escape. */
    private int put(int character, int write) {
        int to = write;
        if (character < 0x80) {
            bytes[to++] = (byte) character;
        } else if (character < 0x800) {
            bytes[to++] = (byte) (0xC0 | character >> 6);
            bytes[to++] = (byte) (0x80 | (character & 0x3F));
        } else if (character < 0x10000) {
            bytes[to++] = (byte) (0xE0 | character >> 12);
            bytes[to++] = (byte) (0x80 | (character >> 6 & 0x3F));
            bytes[to++] = (byte) (0x80 | (character & 0x3F));
        } else {
            bytes[to++] = (byte) (0xF0 | character >> 18);
            bytes[to++] = (byte) (0x80 | (character >> 12 & 0x3F));
            bytes[to++] = (byte) (0x80 | (character >> 6 & 0x3F));
            bytes[to++] = (byte) (0x80 | (character & 0x3F));
        }
        return to;
    }

    private void skipSpace() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
            at++;
        }
    }

    private boolean literal(char expected) {
        if (at < end && bytes[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void fail(String reason) {
        if (damage.isEmpty()) {
            damage = NO_OBJECT + reason;
        }
    }
}
