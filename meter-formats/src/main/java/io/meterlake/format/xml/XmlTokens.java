package io.meterlake.format.xml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.format.UnreadableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The tags and texts of an XML 1.0 document with namespaces, read from bytes in UTF-8, without an object for any of them. It
 * checks that the document is well-formed, and knows no document type declaration. Not thread-safe.
 */
final class XmlTokens {
    enum Token {
        START,
        END,
        TEXT,
        /** A document type declaration. */
        DECLARATION,
        DOCUMENT_END,
        /** A comment or an instruction; {@link #next} passes them over. */
        NOTHING
    }

    private static final Pattern XML_DECLARATION = Pattern.compile(
            "version\\s*=\\s*([\"'])1\\.[0-9]+\\1(\\s+encoding\\s*=\\s*([\"'])[A-Za-z][A-Za-z0-9._-]*\\3)?"
                    + "(\\s+standalone\\s*=\\s*([\"'])(yes|no)\\5)?\\s*");

    private static final int DEEPEST = 64;
    private static final int MOST_ATTRIBUTES = 64;
    private static final int MOST_NAMES = 2000;
    private static final int LONGEST_NAME = 1000;

    private final String fileName;
    private final XmlWindow window;
    private final XmlName.Table names = new XmlName.Table();
    private final XmlNamespaces namespaces = new XmlNamespaces();

    private XmlName[] open = new XmlName[16];
    private int depth;
    private boolean isEmptyElement;
    private boolean hadRoot;
    private boolean isAtStart = true;

    /** The token at hand begins here; what comes next is there. */
    private int from;

    private int next;
    private long line = 1;

    private XmlName name;
    private XmlName[] attributes = new XmlName[8];
    /** From where to where an attribute's value goes, counted from the token's beginning. */
    private int[] values = new int[16];

    private int attributeCount;
    private boolean hasReferences;

    private byte[] text = new byte[0];
    private int textFrom;
    private int textTo;

    XmlTokens(InputStream utf8, String fileName) {
        this.fileName = fileName;
        this.window = new XmlWindow(utf8);
        this.name = names.of(new byte[0], 0, 0, 0);
    }

    /** How many elements are open: of a start its own too, of an end no more. */
    int depth() {
        return depth;
    }

    /** The line of the end of the token, counted from 1. */
    long line() {
        return line;
    }

    String localName() {
        return name.local;
    }

    String namespace() {
        return namespaces.of(name.prefix).orElse("");
    }

    /** An attribute of the start at hand without a prefix. */
    Optional<String> attribute(String wanted) {
        for (int i = 0; i < attributeCount; i++) {
            if (attributes[i].prefix.isEmpty() && attributes[i].local.equals(wanted)) {
                return Optional.of(value(i));
            }
        }
        return Optional.empty();
    }

    /** The bytes of a text, in UTF-8, good until the next token; a text may come in several. */
    @SuppressWarnings("ArrayReturned")
    byte[] text() {
        return text;
    }

    int textFrom() {
        return textFrom;
    }

    int textTo() {
        return textTo;
    }

    Token next() throws IOException {
        if (isEmptyElement) {
            isEmptyElement = false;
            return close();
        }
        while (true) {
            from = next;
            if (next == window.end && !isMore(next)) {
                return documentEnd();
            }
            Token found = switch (window.bytes[next]) {
                case '<' -> markup();
                case '&' -> reference();
                default -> characters();
            };
            isAtStart = false;
            if (found != Token.NOTHING) {
                return found;
            }
        }
    }

    private Token documentEnd() {
        if (depth > 0 || !hadRoot) {
            throw wrong();
        }
        return Token.DOCUMENT_END;
    }

    private Token markup() throws IOException {
        int at = need(next, 2);
        return switch (window.bytes[at + 1]) {
            case '/' -> end(at + 2);
            case '?' -> instruction(at + 2);
            case '!' -> declaration(at + 2);
            default -> start(at + 1);
        };
    }

    // Elements.

    private Token start(int nameAt) throws IOException {
        if (depth == 0 && hadRoot) {
            throw wrong();
        }
        hadRoot = true;
        int at = name(nameAt);
        XmlName element = name;
        attributeCount = 0;
        depth++;
        if (depth > DEEPEST) {
            throw tooMuch();
        }
        if (window.bytes[at] != '>') {
            at = attributes(at);
        }
        next = at + 1;
        if (depth > open.length) {
            open = Arrays.copyOf(open, 2 * open.length);
        }
        open[depth - 1] = element;
        name = element;
        if (!element.isQualified()
                || (!element.prefix.isEmpty() && namespaces.of(element.prefix).isEmpty())) {
            throw wrong();
        }
        return Token.START;
    }

