package io.meterlake.format.espi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.testing.InMemoryFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WithoutReadingsTest {
    private static String skimmed(String xml) throws IOException {
        String whole =
                new String(new WithoutReadings(new ByteArrayInputStream(xml.getBytes(UTF_8))).readAllBytes(), UTF_8);
        byte[] pieces = new WithoutReadings(InMemoryFile.inPieces(xml.getBytes(UTF_8))).readAllBytes();
        assertThat(new String(pieces, UTF_8)).isEqualTo(whole);
        return whole;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<a><IntervalReading><b/></IntervalReading><c/></a>|<a><c/></a>",
                "<a><e:IntervalReading x='>'>1</e:IntervalReading ><c/></a>|<a><c/></a>",
                "<a><IntervalReading/><c/></a>|<a><c/></a>",
                "<a><IntervalReading x=\"/>\">1</IntervalReading><c/></a>|<a><c/></a>",
                "<a><IntervalReading><IntervalReading/></IntervalReading><c/></a>|<a><c/></a>",
                "<a><IntervalReading><!-- </IntervalReading> --></IntervalReading><c/></a>|<a><c/></a>",
                "<a><IntervalReading><![CDATA[</IntervalReading>]]></IntervalReading><c/></a>|<a><c/></a>",
                "<a><!-- <IntervalReading> --><c/></a>|<a><!-- <IntervalReading> --><c/></a>",
                "<a><!--> <IntervalReading> --><c/></a>|<a><!--> <IntervalReading> --><c/></a>",
                "<a><!---> <IntervalReading> --><c/></a>|<a><!---> <IntervalReading> --><c/></a>",
                "<a><![CDATA[<IntervalReading>]]><c/></a>|<a><![CDATA[<IntervalReading>]]><c/></a>",
                "<?x <IntervalReading> ?><a x='<' y=\"é\"/>|<?x <IntervalReading> ?><a x='<' y=\"é\"/>",
                "<a><IntervalReadings>1</IntervalReadings></a>|<a><IntervalReadings>1</IntervalReadings></a>",
                "<a><MyIntervalReading/></a>|<a><MyIntervalReading/></a>",
                "<a><IntervalReading>|<a>",
                "<a></IntervalReading></a>|<a></IntervalReading></a>"
            })
    void leavesOutReadingsAndNothingElse(String xml, String expected) throws IOException {
        assertThat(skimmed(xml)).isEqualTo(expected);
    }

    @Test
    void keepsTheNumbersOfLines() throws IOException {
        assertThat(skimmed("<a>\n<IntervalReading>\n1\r\n</IntervalReading\n>\n<c/></a>"))
                .isEqualTo("<a>\n\n\r\n\n\n<c/></a>");
    }

    @Test
    void leavesNamesOfAnyLengthAsTheyAre() throws IOException {
        String xml = "<" + "n".repeat(1000) + ":IntervalReadin/><IntervalReading>1</IntervalReading>";
        assertThat(skimmed(xml)).isEqualTo("<" + "n".repeat(1000) + ":IntervalReadin/>");
    }
}
