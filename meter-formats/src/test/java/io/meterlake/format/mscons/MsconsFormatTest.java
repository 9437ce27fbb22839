package io.meterlake.format.mscons;

import static io.meterlake.format.mscons.Interchange.CHANNEL;
import static io.meterlake.format.mscons.Interchange.HEAD;
import static io.meterlake.format.mscons.Interchange.POINT;
import static io.meterlake.format.mscons.Interchange.quantity;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.reading.Quality;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;
import io.meterlake.testing.InMemoryFile;
import io.meterlake.testing.Parsed;
import io.meterlake.testing.Parsed.Row;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MsconsFormatTest {
    private static final String FIRST = quantity("220:36.300", "202601010000", "202601010015");
    private static final String SECOND = quantity("220:36.000", "202601010015", "202601010030");
    private static final String THIRD = quantity("220:7", "202601010030", "202601010045");

    private static Parsed read(String text) throws IOException {
        return Parsed.read(new MsconsFormat(), text);
    }

    private static Parsed readChannel(String quantities) throws IOException {
        return read(Interchange.ofChannel(quantities));
    }

    private static Reject onlyReject(Parsed parsed) {
        assertThat(parsed.rows()).isEmpty();
        assertThat(parsed.rejects()).hasSize(1);
        assertThat(parsed.rejects().get(0).hint()).isNotEmpty();
        return parsed.rejects().get(0);
    }

    @Test
    void readsQuantities() throws IOException {
        Parsed parsed = readChannel(FIRST + " " + SECOND);
        assertThat(parsed.sender()).isEqualTo("9900000000001");
        assertThat(parsed.rejects()).isEmpty();
        assertThat(parsed.brief()).containsExactly("2025-12-31T23:00:00Z 36.3 220", "2025-12-31T23:15:00Z 36 220");
        assertThat(parsed.rows())
                .extracting(Row::series)
                .containsOnly(new Series(POINT, "1-1:1.29.0", "kWh", 15, ZoneId.of("Europe/Berlin")));
        assertThat(parsed.rows())
                .extracting(Row::recorded)
                .containsOnly(Optional.of(Instant.parse("2026-01-02T13:15:00Z")));
        assertThat(parsed.rows()).extracting(Row::line).containsExactly(11L, 14L);
    }

    @ParameterizedTest
    @CsvSource({
        "220, ACTUAL",
        "46, ACTUAL",
        "67, SUBSTITUTED",
        "Z18, ESTIMATED",
        "201, ESTIMATED",
        "187, ESTIMATED",
        "79, ESTIMATED",
        "20, MISSING",
        "Z30, MISSING"
    })
    void mapsTheQualifierAndKeepsIt(String code, Quality quality) throws IOException {
        Parsed parsed = readChannel(quantity(code + ":1.5", "202601010000", "202601010015"));
        assertThat(parsed.rows()).extracting(row -> row.grade().quality()).containsExactly(quality);
        assertThat(parsed.rows()).extracting(row -> row.grade().code()).containsExactly(code);
        assertThat(parsed.brief()).containsExactly("2025-12-31T23:00:00Z 1.5 " + code);
    }

    @Test
    void takesAMissingQuantityWithoutAValue() throws IOException {
        Parsed parsed = readChannel(quantity("Z30", "202601010000", "202601010015"));
        assertThat(parsed.brief()).containsExactly("2025-12-31T23:00:00Z - Z30");
    }

    @ParameterizedTest
    @ValueSource(strings = {"221", "136", "Z31", "Z47", "", "2200000"})
    void rejectsOtherQualifiersAndKeepsWhatIsAround(String code) throws IOException {
        String odd = quantity(code + ":1", "202601010015", "202601010030");
        Parsed parsed = readChannel(FIRST + " " + odd + " " + THIRD);
        assertThat(parsed.brief()).containsExactly("2025-12-31T23:00:00Z 36.3 220", "2025-12-31T23:30:00Z 7 220");
        assertThat(parsed.rejects()).hasSize(1);
        Reject reject = parsed.rejects().get(0);
        assertThat(reject.line()).isEqualTo(14);
        assertThat(reject.field()).isEqualTo("QTY 6063");
        assertThat(reject.reason()).isEqualTo("'%s' is no qualifier that says what the value is".formatted(code));
        assertThat(reject.rawText())
                .isEqualTo("QTY+%s:1'\nDTM+163:202601010015?+01:303'\nDTM+164:202601010030?+01:303'".formatted(code));
    }

    @ParameterizedTest
    @CsvSource({"KWH, kWh", "MWH, MWh", "WHR, Wh", "K3, kVArh", "KWT, kW", "kwh, kWh", "D54, W/m2"})
    void takesTheUnit(String sent, String unit) throws IOException {
        Parsed parsed = readChannel(quantity("220:1:" + sent, "202601010000", "202601010015"));
        assertThat(parsed.rows()).extracting(row -> row.series().unit()).containsExactly(unit);
    }

    @ParameterizedTest
    @CsvSource({
        "1-1?:1.29.0, kWh",
        "1-1?:2.29.0*255, kWh",
        "1-1?:1.9.1, kWh",
        "1-1?:3.29.0, kVArh",
        "1-1?:8.9.0, kVArh",
        "1-1?:1.10.0, kWh",
    })
    void takesTheUnitThatTheObisCodeImplies(String obis, String unit) throws IOException {
        Parsed parsed = read(Interchange.of(HEAD + " LOC+172+" + POINT + " LIN+1 PIA+5+" + obis + ":SRW " + FIRST));
        assertThat(parsed.rejects()).isEmpty();
        assertThat(parsed.rows()).extracting(row -> row.series().unit()).containsExactly(unit);
        assertThat(parsed.rows()).extracting(row -> row.series().channel()).containsExactly(obis.replace("?", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PIA+5+1-1?:1.8.0:SRW | the OBIS code '1-1:1.8.0' gives what a register shows, which is no energy of an"
                        + " interval",
                "PIA+5+7-10?:99.33.17:SRW | the OBIS code '7-10:99.33.17' is not of electricity, whose codes begin with 1",
                "PIA+5+1-1?:1.29:SRW | the PIA at segment 10 has '1-1:1.29' in place of an OBIS code",
                "PIA+5 | the PIA at segment 10 has '' in place of an OBIS code",
                "PIA+1+1-1?:1.29.0:SRW | there is no PIA+5 before it",
                "PIA+5+1-1?:1.4.0:SRW | there is no unit, and the channel implies none",
            })
    void rejectsQuantitiesOfOtherChannels(String product, String reason) throws IOException {
        Reject reject =
                onlyReject(read(Interchange.of(HEAD + " LOC+172+" + POINT + " LIN+1 " + product + " " + FIRST)));
        assertThat(reject.reason()).isEqualTo(reason);
        assertThat(reject.line()).isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "QTY+220:x DTM+163:202601010000?+01:303 DTM+164:202601010015?+01:303 | QTY 6060 | value 'x' is not a"
                        + " plain decimal number",
                "QTY+220:1E3 DTM+163:202601010000?+01:303 DTM+164:202601010015?+01:303 | QTY 6060 | value '1E3' is not a"
                        + " plain decimal number",
                "QTY+220:1.1234567 DTM+163:202601010000?+01:303 DTM+164:202601010015?+01:303 | QTY 6060 | value"
                        + " '1.1234567' has more than 6 decimals",
                "QTY+220:1.000,5 DTM+163:202601010000?+01:303 DTM+164:202601010015?+01:303 | QTY 6060 | value"
                        + " '1.000,5' is not a plain decimal number",
                "QTY+220 DTM+163:202601010000?+01:303 DTM+164:202601010015?+01:303 | QTY 6060 | there is no value",
                "QTY+220:36:300 DTM+163:202601010000?+01:303 DTM+164:202601010015?+01:303 | QTY 6411 | the unit '300' is"
                        + " not known",
                "QTY+220:36.3:KWH:x DTM+163:202601010000?+01:303 DTM+164:202601010015?+01:303 | QTY | there is more in"
                        + " the segment than a QTY has",
                "QTY+220:36.3+5 DTM+163:202601010000?+01:303 DTM+164:202601010015?+01:303 | QTY | there is more in the"
                        + " segment than a QTY has",
                "QTY+220:1 DTM+163:202601010000?+01:303 | DTM+164 | the quantity does not say when its period ends",
                "QTY+220:1 DTM+164:202601010000?+01:303 | DTM+163 | the quantity does not say when its period starts",
                "QTY+220:1 | DTM+163 | nothing says which period it is of",
                "QTY+220:1 DTM+7:202601010000?+01:303 | DTM | it is of a moment and not of a period, so it is what a"
                        + " register shows",
                "QTY+220:1 DTM+163:202601010000?+01:303 DTM+163:202601010015?+01:303 | DTM+163 | it comes twice for one"
                        + " quantity",
                "QTY+220:1 DTM+163:202601010015?+01:303 DTM+164:202601010015?+01:303 | DTM+164 | the period ends before"
                        + " it has begun",
                "QTY+220:1 DTM+163:202601010000?+01:303 DTM+164:202602010000?+01:303 | DTM+164 | the period has 44640"
                        + " minutes, more than a day, so its energy is none of an interval",
                "QTY+220:1 DTM+163:20260101000010?+01:304 DTM+164:202601010015?+01:303 | DTM+164 | the period is not of"
                        + " whole minutes",
                "QTY+220:1 DTM+163:202613010000?+01:303 DTM+164:202601010015?+01:303 | DTM+163 | '202613010000+01' is no"
                        + " time of format '303'",
                "QTY+220:1 DTM+163:202602300000?+01:303 DTM+164:202601010015?+01:303 | DTM+163 | '202602300000+01' is no"
                        + " time of format '303'",
                "QTY+220:1 DTM+163:202601010000?+99:303 DTM+164:202601010015?+01:303 | DTM+163 | '202601010000+99' is no"
                        + " time of format '303'",
                "QTY+220:1 DTM+163:202601010000?+01:999 DTM+164:202601010015?+01:303 | DTM+163 | '202601010000+01' is no"
                        + " time of format '999'",
                "QTY+220:1 DTM+163:202601010000:203 DTM+164:202601010015:203 | DTM+163 | '202601010000' does not say its"
                        + " offset from UTC",
                "QTY+220:1 DTM+163:202601010000:303 DTM+164:202601010015:303 | DTM+163 | '202601010000' does not say its"
                        + " offset from UTC",
            })
    void saysWhatIsWrongWithAQuantity(String segments, String field, String reason) throws IOException {
        Reject reject = onlyReject(readChannel(segments));
        assertThat(reject.field()).isEqualTo(field);
        assertThat(reject.reason()).isEqualTo(reason);
        assertThat(reject.line()).isEqualTo(11);
        assertThat(reject.rawText().replaceAll("'\\s*", " ")).isEqualTo(segments + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1,5", "1.50000000", "1,5000"})
    void takesAPointAndACommaForTheDecimals(String value) throws IOException {
        String quantity = quantity("220:" + value, "202601010000", "202601010015");
        assertThat(readChannel(quantity).brief()).containsExactly("2025-12-31T23:00:00Z 1.5 220");
        assertThat(read("UNA:+,? '" + Interchange.ofChannel(quantity)).brief())
                .containsExactly("2025-12-31T23:00:00Z 1.5 220");
    }

    @Test
    void takesNegativeValues() throws IOException {
        assertThat(readChannel(quantity("79:-4.987:KWH", "202601010000", "202601010015"))
                        .brief())
                .containsExactly("2025-12-31T23:00:00Z -4.987 79");
    }

    @ParameterizedTest
    @CsvSource({
        "202601010000?+01:303, 2025-12-31T23:00:00Z",
        "202601010000?+00:303, 2026-01-01T00:00:00Z",
        "202601010100?+02:303, 2025-12-31T23:00:00Z",
        "202512311930-0330:303, 2025-12-31T23:00:00Z",
        "20260101000000?+01:304, 2025-12-31T23:00:00Z",
    })
    void readsOffsets(String time, Instant start) throws IOException {
        Parsed parsed = readChannel("QTY+220:1 DTM+163:%s DTM+164:202601010115?+00:303".formatted(time));
        assertThat(parsed.rejects()).isEmpty();
        assertThat(parsed.rows()).extracting(Row::start).containsExactly(start);
    }

    @Test
    void takesTimesWithoutAnOffsetInAZoneThatIsGiven() throws IOException {
        String quantities = "QTY+220:1 DTM+163:202607010000:203 DTM+164:202607010015:203"
                + " QTY+220:2 DTM+163:202603290230:203 DTM+164:202603290315:203"
                + " QTY+220:3 DTM+163:202610250230:203 DTM+164:202610250245:203";
        Parsed parsed = Parsed.read(MsconsFormat.inZone(ZoneId.of("Europe/Vienna")), Interchange.ofChannel(quantities));
        assertThat(parsed.brief()).containsExactly("2026-06-30T22:00:00Z 1 220");
        assertThat(parsed.rows())
                .extracting(row -> row.series().marketZone().getId())
                .containsExactly("Europe/Vienna");
        assertThat(parsed.rejects())
                .extracting(Reject::reason)
                .containsExactly(
                        "'202603290230' was never on the clocks in Europe/Vienna",
                        "'202610250230' was on the clocks in Europe/Vienna twice");
    }

    @Test
    void readsTheDaysOn92And100Quarters() throws IOException {
        for (String date : new String[] {"2026-03-29", "2026-10-25", "2026-06-01"}) {
            ZoneId berlin = ZoneId.of("Europe/Berlin");
            Instant start = LocalDate.parse(date).atStartOfDay(berlin).toInstant();
            Instant end = LocalDate.parse(date).plusDays(1).atStartOfDay(berlin).toInstant();
            StringBuilder quantities = new StringBuilder();
            int count = 0;
            for (Instant at = start; at.isBefore(end); at = at.plusSeconds(900), count++) {
                quantities.append(" QTY+220:%d DTM+163:%s DTM+164:%s"
                        .formatted(count, MsconsPropertyTest.local(at), MsconsPropertyTest.local(at.plusSeconds(900))));
            }
            Parsed parsed = readChannel(quantities.toString());
            assertThat(parsed.rejects()).isEmpty();
            assertThat(parsed.rows()).hasSize((int) ((end.getEpochSecond() - start.getEpochSecond()) / 900));
            for (int i = 0; i < parsed.rows().size(); i++) {
                assertThat(parsed.rows().get(i).start()).isEqualTo(start.plusSeconds(900L * i));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "202601010000?+01, 202601020000?+01, 1440",
        "202603290000?+01, 202603300000?+02, 1440",
        "202610250000?+02, 202610260000?+01, 1440",
        "202603282300?+00, 202603292200?+00, 1440",
        "202601010000?+01, 202601012300?+01, 1380",
        "202601010000?+01, 202601010100?+01, 60",
    })
    void takesADayOfTheMarketForADay(String from, String to, int minutes) throws IOException {
        Parsed parsed = readChannel("QTY+220:1 DTM+163:%s:303 DTM+164:%s:303".formatted(from, to));
        assertThat(parsed.rejects()).isEmpty();
        assertThat(parsed.rows())
                .extracting(row -> row.series().intervalMinutes())
                .containsExactly(minutes);
    }

    @ParameterizedTest
    @CsvSource({
        "CH1008801234500000000000000113813, Europe/Zurich, false",
        "AT0030000000000000000000000123456, Europe/Vienna, false",
        "10181928253, Europe/Berlin, false",
        "US0001062600000001000000022345671, Europe/Berlin, true",
    })
    void takesTheZoneOfTheMeteringPointsCountry(String id, String zone, boolean assumed) throws IOException {
        Parsed parsed = read(Interchange.of(HEAD + " LOC+172+" + id + " " + CHANNEL + " " + FIRST));
        assertThat(parsed.rows())
                .extracting(Row::series)
                .containsExactly(new Series(id, "1-1:1.29.0", "kWh", 15, ZoneId.of(zone), assumed));
    }

    @Test
    void rejectsQuantitiesOfAPointWhoseZoneNothingTells() throws IOException {
        String text = Interchange.of(HEAD.replace("::293", "::9") + " LOC+172+X1 " + CHANNEL + " " + FIRST)
                .replace(":500", ":14");
        assertThat(onlyReject(read(text)).reason()).isEqualTo("nothing tells the time zone of the metering point 'X1'");
    }

    @Test
    void readsSeveralMessagesPointsAndChannels() throws IOException {
        String one = HEAD + " LOC+172+" + POINT + " LIN+1 PIA+5+1-1?:1.29.0:SRW " + FIRST
                + " LIN+2 PIA+5+1-1?:2.29.0:SRW " + SECOND + " NAD+DP LOC+172+10181928253 " + CHANNEL + " " + THIRD;
        String two = HEAD.replace("1315", "1420") + " LOC+172+" + POINT + " " + CHANNEL + " " + FIRST;
        Parsed parsed = read(new Interchange().message(one).message(two).text());
        assertThat(parsed.rejects()).isEmpty();
        assertThat(parsed.rows())
                .extracting(row -> row.series().meterId() + " " + row.series().channel() + " " + row.brief() + " "
                        + row.recorded())
                .containsExactly(
                        POINT + " 1-1:1.29.0 2025-12-31T23:00:00Z 36.3 220 Optional[2026-01-02T13:15:00Z]",
                        POINT + " 1-1:2.29.0 2025-12-31T23:15:00Z 36 220 Optional[2026-01-02T13:15:00Z]",
                        "10181928253 1-1:1.29.0 2025-12-31T23:30:00Z 7 220 Optional[2026-01-02T13:15:00Z]",
                        POINT + " 1-1:1.29.0 2025-12-31T23:00:00Z 36.3 220 Optional[2026-01-02T14:20:00Z]");
    }

    /** VDEW's layout of 2003, still used in Switzerland in 2014. */
    @Test
    void readsQuantitiesOneAfterTheOther() throws IOException {
        String content = "BGM+7+1+9 DTM+137:201403041854:203 NAD+MS+12X-0000000858-F::293 UNS+D"
                + " NAD+HN+12X-0000000858-F::293 LOC+172+::87:CH1022201234500000000000000022079"
                + " DTM+163:201303240000?+01:303 DTM+672:15:806 LIN+1 PIA+5+1-1?:1.29.0*255:SWR"
                + " QTY+46:20.800:KWH QTY+67:14.400:KWH QTY+46:x:KWH QTY+46:7.200:KWH";
        Parsed parsed = read(Interchange.of(content));
        assertThat(parsed.brief())
                .containsExactly(
                        "2013-03-23T23:00:00Z 20.8 46", "2013-03-23T23:15:00Z 14.4 67", "2013-03-23T23:45:00Z 7.2 46");
        assertThat(parsed.rows())
                .extracting(Row::series)
                .containsOnly(new Series(
                        "CH1022201234500000000000000022079", "1-1:1.29.0*255", "kWh", 15, ZoneId.of("Europe/Zurich")));
        assertThat(parsed.rows())
                .extracting(Row::recorded)
                .containsOnly(Optional.of(Instant.parse("2014-03-04T17:54:00Z")));
        assertThat(parsed.rejects()).extracting(Reject::line).containsExactly(15L);
    }

    @Test
    void rejectsWhatIsBehindTheEndOfThePeriodOfTheOlderLayout() throws IOException {
        Parsed parsed = read(Interchange.of(HEAD + " LOC+172+" + POINT
                + " DTM+163:202601010000?+01:303 DTM+164:202601010030?+01:303 DTM+672:15:806 " + CHANNEL
                + " QTY+220:1 QTY+220:2 QTY+220:3"));
        assertThat(parsed.rows()).hasSize(2);
        assertThat(parsed.rejects())
                .extracting(Reject::reason)
                .containsExactly("quantity 3 of its channel ends at 2025-12-31T23:45:00Z, behind the end of the period,"
                        + " 2025-12-31T23:30:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "DTM+137:202601021315?+00:303, 2026-01-02T13:15:00Z",
        "DTM+137:202601021315:203, 2026-01-02T12:15:00Z",
        "DTM+137:20260102131502?+01:304, 2026-01-02T12:15:02Z",
        "DTM+137:20260102:102, 2026-01-01T23:00:00Z",
        "'', 2026-01-02T12:47:00Z",
    })
    void takesTheMessagesTimeOrThatOfTheInterchange(String time, Instant recorded) throws IOException {
        String content =
                HEAD.replace("DTM+137:202601021315?+00:303", time) + " LOC+172+" + POINT + " " + CHANNEL + " " + FIRST;
        assertThat(read(Interchange.of(content)).rows())
                .extracting(Row::recorded)
                .containsExactly(Optional.of(recorded));
    }

    @Test
    void rejectsValuesOfWhichNobodyKnowsHowNewTheyAre() throws IOException {
        Reject reject = onlyReject(read(Interchange.ofChannel(FIRST).replace("202601021315", "202699021315")));
        assertThat(reject.field()).isEqualTo("DTM+137");
    }

    @Test
    void withdrawsWhatACancellationNames() throws IOException {
        Parsed parsed = read(Interchange.ofChannel(FIRST).replace("BGM+7+M1+9", "BGM+7+M2+1"));
        assertThat(parsed.rows()).extracting(row -> row.grade().quality()).containsExactly(Quality.WITHDRAWN);
    }

    @Test
    void saysThatACancellationWithoutValuesCannotBeFollowed() throws IOException {
        Reject reject = onlyReject(read(Interchange.of(
                "BGM+7+M2+1 DTM+137:202601021315?+00:303 RFF+ACW:M1 NAD+MS+1::293 UNS+D NAD+DP LOC+172")));
        assertThat(reject.reason())
                .isEqualTo("the message takes back the message 'M1' without saying which values those are");
    }

    @Test
    void rejectsValuesOfAMessageWithAnotherFunction() throws IOException {
        assertThat(onlyReject(read(Interchange.ofChannel(FIRST).replace("BGM+7+M1+9", "BGM+7+M1+31")))
                        .field())
                .isEqualTo("BGM 1225");
    }

    @Test
    void rejectsQuantitiesOfOtherLocations() throws IOException {
        Reject reject = onlyReject(
                read(Interchange.of(HEAD + " LOC+237+11XUENBSOLS----X+11XVNBSOLS-----X " + CHANNEL + " " + FIRST)));
        assertThat(reject.reason()).isEqualTo("the location at segment 8, LOC+237, is no metering point");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "'\n", "'\r\n", "'  \r\n\r\n"})
    void toleratesAnythingBetweenSegments(String between) throws IOException {
        String text = Interchange.ofChannel(FIRST + " " + SECOND);
        assertThat(read("\uFEFF  " + text.replace("'\n", between))).isEqualTo(read(text));
    }

    @Test
    void takesTheDelimitersOfTheUna() throws IOException {
        String text = Interchange.ofChannel(FIRST + " " + SECOND);
        String other = "UNA|*.! ~"
                + text.replace(":", "|")
                        .replace("+", "*")
                        .replace("'", "~")
                        .replace("?|", ":")
                        .replace("?*", "+");
        Parsed parsed = read(other);
        assertThat(parsed.rejects()).isEmpty();
        assertThat(parsed.brief()).isEqualTo(read(text).brief());
        assertThat(parsed.rows()).extracting(Row::line).containsExactly(12L, 15L);
    }

    @Test
    void releasesDelimitersInIds() throws IOException {
        Parsed parsed = read(Interchange.of(HEAD + " LOC+172+A?+B?'C?:D??E " + CHANNEL + " " + FIRST));
        assertThat(parsed.rows()).extracting(row -> row.series().meterId()).containsExactly("A+B'C:D?E");
    }

    @Test
    void readsSeveralInterchangesAndGroups() throws IOException {
        String one = Interchange.ofChannel(FIRST);
        String two = "UNA:+,? '" + Interchange.ofChannel(SECOND);
        assertThat(read(one + two).brief()).hasSize(2);
        String grouped = one.replace("UNH+1", "UNG+MSCONS+A+B+260102:1347+G7+UN+D:04B'\nUNH+1")
                .replace("UNZ+1", "UNE+1+G7'\nUNZ+1");
        assertThat(read(grouped).brief()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"UNOC, ISO-8859-1, true", "UNOY, UTF-8, true", "UNOY, ISO-8859-1, false", "UNOA, ISO-8859-1, false"})
    void readsIdsInTheInterchangesCharacters(String syntax, String charset, boolean readable) throws IOException {
        String text = Interchange.of(HEAD + " LOC+172+ZÄHLER1 " + CHANNEL + " " + FIRST)
                .replace("UNOC", syntax);
        Parsed parsed =
                Parsed.read(new MsconsFormat(), new InMemoryFile("test", text.getBytes(Charset.forName(charset))));
        if (readable) {
            assertThat(parsed.rows()).extracting(row -> row.series().meterId()).containsExactly("ZÄHLER1");
        } else {
            assertThat(onlyReject(parsed).field()).isEqualTo("LOC");
        }
    }

    /** Where a LOC or PIA may be lost, quantities must not go to the one before it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "LOX+172+10181928253 LIN+1 PIA+5+1-1?:1.29.0:SRW | 1",
                "NAD+DP LOX+172+10181928253 DTM+163:202601010000?+01:303 DTM+164:202601020000?+01:303 LIN+1"
                        + " PIA+5+1-1?:1.29.0:SRW | 1",
                "LOX+172+10181928253 DTM+163:202601010000?+01:303 DTM+164:202601020000?+01:303 LIN+1"
                        + " PIA+5+1-1?:1.29.0:SRW | 1",
                "LIN+2 PIX+5+1-1?:2.29.0:SRW | 1",
                "LIX+2 PIX+5+1-1?:2.29.0:SRW | 1",
                "PIX+5+1-1?:2.29.0:SRW | 1",
                "PIA+6+1-1?:2.29.0:SRW | 1",
                "LOC+173+10181928253 LIN+1 PIA+5+1-1?:1.29.0:SRW | 1",
                "LOC+172 LIN+1 PIA+5+1-1?:1.29.0:SRW | 1",
                "QTX+220:5 DTM+163:202601010015?+01:303 DTM+164:202601010030?+01:303 | 2",
                "QTY+220:5 DTX+163:202601010015?+01:303 DTM+164:202601010030?+01:303 | 2",
                "QTY+220:5 DTM+163:202601010015?+01:303 DTX+164:202601010030?+01:303 | 2",
            })
    void givesNoQuantityToAChannelThatItMayNotBelongTo(String damaged, int taken) throws IOException {
        Parsed parsed = readChannel(FIRST + " " + damaged + " " + THIRD);
        assertThat(parsed.rows())
                .hasSize(taken)
                .allMatch(row -> row.series().meterId().equals(POINT));
        assertThat(parsed.rows().get(0).line()).isEqualTo(11);
        assertThat(parsed.rejects()).isNotEmpty();
    }

    @Test
    void takesNothingOfAMessageWhoseHeadIsDamaged() throws IOException {
        Parsed parsed = read(Interchange.ofChannel(FIRST).replace("BGM", "BGX"));
        assertThat(parsed.rows()).isEmpty();
        assertThat(parsed.rejects()).hasSize(2);
        assertThat(read(Interchange.ofChannel(FIRST).replace("BGM+7+M1+9", "RFF+Z13:13008"))
                        .rejects())
                .extracting(Reject::reason)
                .containsExactly("the message has no BGM");
    }

    @Test
    void goesOnBehindAMessageOfAnotherType() throws IOException {
        String text = new Interchange()
                .message("BGM+E01+1")
                .message(HEAD + " LOC+172+" + POINT + " " + CHANNEL + " " + FIRST)
                .text()
                .replaceFirst("MSCONS", "UTILMD");
        Parsed parsed = read(text);
        assertThat(parsed.rows()).hasSize(1);
        assertThat(parsed.rejects())
                .extracting(Reject::reason)
                .containsExactly("a message of the type 'UTILMD' is not MSCONS");
    }
}
