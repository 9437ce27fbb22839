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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Real files, compared with what a regular expression finds in them. */
class MsconsSamplesTest {
    /** The one quantity of the German file that is wrong. */
    private static final String ENDS_TOO_EARLY =
            "QTY+220:0,074'DTM+163:201512201645?+01:303'DTM+164:201512201600?+01:303'";

    private static final Pattern QUANTITY = Pattern.compile("QTY\\+\\d+:(-?[0-9]+(?:[.,][0-9]+)?)[:']");

    @Test
    void readsEveryQuantityOfRealFiles() throws IOException {
        for (Path path : SampleFiles.in("mscons")) {
            if (path.getFileName().toString().startsWith("mig24c")) {
                continue; // An example of the guide's, which is a test and whose counts are wrong.
            }
            LocalMeterFile file = new LocalMeterFile(path);
            Parsed parsed = Parsed.read(MeterFormats.installed().detect(file), file);
            assertThat(parsed.rejects())
                    .as("%s", path)
                    .extracting(Reject::rawText)
                    .isEqualTo(path.getFileName().toString().startsWith("de__") ? List.of(ENDS_TOO_EARLY) : List.of());
            BigDecimal sum = BigDecimal.ZERO;
            int count = 0;
            Matcher matcher = QUANTITY.matcher(Files.readString(path, StandardCharsets.ISO_8859_1));
            while (matcher.find()) {
                sum = sum.add(new BigDecimal(matcher.group(1).replace(',', '.')));
                count++;
            }
            assertThat(count).isGreaterThan(90);
            for (Reject reject : parsed.rejects()) {
                sum = sum.subtract(new BigDecimal("0.074"));
                count--;
                assertThat(reject.reason()).isEqualTo("the period ends before it has begun");
            }
            assertThat(parsed.rows()).as("%s", path).hasSize(count).allSatisfy(row -> {
                assertThat(row.recorded()).isPresent();
                assertThat(row.series().intervalMinutes()).isEqualTo(15);
            });
            assertThat(parsed.rows().stream()
                            .map(row -> row.value().orElseThrow())
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .as("%s", path)
                    .isEqualByComparingTo(sum);
        }
    }

    @Test
    void refusesTheExampleOfTheGuide() throws IOException {
        for (Path path : SampleFiles.in("mscons")) {
            if (path.getFileName().toString().startsWith("mig24c")) {
                LocalMeterFile file = new LocalMeterFile(path);
                assertThatExceptionOfType(UnreadableFileException.class)
                        .isThrownBy(() -> Parsed.read(MeterFormats.installed().detect(file), file))
                        .withMessageContaining("says that the interchange is a test");
            }
        }
    }
}
