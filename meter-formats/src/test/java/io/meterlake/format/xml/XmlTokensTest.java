package io.meterlake.format.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.testing.InMemoryFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser of the JDK is the oracle: both accept the same documents, and find the same in them. */
class XmlTokensTest {
    private static final String DOCUMENT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- A feed -->
            <feed xmlns="http://a" xmlns:e="http://e" xmlns:f='http://f'>
              <e:entry id="1" e:id="2" empty=''>Grüße € 😀 &amp; &#x20AC; &#228;<![CDATA[ <raw> ]] ]]></e:entry>
              <?style sheet?>
              <f:point xmlns:f="http://other" f:a = "&lt;x&gt;&quot;" b='a
            b'/>
              <value>1.234</value><value >-5</value
              ><é.b-c>ß</é.b-c>
              <deep><deep><deep xmlns="">text]]text</deep></deep></deep>
            </feed>
            <!-- end -->
            """;

    /**
     * The JDK's parser takes names that begin with a colon, which the standard of namespaces forbids, and does not take the
     * characters that the fifth edition of XML allows in names, nor encodings by other names.
     */
    private static final Pattern KNOWN_DIFFERENCE =
            Pattern.compile("[\\s<]:|[^ ]€|€[^ ]|[^ ]😀|😀[^ ]|encoding=\"(?!UTF-8\")");

    /** What a mutation puts in: what XML is made of. */
    private static final List<String> PIECES = List.of(
            "<",
            ">",
            "/",
            "&",
            ";",
            "=",
            "\"",
            "'",
            "]]>",
            "<!--",
            "-->",
            "--",
            "<![CDATA[",
            "<?",
            "?>",
            "<?xml ",
            "&#0;",
            "&#xD800;",
            "&lt;",
            "&unknown;",
            ":",
            "xmlns",
            "xmlns:e=\"\"",
            " a=\"1\"",
            " a='1'",
            "</feed>",
            "<a/>",
            "\r",
            "\n",
            " ",
            "\t",
            "\u0001",
            "\uFFFE",
            "é",
            "€",
            "😀",
            "e:",
            "x:",
            "-",
            ".",
            "1",
            "<!DOCTYPE a>",
            "<!ELEMENT");

    /** Starts with their namespaces and attributes, ends, and the text between two of them. */
    private static Optional<List<String>> ours(byte[] document) throws IOException {
        List<String> found = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        try {
            XmlTokens tokens = new XmlTokens(XmlEncoding.utf8(InMemoryFile.inPieces(document), "f"), "f");
            while (true) {
                XmlTokens.Token token = tokens.next();
                if (token == XmlTokens.Token.TEXT) {
                    text.append(
                            new String(tokens.text(), tokens.textFrom(), tokens.textTo() - tokens.textFrom(), UTF_8));
                    continue;
                }
                addText(found, text);
                switch (token) {
                    case START ->
                        found.add("<" + tokens.localName() + " " + tokens.namespace() + " " + tokens.depth() + " "
                                + tokens.attribute("id") + tokens.attribute("a") + tokens.attribute("b"));
                    case END -> found.add(">" + tokens.depth());
                    case DECLARATION -> {
                        return Optional.empty();
                    }
                    default -> {
                        return Optional.of(found);
                    }
                }
            }
        } catch (UnreadableFileException e) {
            return Optional.empty();
        }
    }

    private static void addText(List<String> found, StringBuilder text) {
        String read = text.toString().replace("\r\n", "\n").replace('\r', '\n');
        if (!read.isBlank()) {
            found.add(read);
        }
        text.setLength(0);
    }

    private static Optional<List<String>> jdks(byte[] document) {
        List<String> found = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        PrintStream stderr = System.err;
        int depth = 0;
        try {
            // It prints what is wrong with bytes.
            System.setErr(new PrintStream(PrintStream.nullOutputStream(), false, UTF_8));
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(document));
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                    text.append(reader.getText());
                } else if (event == XMLStreamConstants.START_ELEMENT) {
                    addText(found, text);
                    String namespace = reader.getNamespaceURI();
                    found.add("<" + reader.getLocalName() + " " + (namespace == null ? "" : namespace) + " " + ++depth
                            + " " + attribute(reader, "id") + attribute(reader, "a") + attribute(reader, "b"));
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    addText(found, text);
                    found.add(">" + --depth);
                } else if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                    return Optional.empty();
                }
            }
            return Optional.of(found);
        } catch (XMLStreamException | RuntimeException e) {
            return Optional.empty();
        } finally {
            System.setErr(stderr);
        }
    }

    private static Optional<String> attribute(XMLStreamReader reader, String name) {
        return Optional.ofNullable(reader.getAttributeValue("", name));
    }

    @Test
    void findsWhatTheParserOfTheJdkFinds() throws IOException {
        byte[] document = DOCUMENT.getBytes(UTF_8);

        assertThat(ours(document)).isPresent().isEqualTo(jdks(document));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void acceptsTheSameOfManyDamagedDocuments(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] document = DOCUMENT.getBytes(UTF_8);
        int accepted = 0;
        TreeSet<String> differences = new TreeSet<>();
        for (int i = 0; i < 2500; i++) {
            byte[] damaged = damage(document, random);
            if (KNOWN_DIFFERENCE.matcher(new String(damaged, UTF_8)).find()) {
                continue;
            }
            Optional<List<String>> expected = jdks(damaged);
            Optional<List<String>> actual = ours(damaged);
            accepted += expected.isPresent() ? 1 : 0;
            if (!actual.equals(expected)) {
                differences.add("ours " + actual.isPresent() + ", JDK's " + expected.isPresent() + ": "
                        + new String(damaged, UTF_8).replace("\n", "\\n").replace("\r", "\\r"));
            }
        }
        assertThat(accepted).isBetween(200, 2300);
        assertThat(differences).isEmpty();
    }

    private static byte[] damage(byte[] document, Random random) {
        byte[] damaged = document;
        for (int times = 1 + random.nextInt(2); times > 0; times--) {
            int at = random.nextInt(damaged.length);
            int removed = random.nextInt(10) < 4 ? 0 : Math.min(damaged.length - at, 1 + random.nextInt(4));
            String piece = random.nextInt(10) < 3 ? "" : PIECES.get(random.nextInt(PIECES.size()));
            byte[] put = random.nextInt(20) == 0 ? new byte[] {(byte) random.nextInt(256)} : piece.getBytes(UTF_8);
            byte[] next = new byte[damaged.length - removed + put.length];
            System.arraycopy(damaged, 0, next, 0, at);
            System.arraycopy(put, 0, next, at, put.length);
            System.arraycopy(damaged, at + removed, next, at + put.length, damaged.length - at - removed);
            damaged = next;
        }
        return damaged;
    }
}
