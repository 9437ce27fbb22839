package io.meterlake.format.ebix;

import static io.meterlake.testing.MeasureText.hours;
import static io.meterlake.testing.MeasureText.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import io.meterlake.reading.Series;
import io.meterlake.testing.MeasureText;
import io.meterlake.testing.Parsed;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EbixFormatTest {
    private static final MeasureText DAY = hours(
            "2026-10-24T22:00:00Z",
            "2026-10-25T23:00:00Z",
            point(1, "1.25", "E01"),
            point(2, "", ""),
            point(25, "-0.5", "56"));

    private static Parsed read(String text) throws IOException {
        return Parsed.read(new EbixFormat(), text);
    }

    private static void assertVoid(String text, String reason) {
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> read(text))
                .withMessageStartingWith("Cannot read test.csv: ")
                .withMessageContaining(reason);
    }

    @Test
    void readsWhatAnObservationIs() throws IOException {
        Parsed parsed = read(DAY.ebix());
        assertThat(parsed.rejects()).isEmpty();
        assertThat(parsed.sender()).isEqualTo("5790001330552");
        assertThat(parsed.brief())
                .containsExactly(
                        "2026-10-24T22:00:00Z 1.25 E01", "2026-10-24T23:00:00Z - ", "2026-10-25T22:00:00Z -0.5 56");
        assertThat(parsed.rows())
                .extracting(row -> row.grade().quality())
                .containsExactly(Quality.ACTUAL, Quality.MISSING, Quality.ESTIMATED);
        assertThat(parsed.rows()).allSatisfy(row -> {
            assertThat(row.recorded()).contains(Instant.parse("2026-04-02T07:30:54Z"));
            assertThat(row.series())
                    .isEqualTo(
                            new Series("571313000000002000", "consumption", "kWh", 60, ZoneId.of("Europe/Copenhagen")));
        });
    }

    @ParameterizedTest
    @CsvSource({"E01,ACTUAL", "36,SUBSTITUTED", "56,ESTIMATED", "D01,SUBSTITUTED"})
    void knowsTheQualities(String code, Quality quality) throws IOException {
        Parsed parsed = read(hours("2026-03-27T23:00Z", "2026-03-28T23:00Z", point(1, "1", code))
                .ebix());
        assertThat(parsed.rows().get(0).grade()).isEqualTo(new Grade(quality, code));
    }

    @Test
    void functionsSayWhetherValuesCountOrAreTakenBack() throws IOException {
        assertThat(read(DAY.ebix().replace("Function>9<", "Function>5<")).rows())
                .hasSize(3);
        Parsed cancelled = read(DAY.ebix().replace("Function>9<", "Function>1<"));
        assertThat(cancelled.rejects()).isEmpty();
        assertThat(cancelled.rows()).hasSize(3).allSatisfy(row -> {
            assertThat(row.grade()).isEqualTo(new Grade(Quality.WITHDRAWN, "1"));
            assertThat(row.value()).isEmpty();
        });
        Parsed unknown = read(DAY.ebix().replace("Function>9<", "Function>27<"));
        assertThat(unknown.rows()).isEmpty();
        assertThat(unknown.rejects()).singleElement().satisfies(reject -> {
            assertThat(reject.field()).isEqualTo("Function");
            assertThat(reject.reason()).startsWith("'27' says neither");
        });
        assertThat(read(DAY.ebix().replace("<n:Function>9</n:Function>", "")).rejects())
                .hasSize(1);
    }

    @Test
    void refusesPointsThatContradictThemselves() throws IOException {
        String both =
                DAY.ebix().replace("<n:QuantityMissing>", "<n:EnergyQuantity>1</n:EnergyQuantity><n:QuantityMissing>");
        assertThat(read(both).rows()).hasSize(2);
        assertThat(read(both).rejects())
                .singleElement()
                .satisfies(reject ->
                        assertThat(reject.reason()).isEqualTo("there is a quantity, and it is said to be missing"));
        assertThat(read(DAY.ebix().replace("Missing>true<", "Missing>false<")).rejects())
                .hasSize(1);
    }

    @Test
    void refusesASeriesWithAnUnknownElement() throws IOException {
        Parsed parsed = read(DAY.ebix().replace("<n:UnitType>", "<n:Factor>1000</n:Factor><n:UnitType>"));
        assertThat(parsed.rows()).isEmpty();
        assertThat(parsed.rejects())
                .singleElement()
                .satisfies(reject ->
                        assertThat(reject.reason()).contains("the element 'Factor', which the schema does not have"));
    }

    @Test
    void aDocumentWhoseHeaderIsWrongIsVoid() {
        String text = DAY.ebix();
        assertVoid(text.replace(":v3", ":bad-version"), "bad-version");
        assertVoid(
                text.replace("DK_MeteredDataTimeSeries", "DK_AggregatedMeteredDataTimeSeries"),
                "it is a DK_Aggregated");
        assertVoid(text.replace("n:RecipientEnergyParty>", "n:InvalidElement>"), "the element 'InvalidElement'");
        assertVoid(text.replace("<n:DocumentType>E66", "<n:DocumentType>E31"), "document type is 'E31'");
        assertVoid(
                text.replaceAll("(?s)<n:ProcessEnergyContext>.*</n:ProcessEnergyContext>", ""),
                "no EnergyBusinessProcess");
        assertVoid(text.replaceAll("(?s)<n:Payload.*</n:Payload[^>]*>", ""), "no PayloadEnergyTimeSeries");
        assertVoid(text.substring(0, text.length() - 10), "");
    }
}
