package io.meterlake.dashboard.metabase;

import io.meterlake.dashboard.Numbers;
import java.util.Optional;

/**
 * A card's description with, at its end, the sentence that says which numbers it shows: Metabase has no place of its own
 * for that.
 *
 * @param text without the sentence
 */
record ShownNumbers(String text, Optional<Numbers> numbers) {
    static ShownNumbers split(String description) {
        for (Numbers numbers : Numbers.values()) {
            if (description.equals(sentence(numbers)) || description.endsWith("\n\n" + sentence(numbers))) {
                String text = description.substring(
                        0, description.length() - sentence(numbers).length());
                return new ShownNumbers(text.strip(), Optional.of(numbers));
            }
        }
        return new ShownNumbers(description, Optional.empty());
    }

    static String join(String text, Numbers numbers) {
        return text.isEmpty() ? sentence(numbers) : Words.text(text) + "\n\n" + sentence(numbers);
    }

    private static String sentence(Numbers numbers) {
        return "Shows %s numbers: %s.".formatted(numbers.word(), numbers.meaning());
    }
}
