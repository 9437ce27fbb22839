package io.meterlake.compile.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The methods of Python's strings that templates call; Jinjava has Java's under other names. */
final class PythonStrings {
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private PythonStrings() {}

    /** Nothing if Python's strings have no such method, or not with so many arguments. */
    static Optional<Object> call(String text, String method, List<@Nullable Object> arguments) {
        return switch (arguments.size()) {
            case 0 -> Optional.ofNullable(call(text, method));
            case 1 -> Optional.ofNullable(call(text, method, arguments.getFirst()));
            case 2 -> Optional.ofNullable(call(text, method, arguments.getFirst(), arguments.getLast()));
            default -> method.equals("format") ? Optional.of(format(text, arguments)) : Optional.empty();
        };
    }

    private static @Nullable Object call(String text, String method) {
        return switch (method) {
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "strip" -> text.strip();
            case "lstrip" -> text.stripLeading();
            case "rstrip" -> text.stripTrailing();
            case "capitalize" -> capitalized(text);
            case "title" -> titled(text);
            case "split" -> text.isBlank() ? List.of() : List.of(BLANKS.split(text.strip()));
            case "splitlines" -> text.lines().toList();
            case "isdigit", "isnumeric" -> !text.isEmpty() && text.chars().allMatch(Character::isDigit);
            case "isalpha" -> !text.isEmpty() && text.chars().allMatch(Character::isLetter);
            case "format" -> format(text, List.of());
            default -> null;
        };
    }

    private static @Nullable Object call(String text, String method, @Nullable Object first) {
        String argument = PythonText.of(first);
        return switch (method) {
            case "strip" -> trimmedEnd(trimmedStart(text, argument), argument);
            case "lstrip" -> trimmedStart(text, argument);
            case "rstrip" -> trimmedEnd(text, argument);
            case "split" -> new ArrayList<>(Arrays.asList(text.split(Pattern.quote(argument), -1)));
            case "startswith" -> text.startsWith(argument);
            case "endswith" -> text.endsWith(argument);
            case "find" -> (long) text.indexOf(argument);
            case "count" -> (long) text.split(Pattern.quote(argument), -1).length - 1;
            case "zfill" -> "0".repeat(Math.max(0, Integer.parseInt(argument) - text.length())) + text;
            case "join" ->
                first instanceof Iterable<?> items
                        ? String.join(text, strings(items))
                        : String.join(text, argument.split(""));
            case "format" -> format(text, Arrays.asList(first));
            default -> null;
        };
    }

    private static @Nullable Object call(String text, String method, @Nullable Object first, @Nullable Object second) {
        return switch (method) {
            case "replace" -> text.replace(PythonText.of(first), PythonText.of(second));
            case "split" ->
                Arrays.asList(
                        text.split(Pattern.quote(PythonText.of(first)), Integer.parseInt(PythonText.of(second)) + 1));
            case "format" -> format(text, Arrays.asList(first, second));
            default -> null;
        };
    }

    private static List<String> strings(Iterable<?> items) {
        List<String> strings = new ArrayList<>();
        items.forEach(item -> strings.add(PythonText.of(item)));
        return strings;
    }

    private static String capitalized(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String titled(String text) {
        StringBuilder titled = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            titled.append(inWord ? Character.toLowerCase(c) : Character.toUpperCase(c));
            inWord = Character.isLetter(c);
        }
        return titled.toString();
    }

    private static String trimmedStart(String text, String characters) {
        int start = 0;
        while (start < text.length() && characters.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        return text.substring(start);
    }

    private static String trimmedEnd(String text, String characters) {
        int end = text.length();
        while (end > 0 && characters.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end);
    }

    /** {@code '{} {1}'.format(…)} with plain places; no widths. */
    private static String format(String text, List<@Nullable Object> arguments) {
        StringBuilder formatted = new StringBuilder();
        int next = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int close = c == '{' ? text.indexOf('}', i) : -1;
            if (close < 0) {
                formatted.append(c);
                i++;
                continue;
            }
            String place = text.substring(i + 1, close);
            int index = place.isEmpty()
                    ? next++
                    : place.chars().allMatch(Character::isDigit) ? Integer.parseInt(place) : -1;
            if (index >= 0 && index < arguments.size()) {
                formatted.append(PythonText.of(arguments.get(index)));
            } else {
                formatted.append(text, i, close + 1);
            }
            i = close + 1;
        }
        return formatted.toString();
    }
}
