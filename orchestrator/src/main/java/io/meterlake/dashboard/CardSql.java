package io.meterlake.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL in Metabase's template syntax: {@code {{tag}}} is a variable or a field filter, {@code [[and {{tag}}]]} is left out
 * unless each of its tags has a value. Neither nests. Within comments they are text.
 */
public final class CardSql {
    /** A piece of the SQL. */
    sealed interface Part {
        /** Text that goes to the engine as it is. */
        record Text(String sql) implements Part {}

        /** A variable or field filter. */
        record Tag(String name) implements Part {}

        /** What stands between {@code [[} and {@code ]]}. */
        record OptionalBlock(List<Part> parts) implements Part {}
    }

    private static final Pattern TOKEN = Pattern.compile("--[^\\n]*|\\{\\{\\s*([A-Za-z0-9_]+)\\s*}}|\\{\\{|\\[\\[|]]");

    private final String text;
    private final List<Part> parts;

    private CardSql(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads the syntax.
     *
     * @throws IllegalArgumentException saying what is wrong in which line
     */
    public static CardSql parse(String sql) {
        List<Part> outer = new ArrayList<>();
        List<Part> inner = new ArrayList<>();
        int opened = -1;
        int end = 0;
        Matcher token = TOKEN.matcher(sql);
        while (token.find()) {
            List<Part> current = opened < 0 ? outer : inner;
            if (token.group().startsWith("--")) {
                continue;
            }
            current.add(new Part.Text(sql.substring(end, token.start())));
            end = token.end();
            if (token.group(1) != null) {
                current.add(new Part.Tag(token.group(1)));
            } else if (token.group().equals("{{")) {
                throw wrong(sql, token.start(), "{{ is not followed by a name and }}");
            } else if (token.group().equals("[[")) {
                if (opened >= 0) {
                    throw wrong(sql, token.start(), "[[ within [[ … ]]");
                }
                opened = token.start();
                inner = new ArrayList<>();
            } else {
                if (opened < 0) {
                    throw wrong(sql, token.start(), "]] without [[");
                }
                if (inner.stream().noneMatch(Part.Tag.class::isInstance)) {
                    throw wrong(sql, opened, "[[ … ]] without a {{tag}} in it");
                }
                outer.add(new Part.OptionalBlock(List.copyOf(inner)));
                opened = -1;
            }
        }
        if (opened >= 0) {
            throw wrong(sql, opened, "[[ is never closed");
        }
        outer.add(new Part.Text(sql.substring(end)));
        return new CardSql(sql, outer);
    }

    /** As it is written. */
    public String text() {
        return text;
    }

    /** The names of its tags, in the order of their first use. */
    public Set<String> tags() {
        Set<String> names = new LinkedHashSet<>();
        collect(parts, names);
        return names;
    }

    /**
     * Puts values in.
     *
     * @param values by tag; a tag that has none takes its default
     * @throws io.meterlake.error.MeterlakeException {@code INVALID_PARAMETER} if a value is missing or of a wrong form
     */
    public BoundQuery bind(Map<String, TemplateTag> tags, Map<String, List<String>> values) {
        Binding binding = new Binding(tags, values);
        append(parts, binding);
        return binding.query();
    }

    private static void append(List<Part> parts, Binding binding) {
        for (Part part : parts) {
            switch (part) {
                case Part.Text(String sql) -> binding.text(sql);
                case Part.Tag(String name) -> binding.tag(name);
                case Part.OptionalBlock(List<Part> inside) -> {
                    if (inside.stream()
                            .allMatch(one -> !(one instanceof Part.Tag(String name)) || binding.hasValue(name))) {
                        append(inside, binding);
                    }
                }
            }
        }
    }

    private static void collect(List<Part> parts, Set<String> names) {
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> {}
                case Part.Tag(String name) -> names.add(name);
                case Part.OptionalBlock(List<Part> inside) -> collect(inside, names);
            }
        }
    }

    private static IllegalArgumentException wrong(String sql, int at, String what) {
        long line = sql.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
        return new IllegalArgumentException("line " + line + ": " + what);
    }
}
