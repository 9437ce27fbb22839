package io.meterlake.format.nem13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import io.meterlake.reading.ReadingBuffer;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.RegisterPeriod;
import io.meterlake.reading.RegisterPeriod.Agreement;
import io.meterlake.reading.RegisterPeriod.Flow;
import io.meterlake.reading.RegisterRead;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;
import io.meterlake.testing.InMemoryFile;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Nem13FormatTest {
    private static final String HEADER = "100,NEM13,200401101030,MDA1,Ret1\n";
    private static final String RECORD = "250,VABC005890,11,1,11,11,METSER123,E,006342.8,20031005093055,A,,,007654.9,"
            + "20040107100333,S61,,,1312.1,KWH,20040407, 20040108100333,20040108091133";

    private static ReadingBuffer read(String text) throws IOException {
        ReadingBuffer buffer = new ReadingBuffer();
        assertThat(new Nem13Format()
                        .read(InMemoryFile.of("test.csv", text), buffer)
                        .sender())
                .isEqualTo("MDA1");
        return buffer;
    }

    private static ReadingBuffer readRecord(String record) throws IOException {
        return read(HEADER + record + "\n900\n");
    }

    private static long micros(String instant) {
        return Instant.parse(instant).getEpochSecond() * 1_000_000;
    }

    @Test
    void readsARecordAndNoIntervals() throws IOException {
        ReadingBuffer read = read(HEADER + RECORD + "\n550,N,,E,\n900\n");
        assertThat(read.size()).isZero();
        assertThat(read.rejects()).isEmpty();
        assertThat(read.registerPeriods())
                .containsExactly(new RegisterPeriod(
                        "VABC005890",
                        "11",
                        "1",
                        "METSER123",
                        "kWh",
                        ZoneId.of("Australia/Brisbane"),
                        Flow.TO_CUSTOMER,
                        new RegisterRead(
                                micros("2003-10-04T23:30:55Z"), 6_342_800_000L, 6, new Grade(Quality.ACTUAL, "A")),
                        new RegisterRead(
                                micros("2004-01-07T00:03:33Z"),
                                7_654_900_000L,
                                6,
                                new Grade(Quality.SUBSTITUTED, "S61")),
                        1_312_100_000L,
                        micros("2004-01-08T00:03:33Z"),
                        2,
                        RECORD));
    }

    @ParameterizedTest
    @CsvSource({
        "E, 006342.8, 007654.9, 1312.1, AGREES",
        "E, 00006, 00007, 2, DIFFERS",
        "E, 99890, 02034, 2144, ROLLED_OVER",
        "E, 9999941.00, 0000106.00, 165, ROLLED_OVER",
        "E, 99890, 02034, -97856, AGREES",
        "E, 00010, 00005, 99995, ROLLED_OVER",
        "E, 10, 10, 0, AGREES",
        "E, 10, 10, 100, DIFFERS",
        "I, 0000629.00, 0001616.00, -987, AGREES",
        "I, 00990.0, 00980.0, -10.0, AGREES",
        "I, 00002, 99998, -4, ROLLED_OVER",
        "I, 99998, 00002, -4, ROLLED_OVER",
        "I, 290.00, 290.00, -10.000, DIFFERS",
        "E, 1, 2, '', UNKNOWN",
        "E, '', 2, 1, UNKNOWN",
    })
    void comparesTheQuantityWithTheReads(
            String direction, String previous, String current, String quantity, Agreement agreement)
            throws IOException {
        String record = RECORD.replace(",E,006342.8,", "," + direction + "," + previous + ",")
                .replace(",007654.9,", "," + current + ",")
                .replace(",1312.1,", "," + quantity + ",");
        assertThat(readRecord(record).registerPeriods())
                .extracting(RegisterPeriod::agreement)
                .containsExactly(agreement);
    }

    @ParameterizedTest
    @CsvSource({
        "' 20040108100333,20040108091133', 2004-01-08T00:03:33Z",
        "',20040108091133', 2004-01-07T23:11:33Z",
        "'', 2004-01-10T00:30:00Z",
    })
    void takesTheUpdateTimeOrTheNextBest(String times, String recorded) throws IOException {
        String record = RECORD.replace(" 20040108100333,20040108091133", times);
        assertThat(readRecord(record).registerPeriods())
                .extracting(RegisterPeriod::recordedAtMicros)
                .containsExactly(micros(recorded));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "VABC005890 | | NMI | it is empty",
                ",1,11,11,M | ,1,,11,M | NMISuffix | it is empty",
                ",E,0063 | ,X,0063 | DirectionIndicator | 'X' is no direction",
                "006342.8 | 6342x | PreviousRegisterRead | value '6342x' is not a plain decimal number",
                "007654.9 | 7654.9.1 | CurrentRegisterRead | value '7654.9.1' is not a plain decimal number",
                "20031005093055 | 2.003E+13 | PreviousRegisterReadDateTime | '2.003E+13' is no time",
                "20040107100333 | 20030107100333 | CurrentRegisterReadDateTime | '20030107100333' is not after the"
                        + " previous read at '20031005093055'",
                ",A,, | ,V,, | PreviousQualityMethod | 'V' is no quality",
                "S61 | | CurrentQualityMethod | '' is no quality",
                "1312.1 | 1.31E3 | Quantity | value '1.31E3' is not a plain decimal number",
                " 20040108100333 | 20049908100333 | UpdateDateTime | '20049908100333' is no time, so it is not known"
                        + " which correction is the newest",
                "20040108091133 | 20040108091133,250,X | | there is more behind the fields of a 250 record, of which"
                        + " there are 23",
            })
    void saysWhatIsWrongWithARecord(String text, @Nullable String replacement, @Nullable String field, String reason)
            throws IOException {
        String record = RECORD.replace(text, replacement == null ? "" : replacement);
        ReadingBuffer read = read(HEADER + RECORD + "\n" + record + "\n" + RECORD + "\n900\n");
        assertThat(read.registerPeriods()).extracting(RegisterPeriod::line).containsExactly(2L, 4L);
        assertThat(read.rejects()).hasSize(1);
        Reject reject = read.rejects().get(0);
        assertThat(reject.field()).isEqualTo(field == null ? "" : field);
        assertThat(reject.reason()).isEqualTo(reason);
        assertThat(reject.line()).isEqualTo(3);
        assertThat(reject.rawText()).isEqualTo(record);
    }

    @Test
    void refusesAFileAsAWholeIfItsFrameIsBroken() {
        assertVoid(HEADER + RECORD + "\n", "it ends at line 2 without the end record 900");
        assertVoid(RECORD + "\n900\n", "line 1 begins with '250', not with the header record 100");
        assertVoid(HEADER + "900\n", "it has a header and an end, and no 250 record in between");
        assertVoid(HEADER.replace("NEM13", "NEM12") + "900\n", "its header says 'NEM12', not NEM13");
        assertVoid(
                HEADER + "200,N,E1,1,E1,N1,S,kWh,30,\n900\n", "line 2 is a 200 record, which is NEM12 (interval data)");
        assertVoid("", "it is empty");
    }

    private static void assertVoid(String text, String message) {
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> read(text))
                .withMessage("Cannot read test.csv: " + message);
    }

    @Test
    void isRejectedWithItsTextWhereOnlyIntervalsHaveAPlace() throws IOException {
        List<Reject> rejects = new ArrayList<>();
        new Nem13Format().read(InMemoryFile.of("test.csv", HEADER + RECORD + "\n900\n"), new IntervalsOnly(rejects));
        assertThat(rejects).hasSize(1);
        assertThat(rejects.get(0).rawText()).isEqualTo(RECORD);
        assertThat(rejects.get(0).line()).isEqualTo(2);
        assertThat(rejects.get(0).reason()).startsWith("it holds reads of a register");
    }

    private record IntervalsOnly(List<Reject> rejects) implements ReadingSink {
        @Override
        public int series(Series series) {
            throw new AssertionError("a series of intervals");
        }

        @Override
        public int grade(Grade grade) {
            throw new AssertionError("a grade of intervals");
        }

        @Override
        public void reading(
                int series, long startMicros, long scaledValue, int grade, long recordedAtMicros, long line) {
            throw new AssertionError("a reading of an interval");
        }

        @Override
        public void reject(Reject reject) {
            rejects.add(reject);
        }
    }

    /** Whatever a character is changed to: other records stay, and the changed one is read, rejected or another one. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void losesNothingInSilenceWhenACharacterIsChanged(long seed) throws IOException {
        Random random = new Random(seed);
        String[] records = new String[5];
        Arrays.setAll(records, i -> RECORD.replace("VABC005890", "VABC00589" + i));
        String whole = HEADER + String.join("\n", records) + "\n900\n";
        String replacements = "0,\"\n\r.AVx 9\u0000é";
        for (int i = 0; i < 400; i++) {
            int at = random.nextInt(whole.length());
            char replacement = replacements.charAt(random.nextInt(replacements.length()));
            String changed = whole.substring(0, at) + replacement + whole.substring(at + 1);
            String what = "'%s' at %d became '%s'".formatted(whole.charAt(at), at, replacement);
            ReadingBuffer read = new ReadingBuffer();
            try {
                new Nem13Format().read(InMemoryFile.of("test.csv", changed), read);
            } catch (UnreadableFileException refused) {
                assertThat(refused).as(what).hasMessageStartingWith("Cannot read test.csv: ");
                continue;
            }
            long untouched = read.registerPeriods().stream()
                    .filter(period -> List.of(records).contains(period.rawText()))
                    .count();
            int joined = whole.charAt(at) == '\n' ? 1 : 0;
            int taken = read.registerPeriods().size();
            assertThat(untouched).as(what).isGreaterThanOrEqualTo(4 - joined);
            assertThat(taken + Math.min(1, read.rejects().size())).as(what).isGreaterThanOrEqualTo(5 - joined);
        }
    }
}
