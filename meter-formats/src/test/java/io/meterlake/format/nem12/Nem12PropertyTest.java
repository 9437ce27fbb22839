package io.meterlake.format.nem12;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.reading.Reject;
import io.meterlake.testing.Parsed;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random files with known content, whole and damaged. */
class Nem12PropertyTest {
    private static final List<String> QUALITIES = List.of("A", "E52", "F14", "S51", "N");

    /** A line of a file, and the readings that come from it; of a 400 record's they are with its 300 record. */
    private record Line(String text, List<String> readings) {}

    private static List<Line> file(Random random) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("100,NEM12,202601021200,MDP,RET", List.of()));
        for (int channel = 1 + random.nextInt(3); channel > 0; channel--) {
            int minutes = List.of(5, 15, 30).get(random.nextInt(3));
            lines.add(new Line("200,NMI%d,E1,,E%d,,,kWh,%d,".formatted(channel, channel, minutes), List.of()));
            for (int day = 1 + random.nextInt(4); day > 0; day--) {
                addDay(lines, random, minutes, LocalDate.of(2026, 1, 1).plusDays(random.nextInt(400)));
            }
        }
        lines.add(new Line("900", List.of()));
        return lines;
    }

    private static void addDay(List<Line> lines, Random random, int minutes, LocalDate date) {
        int intervals = 1440 / minutes;
        boolean varies = random.nextBoolean();
        String quality = QUALITIES.get(random.nextInt(QUALITIES.size()));
        List<String> codes = new ArrayList<>();
        List<Line> events = new ArrayList<>();
        while (varies && codes.size() < intervals) {
            int first = codes.size() + 1;
            int last = first + random.nextInt(intervals - codes.size());
            String code = QUALITIES.get(random.nextInt(QUALITIES.size()));
            for (int i = first; i <= last; i++) {
                codes.add(code);
            }
            events.add(new Line("400,%d,%d,%s,,".formatted(first, last, code), List.of()));
        }
        StringBuilder text = new StringBuilder("300," + date.format(DateTimeFormatter.BASIC_ISO_DATE));
        List<String> readings = new ArrayList<>();
        for (int i = 0; i < intervals; i++) {
            BigDecimal value = BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(7));
            text.append(',').append(value.toPlainString());
            readings.add("%s %s %s"
                    .formatted(
                            date.atStartOfDay().plusMinutes((long) i * minutes).toInstant(ZoneOffset.ofHours(10)),
                            Parsed.plain(value).toPlainString(),
                            varies ? codes.get(i) : quality));
        }
        text.append(',').append(varies ? "V" : quality).append(",,,20260102030405,");
        lines.add(new Line(text.toString(), readings));
        lines.addAll(events);
    }

    private static String text(List<Line> lines) {
        return String.join("\n", lines.stream().map(Line::text).toList()) + "\n";
    }

    private static List<String> readings(List<Line> lines) {
        return lines.stream().flatMap(line -> line.readings().stream()).toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void readsWhatWasWritten(long seed) throws IOException {
        List<Line> lines = file(new Random(seed));
        Parsed parsed = Parsed.read(new Nem12Format(), text(lines));
        assertThat(parsed.rejects()).isEmpty();
        assertThat(parsed.brief()).isEqualTo(readings(lines));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void losesOnlyTheDayOfWhichAFieldIsLost(long seed) throws IOException {
        Random random = new Random(seed);
        List<Line> lines = file(random);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).text().startsWith("300,")) {
                continue;
            }
            List<String> fields = new ArrayList<>(List.of(lines.get(i).text().split(",", -1)));
            fields.remove(2 + random.nextInt(fields.size() - 4));
            List<Line> damaged = new ArrayList<>(lines);
            damaged.set(i, new Line(String.join(",", fields), List.of()));
            Parsed parsed = Parsed.read(new Nem12Format(), text(damaged));
            assertThat(parsed.brief()).isEqualTo(readings(damaged));
            assertThat(parsed.rejects()).extracting(Reject::line).containsExactly(i + 1L);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noticesThatAFileWasCutOffWhereverThatWas(long seed) throws IOException {
        Random random = new Random(seed);
        String whole = text(file(random));
        for (int i = 0; i < 300; i++) {
            String cut = whole.substring(0, random.nextInt(whole.length() - 1));
            if (cut.endsWith("\n900")) {
                continue; // Only the last line break is lacking.
            }
            boolean refused = false;
            try {
                Parsed.read(new Nem12Format(), cut);
            } catch (UnreadableFileException e) {
                refused = true;
            }
            assertThat(refused)
                    .as("cut to %d of %d characters", cut.length(), whole.length())
                    .isTrue();
        }
    }

    /** Whatever a character is changed to: what is lost is rejected, and what is new comes from one record. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void losesNothingInSilenceWhenACharacterIsChanged(long seed) throws IOException {
        Random random = new Random(seed);
        String whole = text(file(random));
        List<String> original = Parsed.read(new Nem12Format(), whole).rows().stream()
                .map(Nem12PropertyTest::described)
                .toList();
        String replacements = "0,\"\n\r.AVx 9\u0000é";
        for (int i = 0; i < 300; i++) {
            int at = random.nextInt(whole.length());
            char replacement = replacements.charAt(random.nextInt(replacements.length()));
            String changed = whole.substring(0, at) + replacement + whole.substring(at + 1);
            String what = "'%s' at %d became '%s'".formatted(whole.charAt(at), at, replacement);
            try {
                Parsed parsed = Parsed.read(new Nem12Format(), changed);
                List<String> lost = new ArrayList<>(original);
                List<String> added = new ArrayList<>();
                Set<Long> linesOfAdded = new HashSet<>();
                for (Parsed.Row row : parsed.rows()) {
                    if (!lost.remove(described(row))) {
                        added.add(described(row));
                        linesOfAdded.add(row.line());
                    }
                }
                boolean ofChannel = whole.lastIndexOf("\n200", at) == whole.lastIndexOf('\n', at - 1);
                assertThat(added).as(what).hasSizeLessThanOrEqualTo(lost.size());
                assertThat(linesOfAdded.size() <= 1 || ofChannel).as(what).isTrue();
                assertThat(parsed.rejects().isEmpty() && added.size() < lost.size())
                        .as(what + " lost in silence")
                        .isFalse();
            } catch (UnreadableFileException refused) {
                assertThat(refused).as(what).hasMessageStartingWith("Cannot read test.csv: ");
            }
        }
    }

    private static String described(Parsed.Row row) {
        return row.series().meterId() + " " + row.series().channel() + " " + row.brief();
    }
}
