package io.meterlake.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** "Did you mean": the known name that is nearest to a mistyped one. */
public final class Suggestion {
    private Suggestion() {}

    /** {@code " (did you mean X?)"}, or nothing where no known name is near. */
    public static String didYouMean(String typed, Collection<String> known) {
        return nearest(typed, known)
                .map(name -> " (did you mean " + name + "?)")
                .orElse("");
    }

    /** The known name that at most a third of its letters, and no more than three, set apart from the typed one. */
    static Optional<String> nearest(String typed, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(typed, name) <= Math.clamp(name.length() / 3, 1, 3))
                .min(Comparator.<String>comparingInt(name -> distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's edit distance. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int substitution = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
