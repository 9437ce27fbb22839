package io.meterlake.format.nem12;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.reading.Quality;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;
import io.meterlake.testing.Parsed;
import io.meterlake.testing.Parsed.Row;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Days of four intervals (360 minutes) keep the files short enough to be seen. */
class Nem12FormatTest {
    private static final String HEADER = "100,NEM12,202601021200,MDP1,RET1\n";
    private static final String CHANNEL = "200,NMI1,E1,1,E1,N1,SERIAL,KWH,360,20260401\n";

    private static Parsed read(String text) throws IOException {
        return Parsed.read(new Nem12Format(), text);
    }

    private static Parsed readDay(String records) throws IOException {
        return read(HEADER + CHANNEL + records + "900\n");
    }

    private static Reject onlyReject(Parsed parsed) {
        assertThat(parsed.rows()).isEmpty();
        assertThat(parsed.rejects()).hasSize(1);
        return parsed.rejects().get(0);
    }

    private static void assertVoid(String text, String message) {
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> read(text))
                .withMessage(message);
    }

    @Test
    void readsADay() throws IOException {
        Parsed parsed = readDay("300,20260101,1,2.5,,-4,S14,1,Because,20260102030405,20260102040506\n");
        Series series = new Series("NMI1", "E1", "kWh", 360, ZoneId.of("Australia/Brisbane"));
        assertThat(parsed.sender()).isEqualTo("MDP1");
        assertThat(parsed.rejects()).isEmpty();
        assertThat(parsed.brief())
                .containsExactly(
                        "2025-12-31T14:00:00Z 1 S14",
                        "2025-12-31T20:00:00Z 2.5 S14",
                        "2026-01-01T02:00:00Z - S14",
                        "2026-01-01T08:00:00Z -4 S14");
        assertThat(parsed.rows()).extracting(Row::series).containsOnly(series);
        assertThat(parsed.rows()).extracting(Row::line).containsOnly(3L);
        assertThat(parsed.rows())
                .extracting(Row::recorded)
                .containsOnly(Optional.of(Instant.parse("2026-01-01T17:04:05Z")));
    }

    @ParameterizedTest
    @CsvSource({
        "'20260102030405,20260102040506', 2026-01-01T17:04:05Z",
        "'20260102030405', 2026-01-01T17:04:05Z",
        "'202601020304', 2026-01-01T17:04:00Z",
        "',20260102040506', 2026-01-01T18:05:06Z",
        "',', 2026-01-02T02:00:00Z",
        "'', 2026-01-02T02:00:00Z"
    })
    void takesTheUpdateTimeOrTheNextBest(String times, Instant recorded) throws IOException {
        Parsed parsed = readDay("300,20260101,1,2,3,4,A,,," + times + "\n");
        assertThat(parsed.rows()).extracting(Row::recorded).containsOnly(Optional.of(recorded));
    }

    @Test
    void readsA300RecordThatEndsAfterItsQuality() throws IOException {
        assertThat(readDay("300,20260101,1,2,3,4,A\n").rows()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "A, ACTUAL",
        "E52, ESTIMATED",
        "F14, SUBSTITUTED",
        "S14, SUBSTITUTED",
        "N, MISSING",
        "E, ESTIMATED",
    })
    void mapsTheQualityAndKeepsItsCode(String code, Quality quality) throws IOException {
        Parsed parsed = readDay("300,20260101,1,2,3,4,%s,,,,\n".formatted(code));
        assertThat(parsed.rows()).extracting(row -> row.grade().quality()).containsOnly(quality);
        assertThat(parsed.rows()).extracting(row -> row.grade().code()).containsOnly(code);
        assertThat(parsed.rows()).allMatch(row -> row.value().isPresent());
    }

    @ParameterizedTest
    @CsvSource({"KWH, kWh", "kvarh, kVArh", "WH, Wh", "Kva, kVA", "PF, pf", "m3, m3", "'', ''"})
    void normalisesTheCaseOfUnits(String sent, String unit) throws IOException {
        String channel = "200,NMI1,E1,1,E1,N1,SERIAL,%s,360,\n".formatted(sent);
        Parsed parsed = read(HEADER + channel + "300,20260101,1,2,3,4,A,,,,\n900\n");
        assertThat(parsed.rows()).extracting(row -> row.series().unit()).containsOnly(unit);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10, 15, 30, 60, 1440})
    void takesAnyLengthThatDividesADay(int minutes) throws IOException {
        String channel = "200,NMI1,E1,1,E1,N1,SERIAL,kWh,%d,\n".formatted(minutes);
        Parsed parsed = read(HEADER + channel + "300,20260101" + ",1".repeat(1440 / minutes) + ",A,,,,\n900\n");
        assertThat(parsed.rows()).hasSize(1440 / minutes);
        assertThat(parsed.rows().get(parsed.rows().size() - 1).start())
                .isEqualTo(Instant.parse("2026-01-01T14:00:00Z").minusSeconds(60L * minutes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "", "2880", "-5", "1.5", "thirty"})
    void refusesOtherLengthsAndWhatBelongsToThem(String minutes) throws IOException {
        Parsed parsed = read(HEADER + "200,NMI1,E1,1,E1,N1,SERIAL,kWh," + minutes + ",\n300,20260101,1,A,,,,\n900\n");
        assertThat(parsed.rows()).isEmpty();
        assertThat(parsed.rejects())
                .extracting(Reject::line, Reject::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                2L, "'%s' is no number of minutes that divides a day".formatted(minutes)),
                        org.assertj.core.groups.Tuple.tuple(
                                3L, "it belongs to no channel: its 200 record, at line 2, was refused"));
    }

    @Test
    void resolvesVaryingQualityByThe400Records() throws IOException {
        Parsed parsed = readDay("""
                300,20260101,1,2,3,4,V,,,20260102030405,
                400,1,1,A,,
                400,2,3,F52,71,
                500,O,ORDER1,20260101000000,
                400,4,4,N
                """);
        assertThat(parsed.rejects()).isEmpty();
        assertThat(parsed.rows()).extracting(row -> row.grade().code()).containsExactly("A", "F52", "F52", "N");
    }

    @Test
    void lets400RecordsOverruleAQualityThatDoesNotVary() throws IOException {
        Parsed parsed = readDay("300,20260101,1,2,3,4,A,,,,\n400,2,3,E52,,\n");
        assertThat(parsed.rows()).extracting(row -> row.grade().code()).containsExactly("A", "E52", "E52", "A");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400,1,4,A;400,4,4,N | the 400 record at line 5 names interval 4, which an earlier 400 record has named",
                "400,1,2,A;400,4,4,N | the quality is V, and no 400 record names interval 3 of 4",
                "400,1,5,A           | the 400 record at line 4 names the intervals '1' to '5' of a day of 4",
                "400,0,4,A           | the 400 record at line 4 names the intervals '0' to '4' of a day of 4",
                "400,3,1,A           | the 400 record at line 4 names the intervals '3' to '1' of a day of 4",
                "400,,4,A            | the 400 record at line 4 names the intervals '' to '4' of a day of 4",
                "400,1,4,V           | the 400 record at line 4 has the quality 'V'",
                "400,1,4,            | the 400 record at line 4 has the quality ''",
                "500,O,X,,           | the quality is V, which says that 400 records follow, and there is none",
            })
    void holdsADayBackWhose400RecordsAreWrong(String events, String reason) throws IOException {
        String records =
                "300,20260101,1,2,3,4,V,,,20260102030405,\n" + events.strip().replace(';', '\n') + "\n";
        Reject reject = onlyReject(readDay(records));
        assertThat(reject.line()).isEqualTo(3);
        assertThat(reject.reason()).isEqualTo(reason);
        assertThat(reject.rawText()).startsWith("300,20260101,1,2,3,4,V");
    }

    @Test
    void keepsThe400RecordsWithTheDayThatTheyBelongTo() throws IOException {
        Reject reject = onlyReject(readDay("300,20260101,1,2,3,4,V,,,,\n400,1,2,A,,\n400,4,4,A,,\n"));
        assertThat(reject.rawText()).isEqualTo("300,20260101,1,2,3,4,V,,,,\n400,1,2,A,,\n400,4,4,A,,");
    }

    @Test
    void refusesADayWithAWrongNumberOfValuesAndGoesOn() throws IOException {
        Parsed parsed = readDay("300,20260101,1,2,3,A,,,,\n300,20260102,1,2,3,4,5,A,,,,\n300,20260103,1,2,3,4,A,,,,\n");
        assertThat(parsed.rows()).hasSize(4).allMatch(row -> row.line() == 5);
        assertThat(parsed.rejects())
                .extracting(Reject::reason)
                .containsExactly(
                        "a day of 360-minute intervals has 4 values, and there are 3",
                        "a day of 360-minute intervals has 4 values, and there are 5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "300,20260230,1,2,3,4,A,,,, | IntervalDate | '20260230' is no date",
                "300,2026-01-01,1,2,3,4,A,,,, | IntervalDate | '2026-01-01' is no date",
                "300,20260101,1,2,x,4,A,,,, | IntervalValue3 | value 'x' is not a plain decimal number",
                "300,20260101,1,2E3,3,4,A,,,, | IntervalValue2 | value '2E3' is not a plain decimal number",
                "300,20260101,1,2.1234567,3,4,A,,,, | IntervalValue2 | value '2.1234567' has more than 6 decimals",
                "300,20260101,1,2,3,4,,,,, | QualityMethod | '', after 4 values, is no quality",
                "300,20260101,1,2,3,4,X9,,,, | QualityMethod | 'X9', after 4 values, is no quality",
                "300,20260101,1,2,3,4,A,,,,,300 | | there is more behind the fields of a 300 record, of which there are 11",
                "300,20260101,1,2,3,4,A,,,2.026E+13, | UpdateDateTime | '2.026E+13' is no time, so it is not known which"
                        + " correction is the newest",
            })
    void saysWhatIsWrongWithADay(String record, @Nullable String field, String reason) throws IOException {
        Reject reject = onlyReject(readDay(record.strip() + "\n"));
        assertThat(reject.field()).isEqualTo(field == null ? "" : field);
        assertThat(reject.reason()).isEqualTo(reason);
        assertThat(reject.rawText()).isEqualTo(record.strip());
        assertThat(reject.hint()).isNotEmpty();
    }

    /** Where the sender's 200 record is lost, its days must not go to the channel before it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2O0,NMI2,E1,1,E1,N1,SERIAL,KWH,360,",
                "200,NMI2,\"E1",
                "900",
                "200,NMI2,E1,1,,N1,SERIAL,KWH,360,"
            })
    void givesNoDayToAChannelThatItMayNotBelongTo(String lost) throws IOException {
        Parsed parsed = readDay("300,20260101,1,2,3,4,A,,,,\n" + lost + "\n300,20260101,5,6,7,8,A,,,,\n");
        assertThat(parsed.rows()).hasSize(4).allMatch(row -> row.line() == 3);
        assertThat(parsed.rejects()).extracting(Reject::line).contains(5L);
    }

    @Test
    void refusesRecordsWithoutTheOnesTheyBelongTo() throws IOException {
        Parsed parsed = read(HEADER + """
                300,20260101,1,2,3,4,A,,,,
                200,,E1,1,E1,N1,SERIAL,kWh,30,
                400,1,1,A,,
                999,what
                900
                """);
        assertThat(parsed.rows()).isEmpty();
        assertThat(parsed.rejects())
                .extracting(Reject::reason)
                .containsExactly(
                        "it belongs to no channel: there is no 200 record before it",
                        "it is empty",
                        "there is no 300 record before it",
                        "'999' is no record of NEM12");
    }

    @Test
    void refusesDaysWithoutATimeInAFileWhoseOwnTimeIsUnreadable() throws IOException {
        Parsed parsed = read("100,NEM12,2.026E+13,MDP1,RET1\n" + CHANNEL + "300,20260101,1,2,3,4,A,,,,\n"
                + "300,20260102,1,2,3,4,A,,,20260103000000,\n900\n");
        assertThat(parsed.rows()).hasSize(4).allMatch(row -> row.line() == 4);
        assertThat(parsed.rejects()).hasSize(1);
        Reject reject = parsed.rejects().get(0);
        assertThat(reject.line()).isEqualTo(3);
        assertThat(reject.field()).isEqualTo("DateTime");
        assertThat(reject.reason()).contains("the DateTime '2.026E+13' of the header at line 1 is no time");
    }

    @Test
    void toleratesWhatSendersDo() throws IOException {
        String day = "300,20260101,1,2,3,4,A,,,,\n";
        List<String> plain = readDay(day).brief();
        assertThat(read("\uFEFF" + (HEADER + CHANNEL + day + "900").replace("\n", "\r\n"))
                        .brief())
                .isEqualTo(plain);
        assertThat(read("\n\n" + (HEADER + CHANNEL + day + "900").replace("\n", ",,,,,\r"))
                        .brief())
                .isEqualTo(plain);
        assertThat(read("\"100\",\"NEM12\",,,\n" + CHANNEL + "300,\"20260101\", 1 ,\"2\",3,4,A,,\"a, b\",,\n900\n900\n")
                        .brief())
                .isEqualTo(plain);
    }

    @Test
    void readsSeveralFilesOneBehindTheOther() throws IOException {
        String one = HEADER + CHANNEL + "300,20260101,1,2,3,4,A,,,,\n900\n";
        String two = "100,NEM12,202601031200,MDP2,RET1\n" + CHANNEL + "300,20260102,1,2,3,4,A,,,,\n900\n";
        Parsed parsed = read(one + two + CHANNEL + "300,20260103,1,2,3,4,A,,,,\n900\n");
        assertThat(parsed.rows()).hasSize(12);
        assertThat(parsed.rows().get(4).recorded()).contains(Instant.parse("2026-01-03T02:00:00Z"));
    }

    @Test
    void refusesAFileAsAWholeIfItsFrameIsBroken() {
        String day = CHANNEL + "300,20260101,1,2,3,4,A,,,,\n";
        assertVoid("", "Cannot read test.csv: it is empty");
        assertVoid(HEADER + day, "Cannot read test.csv: it ends at line 3 without the end record 900");
        assertVoid(
                HEADER + day + "900\n" + CHANNEL, "Cannot read test.csv: it ends at line 5 without the end record 900");
        assertVoid(day + "900\n", "Cannot read test.csv: line 1 begins with '200', not with the header record 100");
        assertVoid(
                HEADER + CHANNEL + "900\n",
                "Cannot read test.csv: it has a header and an end, and no 300 record in between");
        assertVoid("100,NEM13,202601010000,A,B\n900\n", "Cannot read test.csv: its header says 'NEM13', not NEM12");
        assertVoid("100,NEM99,202601010000,A,B\n900\n", "Cannot read test.csv: its header says 'NEM99', not NEM12");
        assertVoid(
                HEADER + "250,NMI1,11,1,11,11,SERIAL,E,1,20260101,A\n900\n",
                "Cannot read test.csv: line 2 is a 250 record, which is NEM13 (accumulated reads)");
    }
}
