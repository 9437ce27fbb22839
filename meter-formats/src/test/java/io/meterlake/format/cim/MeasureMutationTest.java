package io.meterlake.format.cim;

import static io.meterlake.testing.MeasureText.point;

import io.meterlake.format.MeterFormat;
import io.meterlake.format.MeterFormats;
import io.meterlake.testing.MeasureText;
import io.meterlake.testing.MutationCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged documents of measure data: void with a reason, or read but for what is damaged. */
class MeasureMutationTest {
    private static final Pattern POINT =
            Pattern.compile("<cim:Point>.*</cim:Point>|<n:Interval.*</n:IntervalEnergyObservation>|\\{\"position.*},?");

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
        String whole = switch (name) {
            case "cim-xml" -> text.cimXml();
            case "cim-json" -> text.cimJson();
            default -> text.ebix();
        };
        // A point has a line of its own.
        Predicate<String> isPoint = line -> POINT.matcher(line).matches();
        new MutationCheck(format, whole, isPoint).survives(1_000, seed);
    }
}