    /** Up to the {@code >} of the tag; where that is. */
    private int attributes(int nameEnd) throws IOException {
        int at = nameEnd;
        hasReferences = false;
        while (true) {
            at = space(at);
            byte b = window.bytes[at];
            if (b == '>') {
                break;
            }
            if (b == '/') {
                at = need(at, 2) + 1;
                isEmptyElement = window.bytes[at] == '>';
                if (!isEmptyElement) {
                    throw wrong();
                }
                break;
            }
            if (!XmlChars.isSpace(window.bytes[at - 1])) {
                throw wrong();
            }
            at = attribute(at);
        }
        bindNamespaces();
        checkAttributes();
        return at;
    }

    private int attribute(int nameAt) throws IOException {
        int at = space(name(nameAt));
        if (window.bytes[at] != '=') {
            throw wrong();
        }
        at = space(at + 1);
        byte quote = window.bytes[at];
        if (quote != '"' && quote != '\'') {
            throw wrong();
        }
        int valueFrom = at + 1 - from;
        at = valueEnd(at + 1, quote);
        if (attributeCount == MOST_ATTRIBUTES) {
            throw tooMuch();
        }
        if (attributeCount == attributes.length) {
            attributes = Arrays.copyOf(attributes, 2 * attributes.length);
            values = Arrays.copyOf(values, 2 * values.length);
        }
        attributes[attributeCount] = name;
        values[2 * attributeCount] = valueFrom;
        values[2 * attributeCount + 1] = at - from;
        attributeCount++;
        return at + 1;
    }

    private int valueEnd(int valueFrom, byte quote) throws IOException {
        int at = valueFrom;
        while (true) {
            at = need(at, 1);
            byte b = window.bytes[at];
            if (b == quote) {
                return at;
            }
            if (b == '<') {
                throw wrong();
            }
            hasReferences |= b == '&';
            at = character(at);
        }
    }

    private String value(int attribute) {
        String raw = new String(
                window.bytes, from + values[2 * attribute], values[2 * attribute + 1] - values[2 * attribute], UTF_8);
        StringBuilder value = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '&') {
                int end = raw.indexOf(';', i);
                int codePoint = end < 0 ? -1 : XmlReferences.of(raw.substring(i + 1, end));
                if (codePoint < 0) {
                    throw wrong();
                }
                value.appendCodePoint(codePoint);
                i = end;
            } else if (c == '\n' || c == '\r' || c == '\t') {
                value.append(' ');
                i += c == '\r' && i + 1 < raw.length() && raw.charAt(i + 1) == '\n' ? 1 : 0;
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }

    private void bindNamespaces() {
        for (int i = 0; i < attributeCount; i++) {
            XmlName attribute = attributes[i];
            boolean isDefault = attribute.prefix.isEmpty() && attribute.local.equals("xmlns");
            if (isDefault || attribute.prefix.equals("xmlns")) {
                if (!namespaces.bind(isDefault ? "" : attribute.local, value(i), depth)) {
                    throw wrong();
                }
            } else if (hasReferences) {
                // They are looked at even if nobody asks for the value.
                value(i);
            }
        }
    }

    /** Two attributes of the same name, or of the same namespace and name, or of a prefix that is not bound. */
    private void checkAttributes() {
        for (int i = 0; i < attributeCount; i++) {
            XmlName one = attributes[i];
            Optional<String> namespace = attributeNamespace(one);
            if (!one.isQualified() || namespace.isEmpty()) {
                throw wrong();
            }
            for (int j = 0; j < i; j++) {
                boolean isSame = attributes[j].local.equals(one.local)
                        && attributeNamespace(attributes[j]).equals(namespace);
                if (isSame) {
                    throw wrong();
                }
            }
        }
    }

    private Optional<String> attributeNamespace(XmlName attribute) {
        return attribute.prefix.isEmpty() || attribute.prefix.equals("xmlns")
                ? Optional.of(attribute.prefix)
                : namespaces.of(attribute.prefix);
    }

    private Token end(int nameAt) throws IOException {
        if (depth == 0) {
            throw wrong();
        }
        XmlName expected = open[depth - 1];
        int at = need(nameAt, expected.bytes.length + 1);
        if (!expected.is(window.bytes, at)) {
            throw wrong();
        }
        at += expected.bytes.length;
        if (window.bytes[at] != '>') {
            at = space(at);
            if (window.bytes[at] != '>') {
                throw wrong();
            }
        }
        next = at + 1;
        return close();
    }

