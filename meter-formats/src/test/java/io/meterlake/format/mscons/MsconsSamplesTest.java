package io.meterlake.format.mscons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterlake.format.MeterFormats;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.format.file.LocalMeterFile;
import io.meterlake.reading.Reject;
import io.meterlake.testing.Parsed;
import io.meterlake.testing.SampleFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Real files, compared value by value with what a regular expression finds in them. */
class MsconsSamplesTest {
    private static final Pattern QUANTITY = Pattern.compile(
            "QTY\\+220:([0-9.,]+)'DTM\\+163:(\\d{12})\\?(\\+\\d\\d):303'DTM\\+164:(\\d{12})\\?(\\+\\d\\d):303'");

    /** The one quantity of the German file that is wrong. */
    private static final String ENDS_TOO_EARLY =
            "QTY+220:0,074'DTM+163:201512201645?+01:303'DTM+164:201512201600?+01:303'";

    private static OffsetDateTime time(String local, String offset) {
        return OffsetDateTime.parse(local + offset, DateTimeFormatter.ofPattern("yyyyMMddHHmmx"));
    }

    private static List<String> expected(Path path) throws IOException {
        List<String> expected = new ArrayList<>();
        Matcher matcher = QUANTITY.matcher(Files.readString(path, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            OffsetDateTime start = time(matcher.group(2), matcher.group(3));
            OffsetDateTime end = time(matcher.group(4), matcher.group(5));
            if (!matcher.group().equals(ENDS_TOO_EARLY)) {
                expected.add("%s %d %s"
                        .formatted(
                                start.toInstant(),
                                Duration.between(start, end).toMinutes(),
                                Parsed.plain(new BigDecimal(matcher.group(1).replace(',', '.')))
                                        .toPlainString()));
            }
        }
        return expected;
    }

    private static Parsed read(Path path) throws IOException {
        LocalMeterFile file = new LocalMeterFile(path);
        return Parsed.read(MeterFormats.installed().detect(file), file);
    }

    @Test
    void readsEveryQuantityOfRealFiles() throws IOException {
        for (Path path : SampleFiles.in("mscons")) {
            String name = path.getFileName().toString();
            if (name.startsWith("mig24c")) {
                continue; // An example of the guide's, which is a test and whose counts are wrong.
            }
            Parsed parsed = read(path);
            assertThat(parsed.rejects())
                    .as("%s", path)
                    .extracting(Reject::rawText)
                    .isEqualTo(name.startsWith("de__") ? List.of(ENDS_TOO_EARLY) : List.of());
            assertThat(parsed.rows().stream()
                            .map(row -> "%s %d %s"
                                    .formatted(
                                            row.start(),
                                            row.series().intervalMinutes(),
                                            row.value().orElseThrow().toPlainString()))
                            .toList())
                    .as("%s", path)
                    .hasSizeGreaterThan(90)
                    .isEqualTo(expected(path));
        }
    }

    @Test
    void refusesTheExampleOfTheGuide() throws IOException {
        for (Path path : SampleFiles.in("mscons")) {
            if (path.getFileName().toString().startsWith("mig24c")) {
                assertThatExceptionOfType(UnreadableFileException.class)
                        .isThrownBy(() -> read(path))
                        .withMessageContaining("says that the interchange is a test");
            }
        }
    }
}
