package io.meterlake.format.cim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.format.MeterFormats;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.format.file.LocalMeterFile;
import io.meterlake.testing.Parsed;
import io.meterlake.testing.SampleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Energinet's documents, compared with what XPath and a tree of JSON say of them. */
class CimSamplesTest {
    private static Path sample(String folder, String beginning) throws IOException {
        return SampleFiles.in("cim-ebix/" + folder).stream()
                .filter(file -> file.getFileName().toString().startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    private static Parsed read(Path path) throws IOException {
        LocalMeterFile file = new LocalMeterFile(path);
        return Parsed.read(MeterFormats.installed().detect(file), file);
    }

    private static String row(String start, int seconds, int position, String value, String quality) {
        Instant at = OffsetDateTime.parse(start).toInstant().plusSeconds((position - 1L) * seconds);
        return "%s %s %s".formatted(at, value.isEmpty() ? "-" : value, quality);
    }

    @ParameterizedTest
    @CsvSource({
        "xml,Point,position,quantity,quality,start,3600",
        "ebix,IntervalEnergyObservation,Position,EnergyQuantity,QuantityQuality,Start,900"
    })
    void readsAValidDocumentAsXPathDoes(
            String folder, String point, String position, String quantity, String quality, String start, int seconds)
            throws Exception {
        Path path = sample(folder, "Valid");
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document document = factory.newDocumentBuilder().parse(path.toFile());
        XPath xpath = XPathFactory.newInstance().newXPath();
        String begin = xpath.evaluate("//*[local-name()='" + start + "']", document);
        NodeList points =
                (NodeList) xpath.evaluate("//*[local-name()='" + point + "']", document, XPathConstants.NODESET);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < points.getLength(); i++) {
            expected.add(row(
                    begin,
                    seconds,
                    Integer.parseInt(xpath.evaluate("*[local-name()='" + position + "']", points.item(i))),
                    xpath.evaluate("*[local-name()='" + quantity + "']", points.item(i)),
                    xpath.evaluate("*[local-name()='" + quality + "']", points.item(i))));
        }
        Parsed parsed = read(path);
        assertThat(parsed.rejects()).isEmpty();
        assertThat(parsed.brief()).isEqualTo(expected).isNotEmpty();
        assertThat(parsed.rows()).allSatisfy(row -> {
            assertThat(row.series().meterId()).isEqualTo("571313000000002000");
            assertThat(row.series().channel()).isEqualTo("production");
            assertThat(row.series().unit()).isEqualTo("kWh");
        });
    }

    @Test
    void readsAValidDocumentAsATreeOfJsonDoes() throws IOException {
        Path path = sample("json", "Valid");
        ObjectMapper mapper = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        JsonNode period = mapper.readTree(Files.readString(path, UTF_8).replace("\uFEFF", ""))
                .at("/NotifyValidatedMeasureData_MarketDocument/Series/0/Period");
        List<String> expected = new ArrayList<>();
        for (JsonNode point : period.get("Point")) {
            expected.add(row(
                    period.at("/timeInterval/start/value").asText(),
                    3600,
                    point.at("/position/value").asInt(),
                    point.path("quantity").asText(),
                    point.at("/quality/value").asText()));
        }
        Parsed parsed = read(path);
        assertThat(parsed.rejects()).isEmpty();
        assertThat(parsed.brief()).isEqualTo(expected).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "json", "ebix"})
    void takesNothingFromAnInvalidDocument(String folder) throws IOException {
        try {
            Parsed parsed = read(sample(folder, "Invalid"));
            assertThat(parsed.rows()).isEmpty();
            assertThat(parsed.rejects()).isNotEmpty();
        } catch (UnreadableFileException refused) {
            assertThat(refused).hasMessageContaining("which the header of its schema does not have");
        }
    }
}
