package io.meterlake.format.cim;

import static io.meterlake.testing.MeasureText.hours;
import static io.meterlake.testing.MeasureText.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;
import io.meterlake.testing.MeasureText;
import io.meterlake.testing.Parsed;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CimFormatTest {
    private static final MeasureText DAY = hours(
            "2026-03-27T23:00Z",
            "2026-03-28T23:00Z",
            point(1, "1.25", "A04"),
            point(2, "2", ""),
            point(24, "0.001", "A03"));

    private static Parsed xml(String text) throws IOException {
        return Parsed.read(new CimXmlFormat(), text);
    }

    private static Parsed json(String text) throws IOException {
        return Parsed.read(new CimJsonFormat(), text);
    }

    private static List<Parsed> both(MeasureText text) throws IOException {
        return List.of(xml(text.cimXml()), json(text.cimJson()));
    }

    private static void assertRefused(MeasureText text, String reason) throws IOException {
        for (Parsed parsed : both(text)) {
            assertThat(parsed.rows()).isEmpty();
            assertThat(parsed.rejects()).singleElement().satisfies(reject -> {
                assertThat(reject.reason()).contains(reason);
                assertThat(reject.hint()).isNotEmpty();
                assertThat(reject.rawText()).contains("571313000000002000");
            });
        }
    }

    private static void assertVoid(String text, String reason) {
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> {
                    if (text.startsWith("{")) {
                        json(text);
                    } else {
                        xml(text);
                    }
                })
                .withMessageStartingWith("Cannot read test.csv: ")
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.hint()).isNotEmpty());
    }

    @Test
    void readsWhatAPointIs() throws IOException {
        for (Parsed parsed : both(DAY)) {
            assertThat(parsed.rejects()).isEmpty();
            assertThat(parsed.sender()).isEqualTo("5790001330552");
            assertThat(parsed.brief())
                    .containsExactly(
                            "2026-03-27T23:00:00Z 1.25 A04",
                            "2026-03-28T00:00:00Z 2 ",
                            "2026-03-28T22:00:00Z 0.001 A03");
            assertThat(parsed.rows())
                    .extracting(row -> row.grade().quality())
                    .containsExactly(Quality.ACTUAL, Quality.ACTUAL, Quality.ESTIMATED);
            assertThat(parsed.rows()).allSatisfy(row -> {
                assertThat(row.recorded()).contains(Instant.parse("2026-04-01T07:30:00Z"));
                assertThat(row.series())
                        .isEqualTo(new Series(
                                "571313000000002000", "consumption", "kWh", 60, ZoneId.of("Europe/Copenhagen"), true));
            });
            assertThat(parsed.rows().get(1).line())
                    .isEqualTo(parsed.rows().get(0).line() + 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"2026-03-28T23:00Z,2026-03-29T22:00Z,23", "2026-10-24T22:00Z,2026-10-25T23:00Z,25"})
    void countsPositionsThroughDaysOf23And25Hours(String start, String end, int hours) throws IOException {
        List<MeasureText.Point> points = new ArrayList<>();
        for (int i = 1; i <= hours * 4; i++) {
            points.add(point(i, Integer.toString(i), "A04"));
        }
        MeasureText text = new MeasureText("E18", "KWH", "8716867000030", "PT15M", start, end, points);
        for (Parsed parsed : both(text)) {
            assertThat(parsed.rejects()).isEmpty();
            assertThat(parsed.rows()).hasSize(hours * 4);
            for (int i = 0; i < hours * 4; i++) {
                assertThat(parsed.rows().get(i).start())
                        .isEqualTo(Instant.parse(start.replace("Z", ":00Z")).plusSeconds(900L * i));
            }
            assertThat(parsed.rows().get(hours * 4 - 1).start().plusSeconds(900))
                    .isEqualTo(end.replace("Z", ":00Z"));
            assertThat(parsed.rows())
                    .extracting(row ->
                            row.start().atZone(ZoneId.of("Europe/Copenhagen")).toLocalDate())
                    .containsOnly(parsed.rows()
                            .get(0)
                            .start()
                            .atZone(ZoneId.of("Europe/Copenhagen"))
                            .toLocalDate());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "KWH,8716867000030,consumption,kWh",
        "MWH,'',consumption,MWh",
        "GWH,'',consumption,GWh",
        "WHR,'',consumption,Wh",
        "K3,8716867000047,consumption/reactive-energy,kVArh",
        "MAH,8716867000146,consumption/reactive-energy/inductive,MVArh",
        "KWT,8716867000016,consumption/active-power,kW"
    })
    void keepsUnitsAsTheyAre(String unit, String product, String channel, String kept) throws IOException {
        for (Parsed parsed : both(DAY.withUnit(unit, product))) {
            assertThat(parsed.rows().get(0).series().channel()).isEqualTo(channel);
            assertThat(parsed.rows().get(0).series().unit()).isEqualTo(kept);
            assertThat(parsed.brief().get(0)).isEqualTo("2026-03-27T23:00:00Z 1.25 A04");
        }
    }

    @ParameterizedTest
    @CsvSource({"E17,consumption", "E18,production", "E20,E20", "D14,D14"})
    void namesTheChannelByTheTypeOfTheMeteringPoint(String type, String channel) throws IOException {
        for (Parsed parsed : both(DAY.withType(type))) {
            assertThat(parsed.rows().get(0).series().channel()).isEqualTo(channel);
        }
    }

    @Test
    void refusesASeriesThatIsNoElectricityOrContradictsItself() throws IOException {
        assertRefused(DAY.withUnit("MTQ", ""), "'MTQ' is no unit of electricity");
        assertRefused(DAY.withUnit("KWH", "5790001330590"), "product '5790001330590' is no electricity");
        assertRefused(DAY.withUnit("KWH", "8716867000047"), "product 8716867000047 is not measured in KWH");
        assertRefused(DAY.withUnit("", ""), "the series has no unit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P1D", "P1M", "PT90S", "PT0M", "PT25H", "15", "PT-15M", "PT99999999H"})
    void refusesResolutionsThatAreNoFixedNumberOfMinutes(String resolution) throws IOException {
        assertRefused(DAY.withResolution(resolution), "resolution '" + resolution + "' is no fixed number of minutes");
    }

    @Test
    void readsEveryWayToWriteAnHour() throws IOException {
        for (Parsed parsed : both(DAY.withResolution("PT60M"))) {
            assertThat(parsed.rows())
                    .extracting(row -> row.series().intervalMinutes())
                    .containsOnly(60);
        }
    }

    @Test
    void refusesPeriodsThatCannotBe() throws IOException {
        assertRefused(hours("2026-03-28T23:00Z", "2026-03-27T23:00Z", point(1, "1", "")), "and starts only at");
        assertRefused(hours("2026-03-28T23:00", "2026-03-29T23:00Z", point(1, "1", "")), "no time with an offset");
        assertRefused(
                hours("2026-03-28T23:00Z", "2026-03-29T22:30Z", point(1, "1", "")), "no whole number of intervals");
        assertRefused(
                hours("0001-01-01T00:00Z", "9999-01-01T00:00Z", point(1, "1", "")), "no whole number of intervals");
    }

    @Test
    void aBrokenPointLosesNoneAroundIt() throws IOException {
        MeasureText text = hours(
                "2026-03-27T23:00Z",
                "2026-03-28T02:00Z",
                point(1, "1", ""),
                point(2, "1e3", ""),
                point(3, "3", "A09"),
                point(4, "4", ""),
                point(0, "5", ""));
        for (Parsed parsed : both(text)) {
            assertThat(parsed.brief()).containsExactly("2026-03-27T23:00:00Z 1 ");
            assertThat(parsed.rejects())
                    .extracting(Reject::field)
                    .containsExactlyInAnyOrder("quantity", "quality", "position", "position");
            assertThat(parsed.rejects()).extracting(Reject::rawText).contains("position 2, quantity 1e3, quality ");
        }
    }

    @Test
    void refusesBothPointsOfAPosition() throws IOException {
        MeasureText text = hours(
                "2026-03-27T23:00Z", "2026-03-28T23:00Z", point(1, "1", ""), point(2, "2", ""), point(1, "3", ""));
        for (Parsed parsed : both(text)) {
            assertThat(parsed.brief()).containsExactly("2026-03-28T00:00:00Z 2 ");
            assertThat(parsed.rejects())
                    .hasSize(2)
                    .allSatisfy(reject -> assertThat(reject.reason()).startsWith("position 1 is there more than once"));
        }
    }

    @Test
    void aPointWithoutAQuantityIsMissing() throws IOException {
        MeasureText text = hours(
                "2026-03-27T23:00Z",
                "2026-03-28T23:00Z",
                point(1, "", "A02"),
                point(2, "", ""),
                point(3, "7", "A02"),
                point(4, "", "A04"));
        for (Parsed parsed : both(text)) {
            assertThat(parsed.rows())
                    .extracting(Parsed.Row::grade)
                    .containsExactly(
                            new Grade(Quality.MISSING, "A02"),
                            new Grade(Quality.MISSING, ""),
                            new Grade(Quality.MISSING, "A02"));
            assertThat(parsed.brief().get(2)).isEqualTo("2026-03-28T01:00:00Z 7 A02");
            assertThat(parsed.rejects())
                    .singleElement()
                    .satisfies(reject -> assertThat(reject.reason()).contains("quality 'A04' says that there is one"));
        }
    }

    @ParameterizedTest
    @CsvSource({"A01,SUBSTITUTED", "A03,ESTIMATED", "A04,ACTUAL", "A05,ESTIMATED", "A06,SUBSTITUTED"})
    void knowsTheQualities(String code, Quality quality) throws IOException {
        for (Parsed parsed : both(hours("2026-03-27T23:00Z", "2026-03-28T23:00Z", point(1, "1", code)))) {
            assertThat(parsed.rows().get(0).grade()).isEqualTo(new Grade(quality, code));
        }
    }

    @Test
    void aCancelledSeriesTakesItsIntervalsBack() throws IOException {
        for (Parsed parsed : List.of(
                xml(DAY.cimXml()
                        .replace(
                                "<cim:mRID>4413",
                                "<cim:docStatus><cim:value>A13</cim:value></cim:docStatus><cim:mRID>4413")),
                json(DAY.cimJson()
                        .replace("\"mRID\": \"4413", "\"docStatus\": {\"value\": \"A13\"}, \"mRID\": \"4413")))) {
            assertThat(parsed.rejects()).isEmpty();
            assertThat(parsed.brief())
                    .containsExactly(
                            "2026-03-27T23:00:00Z - A13", "2026-03-28T00:00:00Z - A13", "2026-03-28T22:00:00Z - A13");
            assertThat(parsed.rows()).allSatisfy(row -> {
                assertThat(row.grade().quality()).isEqualTo(Quality.WITHDRAWN);
                assertThat(row.recorded()).contains(Instant.parse("2026-04-02T07:30:54Z"));
            });
        }
    }

    @Test
    void aCancelledSeriesWithoutPointsTakesItsPeriodBack() throws IOException {
        Parsed parsed = xml(hours("2026-03-28T23:00Z", "2026-03-29T22:00Z")
                .cimXml()
                .replace("<cim:mRID>4413", "<cim:docStatus><cim:value>A09</cim:value></cim:docStatus><cim:mRID>4413"));
        assertThat(parsed.rows()).hasSize(23);
        assertThat(parsed.rows().get(22).start()).isEqualTo("2026-03-29T21:00:00Z");
    }

    @Test
    void refusesWhatAStatusOrElementOrCurveMayMean() throws IOException {
        String series = "<cim:marketEvaluationPoint.type>";
        for (String element : List.of(
                "<cim:docStatus><cim:value>A99</cim:value></cim:docStatus>",
                "<cim:INVALIDELEMENT>1</cim:INVALIDELEMENT>",
                "<cim:curveType>A03</cim:curveType>",
                "<cim:mRID>2</cim:mRID>")) {
            Parsed parsed = xml(DAY.cimXml().replace(series, element + series));
            assertThat(parsed.rows()).as(element).isEmpty();
            assertThat(parsed.rejects()).as(element).hasSize(1);
        }
        Parsed point = xml(DAY.cimXml()
                .replaceFirst("<cim:quality>", "<cim:secondaryQuantity>1</cim:secondaryQuantity><cim:quality>"));
        assertThat(point.rows()).hasSize(2);
        assertThat(point.rejects())
                .singleElement()
                .satisfies(reject -> assertThat(reject.reason()).contains("secondaryQuantity"));
    }

    @Test
    void aBrokenSeriesLosesNoneAroundIt() throws IOException {
        String whole = DAY.cimXml();
        String series = whole.substring(whole.indexOf("<cim:Series>"), whole.indexOf("</cim:NotifyV"));
        String broken = series.replace("<cim:resolution>PT1H", "<cim:resolution>PT1X");
        String text = whole.replace(series, series + broken + series.replace("002000", "002001"));
        long line = 1 + text.substring(0, text.indexOf(broken)).lines().count();
        Parsed parsed = xml(text);
        assertThat(parsed.rows()).hasSize(6);
        assertThat(parsed.rejects())
                .singleElement()
                .satisfies(reject -> assertThat(reject.line()).isEqualTo(line));
    }

    @Test
    void readsTheTimeSeriesOfEntsoE() throws IOException {
        Parsed parsed = xml(DAY.cimXml()
                .replace(
                        "urn:ediel.org:measure:notifyvalidatedmeasuredata:0:1",
                        "urn:iec62325.351:tc57wg16:451-n:measuredata:1:0")
                .replace("cim:Series>", "cim:TimeSeries>")
                .replace(
                        "<cim:marketEvaluationPoint.type>E17</cim:marketEvaluationPoint.type>",
                        "<cim:businessType>A04</cim:businessType><cim:flowDirection.direction>A02</cim:flowDirection.direction>")
                .replace("quantity_Measure_Unit.name", "measurement_Unit.name")
                .replace(
                        "<cim:registration_DateAndOrTime.dateTime>2026-04-01T07:30:00Z</cim:registration_DateAndOrTime.dateTime>",
                        "<cim:curveType>A01</cim:curveType>"));
        assertThat(parsed.rejects()).isEmpty();
        assertThat(parsed.rows()).hasSize(3).allSatisfy(row -> {
            assertThat(row.series().channel()).isEqualTo("consumption/A02");
            assertThat(row.recorded()).contains(Instant.parse("2026-04-02T07:30:54Z"));
        });
    }

    @Test
    void aDocumentWhoseHeaderIsWrongIsVoid() {
        String xml = DAY.cimXml();
        assertVoid(
                xml.replace("notifyvalidatedmeasuredata:0:1", "notifyvalidatedmeasuredata:bad:1"), "its namespace is");
        assertVoid(
                xml.replace("NotifyValidated", "RequestValidated"),
                "it is a RequestValidatedMeasureData_MarketDocument");
        assertVoid(xml.replace("<cim:type>E66", "<cim:type>E73"), "document type is 'E73'");
        assertVoid(xml.replace("<cim:mRID>111131835</cim:mRID>", "<cim:WRONG>1</cim:WRONG>"), "the element 'WRONG'");
        assertVoid(xml.replace("<cim:mRID>111131835</cim:mRID>", ""), "its header has no mRID");
        assertVoid(xml.replace("2026-04-02T07:30:54Z", "yesterday"), "creation 'yesterday'");
        assertVoid(xml.replaceAll("(?s)<cim:Series>.*</cim:Series>", ""), "has no Series");
        String json = DAY.cimJson();
        assertVoid(json.replace("\"sender_MarketParticipant.mRID\"", "\"INVALID.mRID\""), "the element 'INVALID.mRID'");
        assertVoid(json.replace("\"E66\"", "\"E73\""), "document type is 'E73'");
        assertVoid(json.replace("NotifyValidated", "RequestValidated"), "RequestValidatedMeasureData_MarketDocument");
        assertVoid(json.replace("\"type\"", "\"mRID\""), "two fields mRID");
        assertVoid(json + "{}", "something behind");
    }

    @Test
    void aDocumentThatIsNotWholeIsVoid() {
        String xml = DAY.cimXml().strip();
        String json = DAY.cimJson().strip();
        for (int i = 1; i < xml.length(); i += 7) {
            assertVoid(xml.substring(0, i), "");
        }
        for (int i = 1; i < json.length(); i += 7) {
            assertVoid(json.substring(0, i), "");
        }
    }

    @Test
    void limitsHowDeepAndLongJsonIs() {
        String json = DAY.cimJson();
        assertVoid(
                json.replace("\"1\"", "[".repeat(1000))
                        .replace("\"mRID\": \"111131835\"", "\"mRID\": " + "[".repeat(1000)),
                "JSON");
        assertVoid(json.replace("111131835", "1".repeat(5000)), "longer than 4096");
        assertVoid(json.replace("1.25", "1".repeat(5000)), "JSON");
    }

    @Test
    void refusesQuantitiesInPieces() throws IOException {
        Parsed xml = xml(DAY.cimXml().replace(">1.25<", ">1.2<cim:x/>5<"));
        Parsed json =
                json(DAY.cimJson().replace("\"quantity\": 1.25", "\"quantity\": {\"value\": 1.25, \"factor\": 1000}"));
        for (Parsed parsed : List.of(xml, json)) {
            assertThat(parsed.rows()).hasSize(2);
            assertThat(parsed.rejects()).extracting(Reject::field).containsExactly("quantity");
        }
    }
}
