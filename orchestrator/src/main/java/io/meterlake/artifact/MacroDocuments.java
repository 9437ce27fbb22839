package io.meterlake.artifact;

import io.meterlake.project.MacroFile;
import io.meterlake.project.Project;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The project's own macros and generic tests, each with its text. */
final class MacroDocuments {
    /** A macro from its opening tag to its closing one, or a comment, which may hold one that is not meant. */
    private static final Pattern MACRO = Pattern.compile(
            "(?s)\\{#.*?#}|(?<text>\\{%-?\\s*(?<kind>macro|test|data_test)\\s+(?<name>\\w+)\\s*\\(.*?\\{%-?\\s*end\\k<kind>\\s*-?%})");

    private MacroDocuments() {}

    /**
     * A macro as it is written.
     *
     * @param file relative to the project folder
     */
    record MacroText(String file, String text) {}

    /** By name; a generic test's begins with {@code test_}. */
    static SortedMap<String, MacroText> texts(Project project) {
        SortedMap<String, MacroText> texts = new TreeMap<>();
        for (MacroFile file : project.macroFiles()) {
            Matcher matcher = MACRO.matcher(file.text());
            while (matcher.find()) {
                if (matcher.group("text") != null) {
                    String name = (matcher.group("kind").equals("macro") ? "" : "test_") + matcher.group("name");
                    texts.put(name, new MacroText(file.file(), matcher.group("text")));
                }
            }
        }
        return texts;
    }

    static String id(Project project, String name) {
        return "macro." + project.name() + "." + name;
    }

    /** By unique id, such as {@code macro.shop.test_is_even}. */
    static SortedMap<String, Object> of(Project project, MacroCalls calls, double createdAt) {
        SortedMap<String, Object> macros = new TreeMap<>();
        texts(project).forEach((name, text) -> {
            String id = id(project, name);
            List<String> called = new ArrayList<>(calls.in(text.text()));
            // Its own declaration looks like a call.
            called.remove(id);
            macros.put(id, macro(project, name, text, called, createdAt));
        });
        return macros;
    }

    private static Map<String, @Nullable Object> macro(
            Project project, String name, MacroText text, List<String> called, double createdAt) {
        Map<String, @Nullable Object> macro = new LinkedHashMap<>();
        macro.put("name", name);
        macro.put("resource_type", "macro");
        macro.put("package_name", project.name());
        macro.put("path", text.file());
        macro.put("original_file_path", text.file());
        macro.put("unique_id", id(project, name));
        macro.put("macro_sql", text.text());
        macro.put("depends_on", Map.of("macros", called));
        macro.put("description", "");
        macro.put("meta", Map.of());
        macro.put("docs", ConfigDocument.docs());
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("meta", Map.of());
        config.put("docs", ConfigDocument.docs());
        macro.put("config", config);
        macro.put("patch_path", null);
        macro.put("arguments", List.of());
        macro.put("created_at", createdAt);
        macro.put("supported_languages", null);
        return macro;
    }
}