    private Token close() {
        depth--;
        name = open[depth];
        namespaces.leaveTo(depth);
        attributeCount = 0;
        return Token.END;
    }

    /** Reads a name into {@link #name}; the position behind it, which there is. */
    private int name(int nameAt) throws IOException {
        int at = need(nameAt, 1);
        int nameFrom = at - from;
        int hash = 0;
        boolean isFirst = !XmlChars.isAsciiNameStart(window.bytes[at]);
        if (!isFirst) {
            byte[] bytes = window.bytes;
            int end = window.end;
            do {
                hash = XmlName.Table.hash(hash, bytes[at++]);
            } while (at < end && XmlChars.isAsciiName(bytes[at]));
            at = need(at, 1);
        }
        while (true) {
            byte b = window.bytes[at];
            if (b < 0) {
                int length = XmlChars.length(b);
                at = need(at, Math.max(1, length));
                int codePoint = length == 0 ? -1 : XmlChars.decode(window.bytes, at, length);
                if (codePoint < 0) {
                    throw notUtf8();
                }
                if (isFirst ? !XmlChars.isNameStart(codePoint) : !XmlChars.isName(codePoint)) {
                    throw wrong();
                }
                for (int i = 0; i < length; i++) {
                    hash = XmlName.Table.hash(hash, window.bytes[at + i]);
                }
                at += length;
            } else if (isFirst ? XmlChars.isNameStart(b) : XmlChars.isAsciiName(b)) {
                hash = XmlName.Table.hash(hash, b);
                at++;
            } else if (isFirst) {
                throw wrong();
            } else {
                break;
            }
            isFirst = false;
            if (at == window.end) {
                at = need(at, 1);
            }
        }
        if (at - from - nameFrom > LONGEST_NAME) {
            throw wrong();
        }
        name = names.of(window.bytes, from + nameFrom, at - from - nameFrom, hash);
        if (names.size() > MOST_NAMES) {
            throw new UnreadableFileException(
                    "Cannot read %s: up to line %d it has more than %d different names"
                            .formatted(fileName, line, MOST_NAMES),
                    XmlCursor.NO_METER_FILE);
        }
        return at;
    }

    // Texts.

    private Token characters() throws IOException {
        int at = next;
        while (true) {
            byte[] bytes = window.bytes;
            int end = window.end;
            byte kind = XmlChars.PLAIN;
            while (at < end) {
                kind = XmlChars.kind(bytes[at]);
                if (kind == XmlChars.LINE_FEED) {
                    line++;
                } else if (kind != XmlChars.PLAIN) {
                    break;
                }
                at++;
            }
            if (at == end) {
                if (at - from >= XmlWindow.LONGEST / 4) {
                    return textUpTo(at);
                }
                int before = from;
                if (!isMore(from)) {
                    return textUpTo(at - before);
                }
                at -= before;
            } else if (kind == XmlChars.LESS || kind == XmlChars.AMPERSAND) {
                return textUpTo(at);
            } else {
                at = kind == XmlChars.BRACKET ? bracket(at) : character(at);
            }
        }
    }

    private Token textUpTo(int at) {
        next = at;
        text = window.bytes;
        textFrom = from;
        textTo = at;
        if (depth == 0) {
            for (int i = textFrom; i < textTo; i++) {
                if (!XmlChars.isSpace(text[i])) {
                    throw wrong();
                }
            }
        }
        return Token.TEXT;
    }

    /** {@code ]]>} may not be in a text. */
    private int bracket(int bracket) throws IOException {
        int at = need(bracket, 3);
        if (window.bytes[at + 1] == ']' && window.bytes[at + 2] == '>') {
            throw wrong();
        }
        return at + 1;
    }

