package io.meterlake.format.espi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterlake.format.MeterFormats;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.format.file.LocalMeterFile;
import io.meterlake.testing.Parsed;
import io.meterlake.testing.SampleFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Real files, compared reading by reading with what a DOM tree of them says. */
class EspiSamplesTest {
    private static Path sample(String name) throws IOException {
        return SampleFiles.in("greenbutton").stream()
                .filter(file -> file.getFileName().toString().contains(name))
                .findFirst()
                .orElseThrow();
    }

    private static Parsed read(Path path) throws IOException {
        LocalMeterFile file = new LocalMeterFile(path);
        return Parsed.read(MeterFormats.installed().detect(file), file);
    }

    /** Start, length in minutes and value of all readings, as text. */
    private static List<String> byDom(Path path) throws IOException, ParserConfigurationException, SAXException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document document = factory.newDocumentBuilder().parse(path.toFile());
        int power = Integer.parseInt(text(
                (Element) document.getElementsByTagNameNS(Feed.ESPI, "ReadingType")
                        .item(0),
                "powerOfTenMultiplier"));
        NodeList readings = document.getElementsByTagNameNS(Feed.ESPI, "IntervalReading");
        List<String> found = new ArrayList<>();
        for (int i = 0; i < readings.getLength(); i++) {
            Element reading = (Element) readings.item(i);
            found.add("%s %d %s"
                    .formatted(
                            Instant.ofEpochSecond(Long.parseLong(text(reading, "start"))),
                            Long.parseLong(text(reading, "duration")) / 60,
                            Parsed.plain(new BigDecimal(text(reading, "value")).scaleByPowerOfTen(power))
                                    .toPlainString()));
        }
        return found;
    }

    private static String text(Element element, String name) {
        return element.getElementsByTagNameNS(Feed.ESPI, name).item(0).getTextContent();
    }

    private static List<String> brief(Parsed parsed) {
        return parsed.rows().stream()
                .map(row -> "%s %d %s"
                        .formatted(
                                row.start(),
                                row.series().intervalMinutes(),
                                row.value().orElseThrow().toPlainString()))
                .toList();
    }

    @Test
    void readsRealFeedsAsADomTreeSaysThem() throws Exception {
        for (String name : List.of("Coastal_Multi_Family", "electric_containerized", "test_usage_data_01")) {
            Path path = sample(name);
            Parsed parsed = read(path);
            assertThat(parsed.rejects()).as(name).isEmpty();
            assertThat(brief(parsed)).as(name).isEqualTo(byDom(path)).isNotEmpty();
            assertThat(parsed.rows()).as(name).allSatisfy(row -> {
                assertThat(row.series().channel()).isEqualTo("import");
                assertThat(row.series().unit()).isEqualTo("Wh");
                assertThat(row.series().zoneIsAssumed()).isFalse();
                assertThat(row.recorded()).isPresent();
            });
        }
    }

    @Test
    void sumsUpToTheLastDecimal() throws IOException {
        Parsed parsed = read(sample("Coastal_Multi_Family"));
        assertThat(parsed.rows()).hasSize(8760);
        assertThat(parsed.rows().stream()
                        .map(row -> row.value().orElseThrow())
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("4425305");
        assertThat(parsed.rows().get(0).series().meterId()).isEqualTo("DAE2A527-3662-4066-85A8-C073762A1790");
        assertThat(parsed.rows().get(0).series().marketZone().getId()).isEqualTo("America/Los_Angeles");
    }

    @Test
    void keepsTheQualitiesOfTheSender() throws IOException {
        assertThat(read(sample("test_usage_data_01")).rows().stream()
                        .map(row -> row.grade().code())
                        .distinct())
                .contains("", "7", "8");
    }

    @Test
    void refusesGas() throws IOException {
        Parsed parsed = read(sample("gas_direct"));
        assertThat(parsed.rows()).isEmpty();
        assertThat(parsed.rejects()).singleElement().satisfies(reject -> {
            assertThat(reject.reason()).isEqualTo("the usage point's service is gas, not electricity");
            assertThat(reject.rawText()).isEqualTo("<IntervalBlock> with 5 readings");
        });
    }

    @Test
    void saysThatAFeedHasNoReadings() throws IOException {
        Path path = sample("Usage-Subscription-Feed");
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> read(path))
                .withMessageEndingWith("it has no IntervalBlock, so no readings");
    }
}
