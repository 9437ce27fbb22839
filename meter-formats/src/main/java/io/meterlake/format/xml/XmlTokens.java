package io.meterlake.format.xml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
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

    static final int DEEPEST = 64;

    private static final Pattern XML_DECLARATION = Pattern.compile(
            "version\\s*=\\s*([\"'])1\\.[0-9]+\\1(\\s+encoding\\s*=\\s*([\"'])[A-Za-z][A-Za-z0-9._-]*\\3)?"
                    + "(\\s+standalone\\s*=\\s*([\"'])(yes|no)\\5)?\\s*");

    private final XmlScanner scanner;
    private final XmlNamespaces namespaces = new XmlNamespaces();
    private final XmlAttributes attributes;
    private final XmlName[] open = new XmlName[DEEPEST];
    private boolean isEmptyElement;
    private boolean hadRoot;
    private boolean isAtStart = true;
    private int next;
    private XmlName name;

    private byte[] text = new byte[0];
    private int textFrom;
    private int textTo;

    XmlTokens(InputStream utf8, String fileName) {
        this.scanner = new XmlScanner(utf8, fileName);
        this.attributes = new XmlAttributes(scanner, namespaces);
        this.name = scanner.name();
    }

    /** How many elements are open: of a start its own too, of an end no more. */
    int depth() {
        return scanner.depth;
    }

    /** The line of the end of the token, counted from 1. */
    long line() {
        return scanner.line();
    }

    String localName() {
        return name.local;
    }

    String namespace() {
        return namespaces.of(name.prefix).orElse("");
    }

    /** An attribute of the start at hand without a prefix. */
    Optional<String> attribute(String wanted) {
        return attributes.value(wanted);
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
            int at = scanner.begin(next);
            if (at < 0) {
                return documentEnd();
            }
            Token found = switch (scanner.at(at)) {
                case '<' -> markup(at);
                case '&' -> reference(at);
                default -> characters(at);
            };
            isAtStart = false;
            if (found != Token.NOTHING) {
                return found;
            }
        }
    }

    private Token documentEnd() {
        next = scanner.end();
        if (scanner.depth > 0 || !hadRoot) {
            throw scanner.wrong();
        }
        return Token.DOCUMENT_END;
    }

    private Token markup(int from) throws IOException {
        int at = scanner.need(from, 2);
        return switch (scanner.at(at + 1)) {
            case '/' -> end(at + 2);
            case '?' -> instruction(at + 2);
            case '!' -> declaration(at + 2);
            default -> start(at + 1);
        };
    }

    private Token start(int nameAt) throws IOException {
        if (scanner.depth == 0 && hadRoot) {
            throw scanner.wrong();
        }
        hadRoot = true;
        int at = scanner.name(nameAt);
        name = scanner.name();
        attributes.clear();
        scanner.depth++;
        if (scanner.depth > DEEPEST) {
            throw scanner.tooMuch();
        }
        if (scanner.at(at) != '>') {
            at = attributes.read(at);
        }
        if (scanner.at(at) == '/') {
            isEmptyElement = true;
            at = scanner.need(at, 2) + 1;
        }
        if (scanner.at(at) != '>') {
            throw scanner.wrong();
        }
        next = at + 1;
        open[scanner.depth - 1] = name;
        if (!name.isQualified
                || (!name.prefix.isEmpty() && namespaces.of(name.prefix).isEmpty())) {
            throw scanner.wrong();
        }
        return Token.START;
    }

    private Token end(int nameAt) throws IOException {
        if (scanner.depth == 0) {
            throw scanner.wrong();
        }
        XmlName expected = open[scanner.depth - 1];
        int at = scanner.need(nameAt, expected.bytes.length + 1);
        if (!expected.is(scanner.bytes(), at)) {
            throw scanner.wrong();
        }
        at = scanner.space(at + expected.bytes.length);
        if (scanner.at(at) != '>') {
            throw scanner.wrong();
        }
        next = at + 1;
        return close();
    }

    private Token close() {
        scanner.depth--;
        name = open[scanner.depth];
        namespaces.leaveTo(scanner.depth);
        attributes.clear();
        return Token.END;
    }

    private Token characters(int from) throws IOException {
        int at = from;
        while (true) {
            at = scanner.plain(at);
            if (at == scanner.end()) {
                if (at - scanner.from() >= XmlWindow.LONGEST / 4) {
                    return textUpTo(at);
                }
                int before = scanner.from();
                boolean isMore = scanner.isMore();
                at -= before;
                if (!isMore) {
                    return textUpTo(at);
                }
                continue;
            }
            switch (scanner.at(at)) {
                case '<', '&' -> {
                    return textUpTo(at);
                }
                case ']' -> at = bracket(at);
                default -> at = scanner.character(at);
            }
        }
    }

    private Token textUpTo(int at) {
        next = at;
        text = scanner.bytes();
        textFrom = scanner.from();
        textTo = at;
        if (scanner.depth == 0) {
            for (int i = textFrom; i < textTo; i++) {
                if (!XmlChars.isSpace(text[i])) {
                    throw scanner.wrong();
                }
            }
        }
        return Token.TEXT;
    }

    /** {@code ]]>} may not be in a text. */
    private int bracket(int bracket) throws IOException {
        int at = scanner.need(bracket, 3);
        if (scanner.at(at + 1) == ']' && scanner.at(at + 2) == '>') {
            throw scanner.wrong();
        }
        return at + 1;
    }

    private Token reference(int from) throws IOException {
        int at = from + 1;
        do {
            at = scanner.need(at, 1);
            if (at - scanner.from() > XmlReferences.LONGEST || scanner.depth == 0) {
                throw scanner.wrong();
            }
        } while (scanner.at(at++) != ';');
        int nameFrom = scanner.from() + 1;
        int codePoint = XmlReferences.of(new String(scanner.bytes(), nameFrom, at - 1 - nameFrom, UTF_8));
        if (codePoint < 0) {
            throw scanner.wrong();
        }
        next = at;
        text = Character.toString(codePoint).getBytes(UTF_8);
        textFrom = 0;
        textTo = text.length;
        return Token.TEXT;
    }

    /** What begins with {@code <!}. */
    private Token declaration(int markAt) throws IOException {
        int at = scanner.need(markAt, 2);
        if (scanner.at(at) == '-' && scanner.at(at + 1) == '-') {
            at = scanner.need(scanner.upTo(at + 2, "--"), 1);
            if (scanner.at(at) != '>') {
                throw scanner.wrong();
            }
            next = at + 1;
            return Token.NOTHING;
        }
        at = scanner.need(at, 7);
        String word = new String(scanner.bytes(), at, 7, ISO_8859_1);
        if (word.equals("[CDATA[") && scanner.depth > 0) {
            int textAt = at + 7 - scanner.from();
            next = scanner.upTo(at + 7, "]]>");
            text = scanner.bytes();
            textFrom = scanner.from() + textAt;
            textTo = next - 3;
            return Token.TEXT;
        }
        if (word.equals("DOCTYPE") && !hadRoot) {
            return Token.DECLARATION;
        }
        throw scanner.wrong();
    }

    /** What begins with {@code <?}. */
    private Token instruction(int targetAt) throws IOException {
        int at = scanner.name(targetAt);
        String target = new String(scanner.name().bytes, UTF_8);
        int contentAt = at - scanner.from();
        boolean isSeparate = XmlChars.isSpace(scanner.at(at));
        next = scanner.upTo(at, "?>");
        int contentFrom = scanner.from() + contentAt;
        String content = new String(scanner.bytes(), contentFrom, next - 2 - contentFrom, UTF_8);
        boolean isRight = !target.equalsIgnoreCase("xml")
                || (isAtStart
                        && target.equals("xml")
                        && XML_DECLARATION.matcher(content.strip()).matches());
        if (!isRight || (!isSeparate && !content.isEmpty())) {
            throw scanner.wrong();
        }
        return Token.NOTHING;
    }
}
