package io.meterlake.format.mdff;

import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import java.util.Optional;

/**
 * A QualityMethod: a quality flag and, for estimated and substituted data, the two digits of the method
 * ({@code A}, {@code S14}, {@code F52}). A flag that lacks its method is taken as it is.
 */
public final class NemQuality {
    public static final String HINT =
            "A quality is A, E, F, S or N (a 300 record also has V), with two digits of a method, such as S14.";

    private NemQuality() {}

    /** Whether the text is a QualityMethod, V included. */
    public static boolean isQualityMethod(String text) {
        if (text.length() != 1 && text.length() != 3) {
            return false;
        }
        boolean flag = "AEFNSV".indexOf(text.charAt(0)) >= 0;
        return flag && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
    }

    /** The grade of a QualityMethod; empty if the text is none, or V, which is no quality of its own. */
    public static Optional<Grade> grade(String text) {
        if (!isQualityMethod(text)) {
            return Optional.empty();
        }
        return switch (text.charAt(0)) {
            case 'A' -> Optional.of(new Grade(Quality.ACTUAL, text));
            case 'E' -> Optional.of(new Grade(Quality.ESTIMATED, text));
            case 'F', 'S' -> Optional.of(new Grade(Quality.SUBSTITUTED, text));
            case 'N' -> Optional.of(new Grade(Quality.MISSING, text));
            default -> Optional.empty();
        };
    }
}
