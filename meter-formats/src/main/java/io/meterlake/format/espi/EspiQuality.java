package io.meterlake.format.espi;

import static io.meterlake.reading.Quality.ACTUAL;
import static io.meterlake.reading.Quality.ESTIMATED;
import static io.meterlake.reading.Quality.SUBSTITUTED;

import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Qualities of ESPI (QualityOfReading). A reading may have several, of which the one that says least for the value
 * counts; the codes are kept, such as {@code 8} or {@code 0+8}. What is questionable (10) or raw (14) was measured.
 */
final class EspiQuality {
    static final String HINT =
            "Qualities are 0, 7 to 14 and 16 to 19; a value that is normalized for the weather (15) is not"
                    + " the energy that was measured.";

    private static final Map<String, Quality> CODES = Map.ofEntries(
            Map.entry("0", ACTUAL),
            Map.entry("7", SUBSTITUTED),
            Map.entry("8", ESTIMATED),
            Map.entry("9", ESTIMATED),
            Map.entry("10", ACTUAL),
            Map.entry("11", SUBSTITUTED),
            Map.entry("12", ESTIMATED),
            Map.entry("13", ESTIMATED),
            Map.entry("14", ACTUAL),
            Map.entry("16", ESTIMATED),
            Map.entry("17", ACTUAL),
            Map.entry("18", ACTUAL),
            Map.entry("19", ACTUAL));

    private static final List<Quality> WORST_FIRST = List.of(ESTIMATED, SUBSTITUTED, ACTUAL);

    private EspiQuality() {}

    /**
     * The grade of codes that are separated by {@code +}; empty if one of them is no quality. No code at all is valid,
     * as the schema says.
     */
    static Optional<Grade> grade(String codes) {
        if (codes.isEmpty()) {
            return Optional.of(new Grade(ACTUAL, ""));
        }
        List<Quality> qualities = new ArrayList<>();
        for (String code : codes.split("\\+", -1)) {
            if (!CODES.containsKey(code)) {
                return Optional.empty();
            }
            qualities.add(CODES.get(code));
        }
        Quality worst =
                WORST_FIRST.stream().filter(qualities::contains).findFirst().orElse(ACTUAL);
        return Optional.of(new Grade(worst, String.join("+", new TreeSet<>(List.of(codes.split("\\+", -1))))));
    }
}
