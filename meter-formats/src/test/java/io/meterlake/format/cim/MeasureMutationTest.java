package io.meterlake.format.cim;

import static io.meterlake.testing.MeasureText.point;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.format.MeterFormat;
import io.meterlake.format.MeterFormats;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.testing.InMemoryFile;
import io.meterlake.testing.MeasureText;
import io.meterlake.testing.Mutations;
import io.meterlake.testing.Parsed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged documents of measure data: void with a reason, or read but for what is damaged. */
class MeasureMutationTest {
    private static MeasureText text(Random random, boolean ebix) {
        List<MeasureText.Point> points = new ArrayList<>();
        for (int i = 1; i <= 24; i++) {
            points.add(point(i, "%d.%03d".formatted(random.nextInt(100), random.nextInt(1000)), ebix ? "E01" : "A04"));
        }
        return new MeasureText("E17", "KWH", "8716867000030", "PT1H", "2026-03-27T23:00Z", "2026-03-28T23:00Z", points);
    }

    @ParameterizedTest
    @CsvSource({"cim-xml,1", "cim-xml,2", "cim-json,3", "cim-json,4", "ebix,5", "ebix,6"})
    void survivesWhateverIsDamaged(String name, long seed) throws IOException {
        Random random = new Random(seed);
        MeterFormat format = MeterFormats.installed().named(name);
        MeasureText text = text(random, name.equals("ebix"));
        byte[] whole = switch (name) {
            case "cim-xml" -> text.cimXml().getBytes(UTF_8);
            case "cim-json" -> text.cimJson().getBytes(UTF_8);
            default -> text.ebix().getBytes(UTF_8);
        };
        Parsed expected = Parsed.read(format, new InMemoryFile("file", whole));
        assertThat(expected.rows()).hasSize(24);
        int read = 0;
        for (int i = 0; i < 300; i++) {
            byte[] damaged = Mutations.mutate(whole, random);
            try {
                Parsed parsed = Parsed.read(format, new InMemoryFile("file", damaged));
                read++;
                assertThat(parsed.rows().size() + parsed.rejects().size())
                        .as("mutation %d of seed %d", i, seed)
                        .isPositive();
                assertThat(parsed.rejects())
                        .allSatisfy(reject -> assertThat(reject.reason()).isNotEmpty());
            } catch (UnreadableFileException refused) {
                assertThat(refused).hasMessageStartingWith("Cannot read file: ");
                assertThat(refused.hint()).isNotEmpty();
            }
        }
        assertThat(read).as("some damages leave a document that can be read").isPositive();
    }
}
