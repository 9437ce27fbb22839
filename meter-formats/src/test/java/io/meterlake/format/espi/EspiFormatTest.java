package io.meterlake.format.espi;

import static io.meterlake.format.espi.FeedText.NORTH_AMERICA;
import static io.meterlake.format.espi.FeedText.UUID;
import static io.meterlake.format.espi.FeedText.all;
import static io.meterlake.format.espi.FeedText.block;
import static io.meterlake.format.espi.FeedText.clock;
import static io.meterlake.format.espi.FeedText.feed;
import static io.meterlake.format.espi.FeedText.meter;
import static io.meterlake.format.espi.FeedText.plainType;
import static io.meterlake.format.espi.FeedText.reading;
import static io.meterlake.format.espi.FeedText.single;
import static io.meterlake.format.espi.FeedText.type;
import static io.meterlake.format.espi.FeedText.usagePoint;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterlake.format.MeterFormats;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;
import io.meterlake.testing.InMemoryFile;
import io.meterlake.testing.Parsed;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EspiFormatTest {
    private static final String ONE = reading("1767225600", "900", "282");

    private static Parsed read(String feed) throws IOException {
        return Parsed.read(new EspiFormat(), feed);
    }

    private static Series series(Parsed parsed) {
        return parsed.rows().get(0).series();
    }

    private static void assertRefused(String feed, String field, String reason) throws IOException {
        Parsed parsed = read(feed);
        assertThat(parsed.rows()).isEmpty();
        assertThat(parsed.rejects()).hasSize(1);
        assertThat(parsed.rejects().get(0).field()).isEqualTo(field);
        assertThat(parsed.rejects().get(0).reason()).contains(reason);
        assertThat(parsed.rejects().get(0).hint()).isNotEmpty();
        assertThat(parsed.rejects().get(0).rawText()).isNotEmpty();
    }

    @Test
    void readsWhatAReadingIs() throws IOException {
        Parsed parsed = read(single(plainType(), ONE + reading("1767226500", "900", "-1", "8")));
        assertThat(parsed.rejects()).isEmpty();
        assertThat(parsed.sender()).isEqualTo("gb.example.org");
        assertThat(series(parsed)).isEqualTo(new Series(UUID, "import", "Wh", 15, ZoneId.of("America/New_York")));
        assertThat(parsed.brief()).containsExactly("2026-01-01T00:00:00Z 282 ", "2026-01-01T00:15:00Z -1 8");
        assertThat(parsed.rows().get(0).grade()).isEqualTo(new Grade(Quality.ACTUAL, ""));
        assertThat(parsed.rows().get(1).grade()).isEqualTo(new Grade(Quality.ESTIMATED, "8"));
        assertThat(parsed.rows())
                .extracting(Parsed.Row::recorded)
                .allSatisfy(time -> assertThat(time).contains(Instant.parse("2026-01-04T05:06:07Z")));
        assertThat(parsed.rows().get(1).line()).isEqualTo(parsed.rows().get(0).line() + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void readsEntriesInAnyOrder(long seed) throws IOException {
        List<String> entries = all(plainType(), ONE);
        Collections.shuffle(entries, new Random(seed));
        Parsed parsed = read(feed(entries));
        assertThat(parsed.brief()).containsExactly("2026-01-01T00:00:00Z 282 ");
        assertThat(series(parsed).marketZone()).isEqualTo(ZoneId.of("America/New_York"));
    }

    @Test
    void readsLinksThatComeBehindTheContent() throws IOException {
        String feed = single(plainType(), ONE)
                .replaceAll("(?s)(<link rel=\"self\" href=\"/[^>]*>)(.*?)</entry>", "$2$1</entry>");
        assertThat(feed).contains("</content><updated>2026-01-04T05:06:07Z</updated><link");
        assertThat(read(feed).brief()).hasSize(1);
    }

    @Test
    void followsLinksThatNameEachResource() throws IOException {
        String feed = single(plainType(), ONE)
                .replace("/MeterReading/1/IntervalBlock\"/>", "/Blocks/9\"/>")
                .replace("/espi/UsagePoint/1/MeterReading/1/IntervalBlock/173", "/elsewhere/Blocks/9")
                .replace("rel=\"up\" href=\"/espi/UsagePoint/1/MeterReading/1/IntervalBlock\"", "rel=\"up\" href=\"\"")
                .replace("/espi/UsagePoint/1/Blocks/9", "/elsewhere/Blocks/9");
        assertThat(read(feed).brief()).hasSize(1);
    }

    @Test
    void comparesAddressesWithoutTheirServer() throws IOException {
        List<String> entries = all(plainType(), ONE);
        entries.set(2, entries.get(2).replace("/espi/ReadingType/1", "https://gb.example.org/espi/ReadingType/1/"));
        assertThat(read(feed(entries)).brief()).hasSize(1);
    }

    @Test
    void readsTypesAndBlocksThatLieInAMeterReading() throws IOException {
        String nested = """
                <entry><id>urn:uuid:F77FBF31</id><link rel="self" href="/espi/UsagePoint/1/MeterReading/1"/>
                <content><MeterReading xmlns="http://naesb.org/espi"><ReadingType><flowDirection>19</flowDirection>
                <uom>72</uom></ReadingType><IntervalBlock>%s</IntervalBlock></MeterReading></content></entry>
                """.formatted(ONE);
        Parsed parsed = read(feed(usagePoint("0"), clock("0", ""), nested));
        assertThat(parsed.brief()).hasSize(1);
        assertThat(series(parsed).channel()).isEqualTo("export");
        assertThat(series(parsed).marketZone()).isEqualTo(ZoneId.of("UTC"));
    }

    @ParameterizedTest
    @CsvSource({
        "282,0,282",
        "282,3,282000",
        "282,-3,0.282",
        "-5,-6,-0.000005",
        "50,-7,0.000005",
        "140737488355327,-3,140737488355.327",
        "0.5,3,500",
        "0,18,0"
    })
    void multipliesByThePowerOfTenExactly(String value, String power, String expected) throws IOException {
        Parsed parsed = read(single(
                plainType().replace("Multiplier>0<", "Multiplier>" + power + "<"),
                reading("1767225600", "900", value)));
        assertThat(parsed.rejects()).isEmpty();
        assertThat(parsed.rows().get(0).value().orElseThrow().toPlainString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"5,-7,more than 6 decimals", "140737488355327,0,more than 12 digits", "1e3,0,not a plain decimal"})
    void refusesValuesThatCannotBeKept(String value, String power, String reason) throws IOException {
        assertRefused(
                single(
                        plainType().replace("Multiplier>0<", "Multiplier>" + power + "<"),
                        reading("1767225600", "900", value)),
                "value",
                reason);
    }

    @ParameterizedTest
    @CsvSource({
        "<uom>72</uom>,import,Wh",
        "<uom>73</uom>,import/reactive-energy,VArh",
        "<uom>71</uom>,import/apparent-energy,VAh",
        "<uom>72</uom><tou>2</tou>,import/tou-2,Wh",
        "<uom>72</uom><consumptionTier>1</consumptionTier><cpp>0</cpp>,import/tier-1,Wh"
    })
    void namesTheChannelByWhatItMeasures(String fields, String channel, String unit) throws IOException {
        Parsed parsed = read(single(type(1, "<flowDirection>1</flowDirection>" + fields), ONE));
        assertThat(series(parsed).channel()).isEqualTo(channel);
        assertThat(series(parsed).unit()).isEqualTo(unit);
    }

    @ParameterizedTest
    @CsvSource({"1,import", "19,export", "4,net", "20,total", "0,undirected", "8,flow-8"})
    void namesTheChannelByItsDirection(String direction, String channel) throws IOException {
        Parsed parsed = read(single(plainType().replace("Direction>1<", "Direction>" + direction + "<"), ONE));
        assertThat(series(parsed).channel()).isEqualTo(channel);
    }

    @ParameterizedTest
    @CsvSource({
        "uom>72<,uom>169<,uom,uom 169 (therm) is no unit of electric energy",
        "uom>72<,uom>42<,uom,m³",
        "uom>72<,uom>38<,uom,38 (W)",
        "<uom>72</uom>,'',uom,no unit",
        "commodity>1<,commodity>7<,commodity,natural gas",
        "commodity>1<,commodity>9<,commodity,drinking water",
        "Behaviour>4<,Behaviour>1<,accumulationBehaviour,cumulative register",
        "Behaviour>4<,Behaviour>3<,accumulationBehaviour,cumulative register",
        "Behaviour>4<,Behaviour>12<,accumulationBehaviour,not deltaData",
        "kind>12<,kind>8<,kind,not energy",
        "Qualifier>12<,Qualifier>2<,dataQualifier,average",
        "Multiplier>0<,Multiplier>k<,powerOfTenMultiplier,no power of ten"
    })
    void refusesWhatIsNoEnergyOfAnInterval(String from, String to, String field, String reason) throws IOException {
        assertRefused(single(plainType().replace(from, to), ONE), field, reason);
    }

    @Test
    void refusesGasThatHasAUnitOfEnergy() throws IOException {
        List<String> entries = all(plainType(), ONE);
        entries.set(0, usagePoint("1"));
        assertRefused(feed(entries), "ServiceCategory", "the usage point's service is gas, not electricity");
    }

    @ParameterizedTest
    @CsvSource({
        "0,ACTUAL,0",
        "7,SUBSTITUTED,7",
        "8,ESTIMATED,8",
        "9,ESTIMATED,9",
        "10,ACTUAL,10",
        "11,SUBSTITUTED,11",
        "12,ESTIMATED,12",
        "17,ACTUAL,17",
        "19,ACTUAL,19"
    })
    void knowsTheQualities(String code, Quality quality, String kept) throws IOException {
        Parsed parsed = read(single(plainType(), reading("1767225600", "900", "1", code)));
        assertThat(parsed.rows().get(0).grade()).isEqualTo(new Grade(quality, kept));
    }

    @Test
    void takesTheWorstOfSeveralQualitiesAndTheDefaultOfTheType() throws IOException {
        Parsed parsed = read(single(
                plainType().replace("</flowDirection>", "</flowDirection><defaultQuality>14</defaultQuality>"),
                reading("1767225600", "900", "1", "8", "0") + reading("1767226500", "900", "2")));
        assertThat(parsed.rows())
                .extracting(Parsed.Row::grade)
                .containsExactly(new Grade(Quality.ESTIMATED, "0+8"), new Grade(Quality.ACTUAL, "14"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "99", "good"})
    void refusesQualitiesThatSayThatItIsNotTheMeasuredEnergy(String code) throws IOException {
        assertRefused(single(plainType(), reading("1767225600", "900", "1", code)), "quality", code);
    }

    @Test
    void aReadingWithoutAValueIsMissing() throws IOException {
        Parsed parsed = read(single(plainType(), reading("1767225600", "900", "")));
        assertThat(parsed.rows().get(0).value()).isEmpty();
        assertThat(parsed.rows().get(0).grade().quality()).isEqualTo(Quality.MISSING);
    }

    @Test
    void readingsWithoutATimePeriodFollowEachOther() throws IOException {
        String readings = "<interval><duration>3600</duration><start>1767225600</start></interval>"
                + "<IntervalReading><value>1</value></IntervalReading><IntervalReading><value>2</value></IntervalReading>";
        assertThat(read(single(plainType(), readings)).brief())
                .containsExactly("2026-01-01T00:00:00Z 1 ", "2026-01-01T00:15:00Z 2 ");
    }

    @Test
    void theLengthOfEachReadingIsItsOwn() throws IOException {
        Parsed parsed = read(single(plainType(), ONE + reading("1767226500", "1800", "3")));
        assertThat(parsed.rows())
                .extracting(row -> row.series().intervalMinutes())
                .containsExactly(15, 30);
    }

    @ParameterizedTest
    @CsvSource({
        "1767225600,2592000,duration,2592000",
        "1767225600,61,duration,61",
        "1767225600,0,duration,0",
        "1767225600,x,duration,x",
        "1721154384.66136,900,start,1721154384.66136",
        "99999999999999,900,start,99999999999999"
    })
    void refusesTimesThatCannotBe(String start, String duration, String field, String shown) throws IOException {
        assertRefused(single(plainType(), reading(start, duration, "1")), field, shown);
    }

    @Test
    void aBrokenReadingLosesNoneAroundIt() throws IOException {
        Parsed parsed =
                read(single(plainType(), ONE + reading("1767226500", "900", "?") + reading("1767227400", "900", "3")));
        assertThat(parsed.brief()).containsExactly("2026-01-01T00:00:00Z 282 ", "2026-01-01T00:30:00Z 3 ");
        assertThat(parsed.rejects())
                .extracting(Reject::rawText)
                .containsExactly(
                        "<IntervalReading><timePeriod><duration>900</duration><start>1767226500</start></timePeriod>"
                                + "<quality></quality><value>?</value></IntervalReading>");
    }

    @Test
    void refusesBothReadingsOfAnIntervalThatContradictEachOther() throws IOException {
        Parsed parsed = read(single(
                plainType(),
                ONE
                        + reading("1767226500", "900", "2")
                        + reading("1767226500", "900", "3")
                        + reading("1767227400", "900", "4")
                        + reading("1767227400", "900", "4")));
        assertThat(parsed.brief()).containsExactly("2026-01-01T00:00:00Z 282 ", "2026-01-01T00:30:00Z 4 ");
        assertThat(parsed.rejects()).hasSize(2);
    }

    @Test
    void refusesAReadingThatOverlapsTheOneBefore() throws IOException {
        Parsed parsed =
                read(single(plainType(), reading("1767225600", "3600", "9") + reading("1767226500", "900", "3")));
        assertThat(parsed.brief()).containsExactly("2026-01-01T00:00:00Z 9 ");
        assertThat(parsed.rejects())
                .extracting(Reject::reason)
                .singleElement()
                .asString()
                .contains("before the one");
    }

    @Test
    void aDailyTotalBesideTheQuarterHoursIsAChannelOfItsOwn() throws IOException {
        List<String> entries = all(plainType(), ONE);
        entries.add(meter(2));
        entries.add(plainType()
                .replace("/1\"", "/2\"")
                .replace("3430B021", "3430B022")
                .replace(">900<", ">86400<"));
        entries.add(block(2, "2026-01-04T05:06:07Z", reading("1767225600", "86400", "20000")));
        Parsed parsed = read(feed(entries));
        assertThat(parsed.rows())
                .extracting(row -> row.series().channel())
                .containsExactlyInAnyOrder("import", "import/1440min");
    }

    @Test
    void refusesTwoMeterReadingsThatWouldBeOneChannel() throws IOException {
        List<String> entries = all(plainType(), ONE);
        entries.add(meter(2).replace("ReadingType/2", "ReadingType/1"));
        entries.add(block(2, "2026-01-04T05:06:07Z", reading("1767225600", "900", "5")));
        Parsed parsed = read(feed(entries));
        assertThat(parsed.rows()).isEmpty();
        assertThat(parsed.rejects())
                .hasSize(2)
                .allSatisfy(
                        reject -> assertThat(reject.reason()).startsWith("another MeterReading gives channel import"));
    }

    @Test
    void refusesBlocksWhoseLinksLeadNowhere() throws IOException {
        List<String> entries = all(plainType(), ONE);
        entries.add(meter(2).replace("ReadingType/2", "ReadingType/1"));
        entries.set(4, entries.get(4).replace("MeterReading/1", "MeterReading/7"));
        assertRefused(feed(entries), "link", "the MeterReading of the block is not in the file");
        List<String> withoutType = all(plainType(), ONE);
        withoutType.set(3, type(2, "<uom>72</uom>"));
        assertRefused(
                feed(withoutType), "ReadingType", "the ReadingType of the block's MeterReading is not in the file");
        List<String> withoutPoint = all(plainType(), ONE);
        withoutPoint.remove(0);
        assertRefused(feed(withoutPoint), "UsagePoint", "not in the file");
    }

    @Test
    void takesTheAddressAsTheMeterWhereAllEntriesHaveTheSameId() throws IOException {
        Parsed parsed = read(single(plainType(), ONE).replace(UUID, "15B0A4ED-CCF4-4521-A0A1-9FF650EC8A6B"));
        assertThat(series(parsed).meterId()).isEqualTo("/espi/UsagePoint/1");
    }

    @Test
    void theFeedsTimeTakesThePlaceOfTheBlocks() throws IOException {
        String feed = single(plainType(), ONE).replace("<updated>2026-01-04T05:06:07Z</updated>", "");
        assertThat(read(feed).rows().get(0).recorded()).contains(Instant.parse("2026-01-05T00:00:00Z"));
        assertThat(read(feed.replace("2026-01-05T00:00:00Z", "2026-01-05"))
                        .rows()
                        .get(0)
                        .recorded())
                .contains(Instant.parse("2026-01-05T00:00:00Z"));
        assertThat(read(feed.replace("<updated>2026-01-05T00:00:00Z</updated>", ""))
                        .rows()
                        .get(0)
                        .recorded())
                .isEmpty();
        assertRefused(feed.replace("2026-01-05T00:00:00Z", "yesterday"), "updated", "no time");
    }

    @ParameterizedTest
    @CsvSource({
        "-18000,America/New_York",
        "-21600,America/Chicago",
        "-25200,America/Denver",
        "-28800,America/Los_Angeles",
        "-12600,America/St_Johns"
    })
    void findsTheZoneOfClocks(String offset, String zone) throws IOException {
        List<String> entries = all(plainType(), ONE);
        entries.set(1, clock(offset, NORTH_AMERICA));
        assertThat(series(read(feed(entries))).marketZone()).isEqualTo(ZoneId.of(zone));
    }

    @Test
    void findsTheZoneOfClocksWithoutDaylightSaving() throws IOException {
        List<String> entries = all(plainType(), ONE);
        entries.set(1, clock("-25200", "<dstOffset>0</dstOffset>"));
        assertThat(series(read(feed(entries))).marketZone()).isEqualTo(ZoneId.of("Etc/GMT+7"));
        entries.set(
                1, clock("3600", NORTH_AMERICA.replace("B40E2000", "AE0E3000").replace("360E2000", "3E0E2000")));
        assertThat(series(read(feed(entries))).marketZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void refusesClocksThatNoZoneHas() throws IOException {
        List<String> entries = all(plainType(), ONE);
        entries.set(1, clock("-18060", NORTH_AMERICA));
        assertRefused(feed(entries), "LocalTimeParameters", "no time zone has these clocks: tzOffset -18060");
    }

    @Test
    void assumesAZoneWhereTheFeedSaysNone() throws IOException {
        List<String> entries = new ArrayList<>(all(plainType(), ONE));
        entries.remove(1);
        assertThat(series(read(feed(entries)))).isEqualTo(new Series(UUID, "import", "Wh", 15, ZoneId.of("UTC"), true));
    }

    @Test
    void aFeedWithoutReadingsIsVoid() {
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> read(feed(usagePoint("0"), meter(1), plainType())))
                .withMessage("Cannot read test.csv: it has no IntervalBlock, so no readings");
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> read("<feed xmlns=\"urn:x\"/>"))
                .withMessageContaining("its root is feed, not an Atom feed");
    }

    @Test
    void readsFeedsOfAnyEncodingAndWithCommentedReadings() throws IOException {
        String feed = single(plainType(), "<!-- " + ONE + " --><!-- </IntervalReading> -->" + ONE);
        String wide = feed.replace("encoding=\"UTF-8\"", "encoding=\"UTF-16\"");
        for (byte[] bytes : List.of(feed.getBytes(UTF_8), ("\uFEFF" + feed).getBytes(UTF_8), wide.getBytes(UTF_16))) {
            InMemoryFile file = new InMemoryFile("file.xml", bytes);
            assertThat(Parsed.read(MeterFormats.installed().detect(file), file).brief())
                    .containsExactly("2026-01-01T00:00:00Z 282 ");
        }
    }

    @Test
    void aFeedWhoseReadingsAreNotWellFormedIsVoid() {
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> read(single(plainType(), ONE.replace("</value>", "</valu>"))))
                .withMessageContaining("no well-formed XML at line");
    }

    @Test
    void anEntryThatIsThereAgainChangesNothing() throws IOException {
        List<String> entries = all(plainType(), ONE);
        entries.addAll(0, entries.subList(0, 4));
        Parsed parsed = read(feed(entries));
        assertThat(parsed.rejects()).isEmpty();
        assertThat(series(parsed)).isEqualTo(new Series(UUID, "import", "Wh", 15, ZoneId.of("America/New_York")));
    }

    @Test
    void findsTheMeterOfEachOfManyUsagePoints() throws IOException {
        List<String> entries = new ArrayList<>(List.of(clock("-18000", NORTH_AMERICA), plainType()));
        for (int i = 10; i < 2010; i++) {
            entries.add(
                    usagePoint("0").replace("UsagePoint/1", "UsagePoint/" + i).replace(UUID, "U" + i));
            entries.add(meter(1).replace("UsagePoint/1", "UsagePoint/" + i).replace("F77FBF3", "M" + i));
            entries.add(block(1, "2026-01-04T05:06:07Z", reading("1767225600", "900", Integer.toString(i)))
                    .replace("UsagePoint/1", "UsagePoint/" + i));
        }
        Parsed parsed = read(feed(entries));
        assertThat(parsed.rejects()).isEmpty();
        assertThat(parsed.rows())
                .hasSize(2000)
                .allSatisfy(row -> assertThat(row.series().meterId())
                        .isEqualTo("U" + row.value().orElseThrow().toPlainString()));
    }

    @Test
    void aReadingAfterAnUnreadableStartDoesNotTakeItsPlace() throws IOException {
        String readings = "<interval><duration>3600</duration><start>1767225600</start></interval>"
                + reading("x", "900", "1")
                + "<IntervalReading><value>2</value></IntervalReading>";
        Parsed parsed = read(single(plainType(), readings));
        assertThat(parsed.rows()).isEmpty();
        assertThat(parsed.rejects()).hasSize(2);
    }

    @Test
    void refusesReadingsThatSayThingsTwiceOrInPieces() throws IOException {
        String value = "<value>282</value>";
        assertRefused(single(plainType(), ONE.replace(value, value + "<value>283</value>")), "value", "two of it");
        assertRefused(single(plainType(), ONE.replace(value, "<value>28<x/>2</value>")), "value", "'28<2'");
        assertRefused(single(plainType(), ONE.replace("<start>", "<start>1</start><start>")), "start", "two of it");
        assertRefused(
                single(plainType().replace("<uom>72</uom>", "<uom>72</uom><uom>169</uom>"), ONE), "uom", "72 and 169");
    }

    @Test
    void aDayOf23Or25HoursIsADay() throws IOException {
        // 2013 in New York: summer time from 10 March to 3 November.
        Parsed parsed = read(single(
                plainType(),
                reading("1362891600", "82800", "23000")
                        + reading("1362974400", "86400", "24000")
                        + reading("1383451200", "90000", "25000")));
        assertThat(parsed.rejects()).isEmpty();
        assertThat(parsed.rows())
                .extracting(row -> row.series().intervalMinutes())
                .containsOnly(1440);
        assertThat(parsed.rows())
                .extracting(row -> row.start().atZone(row.series().marketZone()).toLocalDateTime())
                .containsExactly(
                        LocalDateTime.parse("2013-03-10T00:00"),
                        LocalDateTime.parse("2013-03-11T00:00"),
                        LocalDateTime.parse("2013-11-03T00:00"));
        assertRefused(single(plainType(), reading("1362974400", "90000", "25000")), "duration", "90000");
        assertThat(read(single(plainType(), reading("1362974400", "82800", "23000")))
                        .rows()
                        .get(0)
                        .series()
                        .intervalMinutes())
                .isEqualTo(1380);
    }
}
