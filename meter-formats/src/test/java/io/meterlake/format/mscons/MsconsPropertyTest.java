package io.meterlake.format.mscons;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.testing.Parsed;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made up at random: what was written is read, and nothing else when they are damaged. */
class MsconsPropertyTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final List<String> QUALIFIERS = List.of("220", "67", "Z18", "79", "20");

    private record File(String text, List<String> readings) {}

    /** A time of format 303 with its format, in the market's time. */
    static String local(Instant at) {
        ZonedDateTime local = at.atZone(BERLIN);
        int hours = local.getOffset().getTotalSeconds() / 3600;
        return local.format(DateTimeFormatter.ofPattern("yyyyMMddHHmm")) + "?+%02d:303".formatted(hours);
    }

    private static File file(Random random, boolean older) {
        Interchange interchange = new Interchange();
        List<String> readings = new ArrayList<>();
        for (int message = 1 + random.nextInt(3); message > 0; message--) {
            StringBuilder content = new StringBuilder(Interchange.HEAD);
            for (int point = 1 + random.nextInt(3); point > 0; point--) {
                String id = "1018192825" + point;
                Instant at = start(random);
                content.append(" NAD+DP LOC+172+").append(id);
                if (older) {
                    content.append(" DTM+163:%s DTM+672:15:806".formatted(local(at)));
                }
                for (int channel = 1 + random.nextInt(2); channel > 0; channel--) {
                    content.append(" LIN+%d PIA+5+1-1?:%d.29.0:SRW".formatted(channel, channel));
                    Instant first = older ? at : start(random);
                    addQuantities(random, first, older, id + " 1-1:%d.29.0 ".formatted(channel), content, readings);
                }
            }
            interchange.message(content.toString());
        }
        return new File(interchange.text(), readings);
    }

    private static Instant start(Random random) {
        LocalDate date = LocalDate.of(2026, 1, 1).plusDays(random.nextInt(365));
        return date.atStartOfDay(BERLIN).toInstant().plusSeconds(900L * random.nextInt(96));
    }

    private static void addQuantities(
            Random random, Instant first, boolean older, String channel, StringBuilder content, List<String> readings) {
        Instant at = first;
        int length = older ? 900 : List.of(900, 1800, 3600).get(random.nextInt(3));
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            String qualifier = QUALIFIERS.get(random.nextInt(QUALIFIERS.size()));
            BigDecimal value = BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(4));
            Instant end = at.plusSeconds(length);
            content.append(" QTY+%s:%s".formatted(qualifier, value.toPlainString()));
            if (!older) {
                content.append(" DTM+163:%s DTM+164:%s".formatted(local(at), local(end)));
            }
            readings.add(channel + "%s %s %s".formatted(at, Parsed.plain(value).toPlainString(), qualifier));
            at = end;
        }
    }

    private static String described(Parsed.Row row) {
        return row.series().meterId() + " " + row.series().channel() + " " + row.brief();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void readsWhatWasWritten(long seed) throws IOException {
        File file = file(new Random(seed), seed % 2 == 0);
        Parsed parsed = Parsed.read(new MsconsFormat(), file.text());
        assertThat(parsed.rejects()).isEmpty();
        assertThat(parsed.rows().stream().map(MsconsPropertyTest::described).toList())
                .isEqualTo(file.readings());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noticesThatAFileWasCutOffWhereverThatWas(long seed) throws IOException {
        Random random = new Random(seed);
        String whole = file(random, seed % 2 == 0).text();
        for (int i = 0; i < 300; i++) {
            String cut = whole.substring(0, random.nextInt(whole.length() - 1));
            boolean refused = false;
            try {
                Parsed.read(new MsconsFormat(), cut);
            } catch (UnreadableFileException e) {
                refused = true;
            }
            assertThat(refused)
                    .as("cut to %d of %d characters", cut.length(), whole.length())
                    .isTrue();
        }
    }

    /** A lost segment is noticed, wherever it was. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noticesThatASegmentIsLost(long seed) throws IOException {
        List<String> lines =
                List.of(file(new Random(seed), seed % 2 == 0).text().split("\n", -1));
        for (int i = 0; i < lines.size() - 1; i++) {
            List<String> fewer = new ArrayList<>(lines);
            fewer.remove(i);
            boolean refused = false;
            try {
                Parsed.read(new MsconsFormat(), String.join("\n", fewer));
            } catch (UnreadableFileException e) {
                refused = true;
            }
            assertThat(refused).as("without %s", lines.get(i)).isTrue();
        }
    }

    /**
     * Whatever a character is changed to: nothing is lost in silence, and what is new is one reading or those of the
     * metering point or channel whose own segment was changed. Even seeds have the older layout.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void losesNothingInSilenceWhenACharacterIsChanged(long seed) throws IOException {
        Random random = new Random(seed);
        File file = file(random, seed % 2 == 0);
        String whole = file.text();
        String replacements = "0'+:?\n\r.,AQTYDM9 \u0000é";
        for (int i = 0; i < 400; i++) {
            int at = random.nextInt(whole.length());
            char replacement = replacements.charAt(random.nextInt(replacements.length()));
            String changed = whole.substring(0, at) + replacement + whole.substring(at + 1);
            int start = whole.lastIndexOf("'\n", at - 1) + 1;
            String segment =
                    whole.substring(start, Math.min(whole.length(), start + 60)).strip();
            String what = "'%s' at %d in '%s' became '%s'".formatted(whole.charAt(at), at, segment, replacement);
            try {
                Parsed parsed = Parsed.read(new MsconsFormat(), changed);
                List<String> lost = new ArrayList<>(file.readings());
                List<String> added = new ArrayList<>();
                for (Parsed.Row row : parsed.rows()) {
                    if (!lost.remove(described(row))) {
                        added.add(described(row));
                    }
                }
                boolean ofMany = segment.startsWith("LOC")
                        || segment.startsWith("PIA")
                        || (segment.startsWith("DTM") && seed % 2 == 0);
                assertThat(added.size() <= 1 || ofMany).as(what + ": " + added).isTrue();
                assertThat(added).as(what).hasSizeLessThanOrEqualTo(lost.size());
                assertThat(parsed.rejects().isEmpty() && added.size() < lost.size())
                        .as(what + " lost in silence")
                        .isFalse();
            } catch (UnreadableFileException refused) {
                assertThat(refused).as(what).hasMessageStartingWith("Cannot read test.csv: ");
            }
        }
    }
}
