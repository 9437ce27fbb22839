package io.meterlake.compile;

import io.meterlake.compile.template.Arguments;
import io.meterlake.compile.template.PythonText;
import io.meterlake.compile.template.Scope;
import io.meterlake.compile.template.TemplateFunction;
import io.meterlake.project.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A template of which nothing but calls of {@code ref}, {@code source} and {@code config} with literal arguments is to be
 * rendered, as most models are. It calls the same functions as the template engine, which takes ten times as long for it and
 * a good part of a second to load. What it does not understand is no such template. Immutable.
 */
final class StaticTemplate {
    private static final Set<String> FUNCTIONS = Set.of("ref", "source", "config");

    /** A piece of a template. */
    private sealed interface Part {
        record Text(String text) implements Part {}

        record Call(int line, String function, List<@Nullable Object> positional, Map<String, @Nullable Object> named)
                implements Part {}
    }

    private final String file;
    private final List<Part> parts;

    private StaticTemplate(String file, List<Part> parts) {
        this.file = file;
        this.parts = List.copyOf(parts);
    }

    /** Whether the project has macros that mean something else by the names of the functions. */
    static boolean arePlain(Set<String> macros) {
        return FUNCTIONS.stream().noneMatch(macros::contains);
    }

    /**
     * Reads a template.
     *
     * @return empty if it needs the template engine
     */
    static Optional<StaticTemplate> read(String file, String text) {
        if (text.contains("{%") || text.contains("{#") || text.contains("%}") || text.contains("#}")) {
            return Optional.empty();
        }
        List<Part> parts = new ArrayList<>();
        int line = 1;
        int position = 0;
        while (true) {
            int open = text.indexOf("{{", position);
            String before = text.substring(position, open < 0 ? text.length() : open);
            if (before.contains("}}") || (open >= 0 && before.endsWith("{"))) {
                return Optional.empty();
            }
            parts.add(new Part.Text(before));
            if (open < 0) {
                return Optional.of(new StaticTemplate(file, parts));
            }
            line += lines(before);
            Reader reader = new Reader(text, open + 2);
            Optional<Part.Call> call = reader.call(line);
            if (call.isEmpty() || !reader.skips("}}")) {
                return Optional.empty();
            }
            parts.add(call.get());
            line += lines(text.substring(open, reader.position));
            position = reader.position;
        }
    }

    private static int lines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    /** @param scope knows what the functions do */
    String render(Scope scope) {
        StringBuilder rendered = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> rendered.append(text.text());
                case Part.Call call -> rendered.append(PythonText.of(value(call, scope)));
            }
        }
        return rendered.toString();
    }

    /** What the only call in the template gives, if there is nothing but that one. */
    Optional<Object> value(Scope scope) {
        return parts.size() == 3
                        && parts.get(1) instanceof Part.Call call
                        && parts.getFirst().equals(new Part.Text(""))
                        && parts.getLast().equals(new Part.Text(""))
                ? Optional.ofNullable(value(call, scope))
                : Optional.empty();
    }

    private @Nullable Object value(Part.Call call, Scope scope) {
        TemplateFunction function = scope.function(call.function()).orElseThrow();
        return function.call(
                new Arguments(new Location(file, call.line()), call.function(), call.positional(), call.named()));
    }

    /** Reads a call; each method moves on only if it finds what it looks for. */
    private static final class Reader {
        private final String text;
        private int position;

        Reader(String text, int position) {
            this.text = text;
            this.position = position;
        }

        Optional<Part.Call> call(int line) {
            Optional<String> function = word();
            if (function.filter(FUNCTIONS::contains).isEmpty() || !skips("(")) {
                return Optional.empty();
            }
            List<@Nullable Object> positional = new ArrayList<>();
            Map<String, @Nullable Object> named = new LinkedHashMap<>();
            while (!skips(")")) {
                Optional<String> name = name();
                Optional<Object> value = literal();
                boolean isInOrder = name.isPresent() || named.isEmpty();
                boolean isNew = name.isEmpty() || !named.containsKey(name.get());
                if (value.isEmpty() || !isInOrder || !isNew) {
                    return Optional.empty();
                }
                if (name.isPresent()) {
                    named.put(name.get(), value.get());
                } else {
                    positional.add(value.get());
                }
                if (!skips(",")) {
                    if (!skips(")")) {
                        return Optional.empty();
                    }
                    break;
                }
            }
            return Optional.of(new Part.Call(line, function.get(), positional, named));
        }

        boolean skips(String token) {
            blanks();
            if (text.startsWith(token, position)) {
                position += token.length();
                return true;
            }
            return false;
        }

        private void blanks() {
            while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
                position++;
            }
        }

        private Optional<String> word() {
            blanks();
            int end = position;
            while (end < text.length() && isNamePart(text.charAt(end))) {
                end++;
            }
            if (end == position) {
                return Optional.empty();
            }
            String word = text.substring(position, end);
            position = end;
            return Optional.of(word);
        }

        private static boolean isNamePart(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        }

        /** {@code name=}. */
        private Optional<String> name() {
            int start = position;
            Optional<String> word = word();
            if (word.isPresent() && !Character.isDigit(word.get().charAt(0)) && skips("=")) {
                return word;
            }
            position = start;
            return Optional.empty();
        }

        private Optional<Object> literal() {
            blanks();
            char c = position < text.length() ? text.charAt(position) : ' ';
            if (c == '\'' || c == '"') {
                return string(c);
            }
            return c == '[' ? list() : scalar();
        }

        private Optional<Object> string(char quote) {
            int end = text.indexOf(quote, position + 1);
            String value = end < 0 ? "\\" : text.substring(position + 1, end);
            // Engines differ in what a backslash means, and in where a tag ends whose end stands in quotes.
            if (value.contains("\\") || value.contains("}}") || value.contains("{{")) {
                return Optional.empty();
            }
            position = end + 1;
            return Optional.of(value);
        }

        private Optional<Object> list() {
            position++;
            List<Object> items = new ArrayList<>();
            while (!skips("]")) {
                Optional<Object> item = literal();
                if (item.isEmpty()) {
                    return Optional.empty();
                }
                items.add(item.get());
                if (!skips(",")) {
                    if (!skips("]")) {
                        return Optional.empty();
                    }
                    break;
                }
            }
            return Optional.of(items);
        }

        private Optional<Object> scalar() {
            return word().flatMap(word -> switch (word) {
                case "true", "True" -> Optional.of(true);
                case "false", "False" -> Optional.of(false);
                default ->
                    word.matches("0|[1-9]\\d{0,17}") ? Optional.<Object>of(Long.valueOf(word)) : Optional.empty();
            });
        }
    }
}
