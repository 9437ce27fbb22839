package io.meterlake.format.espi;

import static io.meterlake.format.espi.FeedText.all;
import static io.meterlake.format.espi.FeedText.block;
import static io.meterlake.format.espi.FeedText.feed;
import static io.meterlake.format.espi.FeedText.plainType;
import static io.meterlake.format.espi.FeedText.reading;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.testing.InMemoryFile;
import io.meterlake.testing.MutationCheck;
import io.meterlake.testing.Parsed;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged feeds: void with a reason, or read but for what is damaged. */
class EspiMutationTest {
    private static byte[] whole(Random random) {
        StringBuilder readings = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            readings.append(reading(
                    Long.toString(1_767_225_600L + i * 900L), "900", Integer.toString(random.nextInt(100_000)), "0"));
        }
        List<String> entries = all(plainType(), readings.toString());
        entries.add(block(1, "2026-01-05T05:06:07Z", reading("1767312000", "900", "1")));
        return feed(entries).getBytes(UTF_8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void survivesWhateverIsDamaged(long seed) throws IOException {
        Random random = new Random(seed);
        // A reading has a line of its own; the last one of a block shares it with what follows.
        new MutationCheck(
                        new EspiFormat(),
                        new String(whole(random), UTF_8),
                        line -> line.startsWith("<IntervalReading>") && line.endsWith("</IntervalReading>"))
                .survives(1_000, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7})
    void noticesThatAFileWasCutOffWhereverThatWas(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] whole = new String(whole(random), UTF_8).strip().getBytes(UTF_8);
        for (int i = 0; i < 100; i++) {
            byte[] cut = Arrays.copyOf(whole, random.nextInt(whole.length));
            boolean refused = false;
            try {
                Parsed.read(new EspiFormat(), new InMemoryFile("file.xml", cut));
            } catch (UnreadableFileException e) {
                refused = true;
            }
            assertThat(refused)
                    .as("cut to %d of %d bytes", cut.length, whole.length)
                    .isTrue();
        }
    }
}
