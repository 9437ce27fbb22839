package io.meterlake.format.xml;

import static javax.xml.stream.XMLStreamConstants.CDATA;
import static javax.xml.stream.XMLStreamConstants.CHARACTERS;
import static javax.xml.stream.XMLStreamConstants.DTD;
import static javax.xml.stream.XMLStreamConstants.END_DOCUMENT;
import static javax.xml.stream.XMLStreamConstants.END_ELEMENT;
import static javax.xml.stream.XMLStreamConstants.ENTITY_REFERENCE;
import static javax.xml.stream.XMLStreamConstants.SPACE;
import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import io.meterlake.format.UnreadableFileException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

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

    private static final int DEEPEST = 64;
    private static final int MOST_ATTRIBUTES = 64;
    private static final int MOST_NAMES = 2000;
    private static final String NO_METER_FILE = "No meter file is like that; ask the sender what the file is.";

    private final String fileName;
    private final BoundedMarkup bytes;
    private final XMLStreamReader reader;
    private final Set<String> names = new HashSet<>();
    private final @Nullable String[] recent = new @Nullable String[256];
    private int depth;

    private final char[] text = new char[LONGEST_TEXT];
    private int textFrom;
    private int textTo;
    private byte[] textBytes = new byte[64];

    /** @param in is read to its end, and not closed */
    public XmlCursor(InputStream in, String fileName) throws IOException {
        this.fileName = fileName;
        this.bytes = new BoundedMarkup(in, fileName);
        BufferedInputStream buffered = XmlEncoding.buffered(bytes);
        Reader characters = XmlEncoding.utf8(buffered).orElse(null);
        try {
            this.reader = characters == null
                    ? factory().createXMLStreamReader(buffered)
                    : factory().createXMLStreamReader(characters);
        } catch (XMLStreamException e) {
            throw unreadable(e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("entities from elsewhere are not resolved");
        });
        return factory;
    }

    /** Goes to the root element, to be called first. */
    public void toRoot() throws IOException {
        if (!nextIn(0)) {
            throw new UnreadableFileException("Cannot read %s: it has no element".formatted(fileName), NO_METER_FILE);
        }
    }

    /** How deep the current element is; the root is at 1. */
    public int level() {
        return depth;
    }

    /**
     * Goes to the next child of the element at a level, passing over what is left of the child before; false at the
     * element's end.
     */
    public boolean nextIn(int level) throws IOException {
        while (true) {
            int event = next();
            if (event == START_ELEMENT && depth == level + 1) {
                return true;
            }
            if ((event == END_ELEMENT && depth < level) || event == END_DOCUMENT) {
                return false;
            }
        }
    }

    private int next() throws IOException {
        int event;
        try {
            event = reader.next();
        } catch (XMLStreamException e) {
            throw unreadable(e);
        }
        bytes.found();
        if (event == START_ELEMENT) {
            depth++;
            checkStart();
        } else if (event == END_ELEMENT) {
            depth--;
        } else if (event == DTD || event == ENTITY_REFERENCE) {
            throw new UnreadableFileException(
                    "Cannot read %s: line %d has a document type declaration or an entity of one"
                            .formatted(fileName, line()),
                    "Meter files have none, and one can be an attack; ask the sender for a file without it.");
        }
        return event;
    }

    private void checkStart() {
        int attributes = reader.getAttributeCount();
        int namespaces = reader.getNamespaceCount();
        if (depth > DEEPEST || attributes + namespaces > MOST_ATTRIBUTES) {
            throw new UnreadableFileException(
                    "Cannot read %s: at line %d its elements are nested deeper than %d, or have more than %d attributes"
                            .formatted(fileName, line(), DEEPEST, MOST_ATTRIBUTES),
                    NO_METER_FILE);
        }
        remember(reader.getLocalName());
        for (int i = 0; i < attributes; i++) {
            remember(reader.getAttributeLocalName(i));
        }
        for (int i = 0; i < namespaces; i++) {
            remember(reader.getNamespacePrefix(i) + ":" + reader.getNamespaceURI(i));
        }
    }

    /** Counts the names of a document, as the parser keeps each of them for good. */
    private void remember(String name) {
        int slot = name.hashCode() & (recent.length - 1);
        if (name.equals(recent[slot])) {
            return;
        }
        recent[slot] = name;
        names.add(name);
        if (names.size() > MOST_NAMES) {
            throw new UnreadableFileException(
                    "Cannot read %s: up to line %d it has more than %d different names"
                            .formatted(fileName, line(), MOST_NAMES),
                    NO_METER_FILE);
        }
    }

    /** Reads to the end of the document, to be called last: only then is it known to be well-formed. */
    public void finish() throws IOException {
        while (next() != END_DOCUMENT) {
            // What is not looked at must be well-formed, too.
        }
    }

    /** The current element's name without its prefix. */
    public String name() {
        return reader.getLocalName();
    }

    /** The current element's namespace, empty if it has none. */
    public String namespace() {
        String namespace = reader.getNamespaceURI();
        return namespace == null ? "" : namespace;
    }

    /** An attribute of the current element that has no namespace, empty if there is none; before its text is read. */
    public String attribute(String name) {
        String value = reader.getAttributeValue("", name);
        return value == null ? "" : value.strip();
    }

    /** The line of the current place in the file, counted from 1. */
    public long line() {
        return reader.getLocation().getLineNumber();
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

    /** As {@link #text}, but as bytes, which are overwritten by the next call, and how many of them there are. */
    public int textBytes() throws IOException {
        readText(false);
        int length = textTo - textFrom;
        if (textBytes.length < length) {
            textBytes = new byte[Math.max(length, 2 * textBytes.length)];
        }
        for (int i = 0; i < length; i++) {
            char c = text[textFrom + i];
            textBytes[i] = c < 0x80 ? (byte) c : (byte) '?';
        }
        return length;
    }

    /** The bytes that {@link #textBytes} read; what is not ASCII is a question mark. */
    @SuppressWarnings("ArrayReturned")
    public byte[] buffer() {
        return textBytes;
    }

    /** What {@link #textBytes} read, as a text for a message. */
    public String lastText() {
        return new String(text, textFrom, textTo - textFrom);
    }

    private void readText(boolean deep) throws IOException {
        int level = depth;
        int length = 0;
        while (true) {
            int event = next();
            if (event == CHARACTERS || event == CDATA || event == SPACE) {
                int more = reader.getTextLength();
                checkLength(length + more);
                System.arraycopy(reader.getTextCharacters(), reader.getTextStart(), text, length, more);
                length += more;
            } else if (event == START_ELEMENT && !deep) {
                checkLength(length + 1);
                text[length++] = '<';
            } else if (event == END_ELEMENT && depth < level) {
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
        while (textFrom < textTo && Character.isWhitespace(text[textFrom])) {
            textFrom++;
        }
        while (textTo > textFrom && Character.isWhitespace(text[textTo - 1])) {
            textTo--;
        }
    }

    /** The parser's own words are in the language of the machine, and so are not passed on. */
    private UnreadableFileException unreadable(XMLStreamException e) throws IOException {
        Throwable nested = e.getNestedException();
        if (nested instanceof CharConversionException
                || nested instanceof CharacterCodingException
                || nested instanceof UnsupportedEncodingException) {
            return new UnreadableFileException(
                    "Cannot read %s: near line %d it has bytes that are not of its encoding"
                            .formatted(
                                    fileName,
                                    e.getLocation() == null
                                            ? 1
                                            : e.getLocation().getLineNumber()),
                    "Ask the sender for the file in UTF-8.",
                    e);
        }
        if (nested instanceof IOException io) {
            throw io;
        }
        int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
        String what = bytes.ended() && depth > 0
                ? "it ends near line %d before its root element does, or is no well-formed XML there"
                : "it is no well-formed XML at line %d";
        return new UnreadableFileException(
                "Cannot read %s: ".formatted(fileName) + what.formatted(line),
                "The file is cut off or damaged: ask the sender to send it again.",
                e);
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
