package io.meterlake.compile.template;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Jinjava's messages without the class names and positions that only its own source explains. */
final class EngineMessage {
    private static final Pattern PREFIX =
            Pattern.compile("^(\\w+Exception: |Syntax error in '[^']*': |Error rendering tag:? ?)+");
    private static final Pattern POSITION = Pattern.compile(" at position \\d+|position \\d+, ?");

    private EngineMessage() {}

    static String readable(@Nullable String message) {
        if (message == null || message.isBlank()) {
            return "the template cannot be rendered";
        }
        String first = message.lines().findFirst().orElse(message);
        String plain = POSITION.matcher(PREFIX.matcher(first).replaceFirst("")).replaceAll("");
        return "template: " + (plain.isBlank() ? first : plain);
    }
}
