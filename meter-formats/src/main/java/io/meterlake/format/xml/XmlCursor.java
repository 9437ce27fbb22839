package io.meterlake.format.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.format.xml.XmlTokens.Token;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Walks through the elements of an XML document, forwards only. A caller asks for the children of the element that it
 * is in, and what it does not look at is passed over:
 *
 * <pre>{@code
 * int reading = xml.level();
 * while (xml.nextIn(reading)) {
 *     switch (xml.name()) { case "value" -> … xml.text() …; default -> {} }
 * }
 * }</pre>
 *
 * <p>All methods throw {@link UnreadableFileException} if the document is not well-formed, breaks a limit, or has a
 * document type declaration, and {@link IOException} if its bytes can't be read. Not thread-safe.
 */
public final class XmlCursor {
    /** More than any field of a meter file has. */
    static final int LONGEST_TEXT = 4096;

    static final String NO_METER_FILE = "No meter file is like that; ask the sender what the file is.";

    private final String fileName;
    private final XmlTokens tokens;

    private byte[] text = new byte[LONGEST_TEXT];
    private int textFrom;
    private int textTo;

    /** @param in is read to its end, and not closed */
    public XmlCursor(InputStream in, String fileName) throws IOException {
        this.fileName = fileName;
        this.tokens = new XmlTokens(XmlEncoding.utf8(in, fileName), fileName);
    }

    /** Goes to the root element, to be called first. */
    public void toRoot() throws IOException {
        if (!nextIn(0)) {
            throw new UnreadableFileException("Cannot read %s: it has no element".formatted(fileName), NO_METER_FILE);
        }
    }

    /** How deep the current element is; the root is at 1. */
    public int level() {
        return tokens.depth();
    }

    /**
     * Goes to the next child of the element at a level, passing over what is left of the child before; false at the
     * element's end.
     */
    public boolean nextIn(int level) throws IOException {
        while (true) {
            Token token = next();
            if (token == Token.START && tokens.depth() == level + 1) {
                return true;
            }
            if ((token == Token.END && tokens.depth() < level) || token == Token.DOCUMENT_END) {
                return false;
            }
        }
    }

    private Token next() throws IOException {
        Token token = tokens.next();
        if (token == Token.DECLARATION) {
            throw new UnreadableFileException(
                    "Cannot read %s: line %d has a document type declaration".formatted(fileName, line()),
                    "Meter files have none, and one can be an attack; ask the sender for a file without it.");
        }
        return token;
    }

    /** Reads to the end of the document, to be called last: only then is it known to be well-formed. */
    public void finish() throws IOException {
        while (next() != Token.DOCUMENT_END) {
            // What is not looked at must be well-formed, too.
        }
    }

    /** The current element's name without its prefix. */
    public String name() {
        return tokens.localName();
    }

    /** The current element's namespace, empty if it has none. */
    public String namespace() {
        return tokens.namespace();
    }

    /** An attribute of the current element that has no namespace, empty if there is none; before its text is read. */
    public String attribute(String name) {
        return tokens.attribute(name).map(String::strip).orElse("");
    }

    /** The line of the current place in the file, counted from 1. */
    public long line() {
        return tokens.line();
    }

    /**
     * The current element's text, without white space at its ends. An element in it leaves a {@code <}, so that
     * {@code 1<x/>2} is not taken for 12.
     */
    public String text() throws IOException {
        readText(false);
        return lastText();
    }

    /** The texts of all elements in the current one, one behind the other. */
    public String deepText() throws IOException {
        readText(true);
        return lastText();
    }

    /**
     * As {@link #text}, but as bytes in UTF-8, which are overwritten by the next call; they go from {@link #textFrom}, and this
     * tells how many they are.
     */
    public int textBytes() throws IOException {
        readText(false);
        return textTo - textFrom;
    }

    /** What {@link #textBytes} read, from {@link #textFrom} on. */
    @SuppressWarnings("ArrayReturned")
    public byte[] buffer() {
        return text;
    }

    public int textFrom() {
        return textFrom;
    }

    /** What {@link #textBytes} read, as a text for a message. */
    public String lastText() {
        String read = new String(text, textFrom, textTo - textFrom, UTF_8);
        // The standard has one kind of line end.
        return read.indexOf('\r') < 0 ? read : read.replace("\r\n", "\n").replace('\r', '\n');
    }

    private void readText(boolean deep) throws IOException {
        int level = tokens.depth();
        int length = 0;
        while (true) {
            Token token = next();
            if (token == Token.TEXT) {
                int more = tokens.textTo() - tokens.textFrom();
                checkLength(length + more);
                System.arraycopy(tokens.text(), tokens.textFrom(), text, length, more);
                length += more;
            } else if (token == Token.START && !deep) {
                checkLength(length + 1);
                text[length++] = '<';
            } else if (token == Token.END && tokens.depth() < level) {
                trim(length);
                return;
            }
        }
    }

    private void checkLength(int length) {
        if (length > LONGEST_TEXT) {
            throw new UnreadableFileException(
                    "Cannot read %s: the text at line %d is longer than %d characters"
                            .formatted(fileName, line(), LONGEST_TEXT),
                    NO_METER_FILE);
        }
    }

    private void trim(int length) {
        textFrom = 0;
        textTo = length;
        while (textFrom < textTo && XmlChars.isSpace(text[textFrom])) {
            textFrom++;
        }
        while (textTo > textFrom && XmlChars.isSpace(text[textTo - 1])) {
            textTo--;
        }
    }

    /** The root element of what a file begins with; of no namespace and no name if there is none. */
    public static Root rootOf(byte[] head) {
        try {
            XmlCursor xml = new XmlCursor(new ByteArrayInputStream(head), "");
            xml.toRoot();
            return new Root(xml.namespace(), xml.name());
        } catch (UnreadableFileException | IOException noXml) {
            return new Root("", "");
        }
    }

    /** An element's namespace and its name without prefix. */
    public record Root(String namespace, String name) {}
}
