package io.meterlake.compile.template;

import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import io.meterlake.project.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the macros in a parsed file. */
final class MacroReader {
    private static final Pattern SIGNATURE = Pattern.compile("\\s*([A-Za-z_]\\w*)\\s*\\((.*)\\)\\s*", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    private MacroReader() {}

    static List<Macro> read(Template template) {
        List<Macro> macros = new ArrayList<>();
        for (Node node : template.root().getChildren()) {
            if (node instanceof TagNode tag) {
                switch (tag.getName()) {
                    case "macro" -> macros.add(macro("", tag, template.file()));
                    case "test", "data_test" -> macros.add(macro("test_", tag, template.file()));
                    case "materialization" ->
                        throw new TemplateFailure(
                                new Location(template.file(), tag.getLineNumber()),
                                "materializations of your own are not supported yet");
                    default -> {
                        // Comments' neighbours: a set or an if outside of a macro does nothing for others.
                    }
                }
            }
        }
        return macros;
    }

    private static Macro macro(String prefix, TagNode tag, String file) {
        Location location = new Location(file, tag.getLineNumber());
        Matcher signature = SIGNATURE.matcher(tag.getHelpers());
        if (!signature.matches()) {
            throw new TemplateFailure(
                    location,
                    "cannot read '%s %s': expected a name and parameters in parentheses"
                            .formatted(tag.getName(), tag.getHelpers().strip()));
        }
        List<Macro.Parameter> parameters = new ArrayList<>();
        for (String part : split(signature.group(2))) {
            int equals = part.indexOf('=');
            String name = (equals < 0 ? part : part.substring(0, equals)).strip();
            if (!NAME.matcher(name).matches()) {
                throw new TemplateFailure(location, "cannot read parameter '%s'".formatted(part.strip()));
            }
            Optional<String> standard = equals < 0
                    ? Optional.empty()
                    : Optional.of(part.substring(equals + 1).strip());
            parameters.add(new Macro.Parameter(name, standard));
        }
        String image = tag.reconstructImage();
        boolean takesAnything = image.contains("kwargs") || image.contains("varargs");
        return new Macro(prefix + signature.group(1), location, parameters, tag.getChildren(), takesAnything);
    }

    /** Splits at commas outside of quotes and brackets. */
    private static List<String> split(String list) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        char quote = 0;
        int start = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (quote != 0) {
                quote = c == quote && list.charAt(i - 1) != '\\' ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(list.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(list.substring(start));
        return parts.stream().filter(part -> !part.isBlank()).toList();
    }
}