    /** Checks one character and counts its line; the position behind it. */
    private int character(int position) throws IOException {
        byte b = window.bytes[position];
        switch (XmlChars.kind(b)) {
            case XmlChars.LINE_FEED -> line++;
            case XmlChars.RETURN -> {
                int at = position + 1;
                if (at == window.end) {
                    int before = from;
                    boolean isMore = isMore(from);
                    at -= before;
                    line += isMore && window.bytes[at] == '\n' ? 0 : 1;
                    return at;
                }
                line += window.bytes[at] == '\n' ? 0 : 1;
                return at;
            }
            case XmlChars.FORBIDDEN -> throw wrong();
            case XmlChars.WIDE -> {
                int length = XmlChars.length(b);
                int at = need(position, Math.max(1, length));
                int codePoint = length == 0 ? -1 : XmlChars.decode(window.bytes, at, length);
                if (codePoint < 0) {
                    throw notUtf8();
                }
                if (!XmlChars.isAllowed(codePoint)) {
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

    private Token reference() throws IOException {
        int at = next + 1;
        do {
            at = need(at, 1);
            if (at - from > XmlReferences.LONGEST || depth == 0) {
                throw wrong();
            }
        } while (window.bytes[at++] != ';');
        String reference = new String(window.bytes, from + 1, at - from - 2, UTF_8);
        int codePoint = XmlReferences.of(reference);
        next = at;
        if (codePoint < 0) {
            throw wrong();
        }
        text = Character.toString(codePoint).getBytes(UTF_8);
        textFrom = 0;
        textTo = text.length;
        return Token.TEXT;
    }

    // What begins with <! or <?.

    private Token declaration(int markAt) throws IOException {
        int at = need(markAt, 2);
        if (window.bytes[at] == '-' && window.bytes[at + 1] == '-') {
            at = need(upTo(at + 2, "--"), 1);
            if (window.bytes[at] != '>') {
                throw wrong();
            }
            next = at + 1;
            return Token.NOTHING;
        }
        at = need(at, 7);
        String word = new String(window.bytes, at, 7, ISO_8859_1);
        if (word.equals("[CDATA[") && depth > 0) {
            int textAt = at + 7 - from;
            next = upTo(at + 7, "]]>");
            text = window.bytes;
            textFrom = from + textAt;
            textTo = next - 3;
            return Token.TEXT;
        }
        if (word.equals("DOCTYPE") && !hadRoot) {
            return Token.DECLARATION;
        }
        throw wrong();
    }

    private Token instruction(int targetAt) throws IOException {
        XmlName element = name;
        int at = name(targetAt);
        String target = new String(name.bytes, UTF_8);
        name = element;
        int contentAt = at - from;
        boolean isSeparate = XmlChars.isSpace(window.bytes[at]);
        next = upTo(at, "?>");
        String content = new String(window.bytes, from + contentAt, next - 2 - from - contentAt, UTF_8);
        boolean isXml = target.equalsIgnoreCase("xml");
        boolean isRight = isXml
                ? isAtStart
                        && target.equals("xml")
                        && XML_DECLARATION.matcher(content.strip()).matches()
                : true;
        if (!isRight || (!isSeparate && !content.isEmpty())) {
            throw wrong();
        }
        return Token.NOTHING;
    }

    /** The position behind the first such mark. */
    private int upTo(int position, String mark) throws IOException {
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

    // Bytes.

    /** Passes over white space; the position behind it, which there is. */
    private int space(int position) throws IOException {
        int at = need(position, 1);
        while (XmlChars.isSpace(window.bytes[at])) {
            at = need(character(at), 1);
        }
        return at;
    }

    /** Makes sure that there are so many bytes from a position on; the position, which may have moved. */
    private int need(int position, int count) throws IOException {
        int at = position;
        while (at + count > window.end) {
            int before = from;
            if (!isMore(from)) {
                throw wrong();
            }
            at -= before;
        }
        return at;
    }

    /** Reads more, keeping the token at hand, which is at the front then. */
    private boolean isMore(int keep) throws IOException {
        if (window.end - keep >= XmlWindow.LONGEST) {
            throw new UnreadableFileException(
                    "Cannot read %s: a tag, a comment or an instruction of it is longer than %d bytes"
                            .formatted(fileName, XmlWindow.LONGEST),
                    "No meter file has one like that; ask the sender what the file is.");
        }
        next -= keep;
        boolean isMore = window.fill(keep);
        from = 0;
        return isMore;
    }

    /** Found before anything is done with them: what looks for two of a name compares each with each. */
    private UnreadableFileException tooMuch() {
        return new UnreadableFileException(
                "Cannot read %s: at line %d its elements are nested deeper than %d, or have more than %d attributes"
                        .formatted(fileName, line, DEEPEST, MOST_ATTRIBUTES),
                XmlCursor.NO_METER_FILE);
    }

    private UnreadableFileException notUtf8() {
        return XmlEncoding.undecodable(fileName, line);
    }

    private UnreadableFileException wrong() {
        String what = window.ended() && depth > 0
                ? "it ends near line %d before its root element does, or is no well-formed XML there"
                : "it is no well-formed XML at line %d";
        return new UnreadableFileException(
                "Cannot read %s: ".formatted(fileName) + what.formatted(line),
                "The file is cut off or damaged: ask the sender to send it again.");
    }
}
