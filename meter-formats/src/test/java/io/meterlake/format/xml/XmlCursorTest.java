package io.meterlake.format.xml;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.testing.InMemoryFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlCursorTest {
    private static final byte[] LATIN = {'<', 'r', '>', (byte) 0xE9, '<', '/', 'r', '>'};

    private static XmlCursor cursor(String xml) throws IOException {
        return new XmlCursor(InMemoryFile.inPieces(xml.getBytes(UTF_8)), "file.xml");
    }

    private static List<String> children(XmlCursor xml) throws IOException {
        List<String> found = new ArrayList<>();
        xml.toRoot();
        int level = xml.level();
        while (xml.nextIn(level)) {
            found.add(xml.name() + "=" + xml.text());
        }
        xml.finish();
        return found;
    }

    private static void assertUnreadable(String xml, String reason) {
        assertUnreadable(xml.getBytes(UTF_8), reason);
    }

    private static void assertUnreadable(byte[] xml, String reason) {
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> children(new XmlCursor(InMemoryFile.inPieces(xml), "file.xml")))
                .withMessageStartingWith("Cannot read file.xml: ")
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.hint()).isNotEmpty());
    }

    @Test
    void givesTheTextOfElementsWhateverItIsMadeOf() throws IOException {
        assertThat(children(cursor("<r><a> 1<!-- x -->2 </a><b/><c><![CDATA[<3>]]>&lt;&#52;</c><d>5<e>6</e></d></r>")))
                .containsExactly("a=12", "b=", "c=<3><4", "d=5<6");
    }

    @Test
    void givesTheTextsOfElementsInElements() throws IOException {
        XmlCursor xml = cursor("<r> <a>5</a><b> <c>6</c> </b> </r>");
        xml.toRoot();
        assertThat(xml.deepText()).isEqualTo("5 6");
    }

    @Test
    void passesOverWhatIsNotLookedAt() throws IOException {
        XmlCursor xml = cursor("<r><a><b><c/></b></a><d/></r>");
        xml.toRoot();
        assertThat(xml.nextIn(1)).isTrue();
        assertThat(xml.nextIn(1)).isTrue();
        assertThat(xml.name()).isEqualTo("d");
        assertThat(xml.nextIn(1)).isFalse();
    }

    @Test
    void readsTheEncodingThatTheDocumentSays() throws IOException {
        byte[] utf16 = "<r><a>é</a></r>".getBytes(UTF_16);
        assertThat(children(new XmlCursor(new ByteArrayInputStream(utf16), "file.xml")))
                .containsExactly("a=é");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<r><a>1</a>",
                "<r><a>1</a></r",
                "<r><a>1<",
                "<r><a>1</a></r><r/>",
                "<r><a></b></r>",
                "<r>&x;</r>"
            })
    void whatIsNotWellFormedIsVoid(String xml) {
        assertUnreadable(xml, "well-formed");
    }

    @Test
    void bytesThatAreNotOfTheEncodingAreVoid() {
        assertUnreadable(LATIN, "encoding");
        assertUnreadable("<?xml version='1.0' encoding='klingon'?><r/>", "line 1");
    }

    @ParameterizedTest
    @CsvSource({"ISO-8859-1,ISO-8859-1", "utf-8,UTF-8", "UTF-16,UTF-16"})
    void readsOtherEncodingsToo(String declared, Charset charset) throws IOException {
        byte[] bytes = "<?xml version='1.0' encoding='%s'?><r><a>é</a></r>"
                .formatted(declared)
                .getBytes(charset);
        assertThat(children(new XmlCursor(new ByteArrayInputStream(bytes), "file.xml")))
                .containsExactly("a=é");
    }

    @Test
    void printsNothing() {
        PrintStream stderr = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, UTF_8));
        try {
            assertUnreadable(LATIN, "encoding");
            assertUnreadable("<r>&x;</r>".getBytes(UTF_8), "well-formed");
        } finally {
            System.setErr(stderr);
        }
        assertThat(printed.toString(UTF_8)).isEmpty();
    }

    @Test
    void opensNoFileThatAnEntityNames(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "4711");
        assertUnreadable(
                "<!DOCTYPE r [<!ENTITY x SYSTEM '%s'>]><r><a>&x;</a></r>".formatted(secret.toUri()),
                "document type declaration");
    }

    @Test
    void expandsNoEntities() {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE r [<!ENTITY e0 'lol'>");
        for (int i = 1; i < 30; i++) {
            bomb.append("<!ENTITY e%d '&e%d;&e%d;'>".formatted(i, i - 1, i - 1));
        }
        assertUnreadable(bomb + "]><r><a>&e29;</a></r>", "document type declaration");
    }

    @Test
    void endsWhereElementsAreNestedTooDeep() {
        assertUnreadable("<r>".repeat(1000), "nested deeper than 64");
    }

    @Test
    void endsWhereATextIsTooLong() {
        assertUnreadable("<r><a>" + "1".repeat(5000) + "</a></r>", "longer than 4096");
    }

    @Test
    void endsWhereThereAreTooManyNames() {
        StringBuilder xml = new StringBuilder("<r>");
        IntStream.range(0, 3000).forEach(i -> xml.append("<n").append(i).append("/>"));
        assertUnreadable(xml + "</r>", "different names");
        StringBuilder attributes = new StringBuilder("<r");
        IntStream.range(0, 70).forEach(i -> attributes.append(" a").append(i).append("=''"));
        assertUnreadable(attributes + "/>", "attributes");
        StringBuilder targets = new StringBuilder("<r>");
        IntStream.range(0, 3000).forEach(i -> targets.append("<?n").append(i).append("?>"));
        assertUnreadable(targets + "</r>", "different names");
    }

    @Test
    void countsAttributesBeforeItComparesThem() {
        StringBuilder xml = new StringBuilder("<r");
        IntStream.range(0, 40_000).forEach(i -> xml.append(" xmlns:p%d='u%d' p%d:x=''".formatted(i, i, i)));
        assertUnreadable(xml + "/>", "more than 64 attributes");
        assertUnreadable("<r><" + "n".repeat(2000) + "/></r>", "well-formed");
        assertUnreadable("<r :a='1'/>", "well-formed");
    }

    @Test
    void readsAMarkBeforeWhatTheDocumentSaysOfItself() throws IOException {
        byte[] xml = "\uFEFF<?xml version='1.0' encoding='ISO-8859-1'?><r><a>é</a></r>".getBytes(UTF_8);
        assertThat(children(new XmlCursor(InMemoryFile.inPieces(xml), "file.xml")))
                .containsExactly("a=é");
    }

    /** Each is endless, and would fill the heap if it were not stopped. */
    @ParameterizedTest
    @ValueSource(strings = {"<r a='", "<r><!--", "<r><?x ", "<"})
    void endsWhereOneThingIsEndless(String beginning) {
        byte[] filling = "x".repeat(64 * 1024).getBytes(UTF_8);
        List<InputStream> parts = new ArrayList<>(List.of(new ByteArrayInputStream(beginning.getBytes(UTF_8))));
        IntStream.range(0, 10_000).forEach(i -> parts.add(new ByteArrayInputStream(filling)));
        InputStream endless = new SequenceInputStream(Collections.enumeration(parts));
        assertThatThrownBy(() -> children(new XmlCursor(endless, "file.xml")))
                .isInstanceOf(UnreadableFileException.class);
    }

    @Test
    void tellsTheRootOfABeginning() {
        assertThat(XmlCursor.rootOf("<?xml version='1.0'?><!-- x --><a:b xmlns:a='urn:a'><c>".getBytes(UTF_8)))
                .isEqualTo(new XmlCursor.Root("urn:a", "b"));
        assertThat(XmlCursor.rootOf("100,NEM12".getBytes(UTF_8))).isEqualTo(new XmlCursor.Root("", ""));
    }
}
