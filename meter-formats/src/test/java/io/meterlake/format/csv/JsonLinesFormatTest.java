package io.meterlake.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.reading.Reject;
import io.meterlake.testing.Parsed;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON lines go by the mapping of a CSV, and are held against one. */
class JsonLinesFormatTest {
    private static final CsvMapping MAPPING = CsvMappingFile.parse("""
            utility: northgrid
            time_zone: Europe/Dublin
            columns:
              meter_id: mprn
              channel: constant:import
              interval_start: time
              interval_minutes: constant:30
              value: kwh
              unit: constant:kWh
              quality: status
              recorded_at: updated
            quality_codes: {A: actual, E: estimated}
            """, "northgrid.yaml");

    private static Parsed read(String text) throws IOException {
        return Parsed.read(CsvFormat.mapped(MAPPING), text);
    }

    private static String line(String value) {
        return "{\"mprn\":\"M1\",\"time\":\"2026-01-01T00:00\",\"kwh\":%s,\"status\":\"A\",\"updated\":null}"
                .formatted(value);
    }

    private record Row(String meter, LocalDateTime time, Optional<BigDecimal> value, String status) {
        String csv() {
            return String.join(
                    ",",
                    meter,
                    time.toString(),
                    value.map(BigDecimal::toPlainString).orElse(""),
                    status,
                    time.plusDays(1) + "Z");
        }

        String json(Random random) {
            List<String> members = new ArrayList<>(List.of(
                    "\"mprn\":\"%s\"".formatted(meter.replace("M", "\\u004d")),
                    "\"time\": \"%s\"".formatted(time),
                    "\"kwh\":" + value.map(BigDecimal::toPlainString).orElse("null"),
                    "\"status\":\"%s\"".formatted(status),
                    "\"updated\":\"%sZ\"".formatted(time.plusDays(1)),
                    "\"other\":{\"kwh\":[1,2]}"));
            Collections.shuffle(members, random);
            return "{" + String.join(", ", members) + "}";
        }
    }

    /** A day of each meter; the ones on which the clocks change have 46 and 50 half hours. */
    private static List<Row> rows(Random random) {
        List<Row> rows = new ArrayList<>();
        for (int meter = 0; meter < 5; meter++) {
            LocalDate day = List.of(LocalDate.of(2026, 3, 29), LocalDate.of(2026, 10, 25), LocalDate.of(2026, 6, 1))
                    .get(meter % 3);
            ZoneId zone = ZoneId.of("Europe/Dublin");
            for (var at = day.atStartOfDay(zone); at.toLocalDate().equals(day); at = at.plusMinutes(30)) {
                rows.add(new Row(
                        "M" + meter,
                        at.toLocalDateTime(),
                        random.nextInt(10) == 0
                                ? Optional.empty()
                                : Optional.of(BigDecimal.valueOf(random.nextInt(100_000), random.nextInt(4))),
                        random.nextBoolean() ? "A" : "E"));
            }
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void readsWhatTheCsvOfTheSameRowsSays(long seed) throws IOException {
        Random random = new Random(seed);
        List<Row> rows = rows(random);
        Parsed csv = read(
                "mprn,time,kwh,status,updated\n" + rows.stream().map(Row::csv).collect(Collectors.joining("\n")));
        Parsed json = read(rows.stream().map(row -> row.json(random)).collect(Collectors.joining("\n")));
        assertThat(json.rejects()).isEmpty();
        assertThat(json.rows()).hasSize(rows.size());
        assertThat(json.sender()).isEqualTo("northgrid");
        assertThat(json.rows().stream().map(JsonLinesFormatTest::described).toList())
                .isEqualTo(
                        csv.rows().stream().map(JsonLinesFormatTest::described).toList());
        assertThat(json.rows().stream().flatMap(row -> row.value().stream()).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(
                        rows.stream().flatMap(row -> row.value().stream()).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private static String described(Parsed.Row row) {
        return row.series() + " " + row.brief() + " " + row.grade() + " " + row.recorded();
    }

    @Test
    void takesANumberAsATextToo() throws IOException {
        assertThat(read(line("1.25") + "\n" + line("\"1.25\"")).brief())
                .containsExactly("2026-01-01T00:00:00Z 1.25 A", "2026-01-01T00:00:00Z 1.25 A");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1.5e3 | value | value '1.5e3' is not a plain decimal number",
                "0.30000000000000004 | value | value '0.30000000000000004' has more than 6 decimals",
                "[1] | value | value '[1]' is not a plain decimal number",
                "NaN | `` | it is no JSON object: a value is missing or no JSON",
                "1,\"kwh\":2 | `` | the object gives a key twice",
                "1,\"status\":\"A\" | `` | the object gives a key twice",
                "1} | `` | it is no JSON object: it goes on after its }",
            })
    void rejectsALineAndKeepsThoseAroundIt(String value, String field, String reason) throws IOException {
        Parsed parsed = read(line("1") + "\n" + line(value) + "\n" + line("3") + "\n");
        assertThat(parsed.brief()).containsExactly("2026-01-01T00:00:00Z 1 A", "2026-01-01T00:00:00Z 3 A");
        assertThat(parsed.rejects()).hasSize(1);
        Reject reject = parsed.rejects().get(0);
        assertThat(reject.line()).isEqualTo(2);
        assertThat(reject.field()).isEqualTo(field);
        assertThat(reject.reason()).isEqualTo(reason);
        assertThat(reject.rawText()).isEqualTo(line(value));
    }

    @Test
    void doesNotTakeAKeyThatIsMissingForAMissingValue() throws IOException {
        Parsed parsed = read(line("1").replace("kwh", "Kwh") + "\n" + line("null"));
        assertThat(parsed.rejects()).extracting(Reject::reason).containsExactly("the object has no 'kwh'");
        assertThat(parsed.rows()).extracting(Parsed.Row::value).containsExactly(Optional.empty());
        assertThat(read(line("1").replace(",\"updated\":null", "")).rows()).hasSize(1);
    }

    @Test
    void refusesALineThatIsEndless() {
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> read("{" + " ".repeat(5 * 1024 * 1024)))
                .withMessage("Cannot read test.csv: line 1 is longer than 4194304 bytes");
    }

    /** Whatever a character is changed to: the other lines stay, and the changed one is read, rejected or another one. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void losesNothingInSilenceWhenACharacterIsChanged(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            lines.add(line(i + ".5").replace("T00:00", "T0%d:00".formatted(i)));
        }
        String whole = String.join("\n", lines) + "\n";
        List<String> original =
                read(whole).rows().stream().map(JsonLinesFormatTest::described).toList();
        String replacements = "0,\"\n\r.{}[]:\\Axn 9\u0000é";
        for (int i = 0; i < 400; i++) {
            int at = 1 + random.nextInt(whole.length() - 2);
            char replacement = replacements.charAt(random.nextInt(replacements.length()));
            String what = "'%s' at %d became '%s'".formatted(whole.charAt(at), at, replacement);
            Parsed parsed = read(whole.substring(0, at) + replacement + whole.substring(at + 1));
            List<String> lost = new ArrayList<>(original);
            parsed.rows().forEach(row -> lost.remove(described(row)));
            int joined = whole.charAt(at) == '\n' ? 1 : 0;
            assertThat(lost).as(what).hasSizeLessThanOrEqualTo(1 + joined);
            assertThat(parsed.rows().size() + Math.min(1, parsed.rejects().size()))
                    .as(what)
                    .isGreaterThanOrEqualTo(6 - joined);
        }
    }
}
