package io.meterlake.format.mscons;

import static io.meterlake.format.mscons.Interchange.quantity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.testing.Parsed;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What makes a file void. */
class MsconsEnvelopeTest {
    private static final String FILE = Interchange.ofChannel(quantity("220:36.300", "202601010000", "202601010015"));

    private static void assertVoid(String text, String message) {
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> Parsed.read(new MsconsFormat(), text))
                .withMessage("Cannot read test.csv: " + message);
    }

    @Test
    void wrongCounts() {
        assertVoid(
                FILE.replace("UNT+13", "UNT+12"),
                "segment 14, UNT+12+1', counts '12' segments in the message, and there are 13");
        assertVoid(
                FILE.replace("LIN+1'\n", ""),
                "segment 13, UNT+13+1', counts '13' segments in the message, and there are 12");
        assertVoid(
                FILE.replace("UNZ+1", "UNZ+2"),
                "segment 15, UNZ+2+REF1', counts '2' messages in the interchange, and there are 1");
        assertVoid(
                FILE.replace("UNT+13", "UNT+"),
                "segment 14, UNT++1', counts '' segments in the message, and there are 13");
        assertVoid(
                FILE.replace("UNT+13", "UNT+99999999999999999999"),
                "segment 14, UNT+99999999999999999999+1', counts '99999999999999999999' segments in the message, and"
                        + " there are 13");
    }

    /** 13 segments, two of which are times of the quantity. */
    @Test
    void butNotTheCountOfSendersThatLeaveOutTheTimesOfQuantities() throws IOException {
        assertThat(Parsed.read(new MsconsFormat(), FILE.replace("UNT+13", "UNT+11"))
                        .rows())
                .hasSize(1);
        assertThat(Parsed.read(new MsconsFormat(), FILE.replace("UNT+13", "UNT+10"))
                        .rows())
                .hasSize(1);
        assertVoid(
                FILE.replace("UNT+13", "UNT+9"),
                "segment 14, UNT+9+1', counts '9' segments in the message, and there are 13");
    }

    @Test
    void wrongReferences() {
        assertVoid(
                FILE.replace("UNT+13+1", "UNT+13+2"),
                "segment 14, UNT+13+2', ends the message '2', and the one that began is '1'");
        assertVoid(
                FILE.replace("UNZ+1+REF1", "UNZ+1+REF2"),
                "segment 15, UNZ+1+REF2', ends the interchange 'REF2', and the one that began is 'REF1'");
    }

    @Test
    void anEndThatIsMissing() {
        int end = FILE.indexOf("UNZ");
        assertVoid(FILE.substring(0, end), "it ends after segment 14 without the UNZ of its interchange");
        assertVoid(FILE.substring(0, end + 6), "it ends inside segment 15, 'UNZ+1+'");
        int message = FILE.indexOf("UNT");
        assertVoid(
                FILE.substring(0, message) + FILE.substring(end),
                "segment 14, UNZ+1+REF1', comes before the UNT of message '1', which began at segment 2");
    }

    @Test
    void segmentsThatAreNowhere() {
        assertVoid(
                FILE.substring(FILE.indexOf("UNH")),
                "segment 1, UNH+1+MSCONS:D:04B:UN:2.4c', is outside of any interchange");
        assertVoid(FILE.replace("UNH+1", "UNX+1"), "segment 2, UNX+1+MSCONS:D:04B:UN:2.4c', is outside of any message");
        assertVoid(FILE + "BGM+7'", "segment 16, BGM+7', is outside of any interchange");
    }

    @Test
    void aTest() {
        assertVoid(
                FILE.replace("++TL", "++TL++++1"),
                "segment 1, UNB+UNOC:3+9900000000001:500+9900000000002:500+260102:1347+REF1++TL++++1', says that the"
                        + " interchange is a test (test indicator '1')");
    }

    @Test
    void nothingInIt() {
        assertVoid(new Interchange().text(), "there is no quantity in it");
        assertVoid(
                new Interchange().message("BGM+E01+1").text().replace("MSCONS", "UTILMD") + "",
                "its messages are UTILMD, not MSCONS");
    }

    @Test
    void aSegmentWithoutAnEnd() {
        assertVoid(
                FILE.replace("36.300", "3".repeat(SegmentReader.MAX_SEGMENT)),
                "segment 11 is longer than %d bytes".formatted(SegmentReader.MAX_SEGMENT));
    }

    @Test
    void aUnaThatCannotBe() {
        assertVoid("UNA::.? '" + FILE, "segment 1, 'UNA::.? '', gives one character two meanings, or a letter one");
        assertVoid("UNA:+.?A1" + FILE, "segment 1, 'UNA:+.?A1', gives one character two meanings, or a letter one");
    }
}
