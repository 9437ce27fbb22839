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

    /** By unique id, such as {@code macro.shop.test_is_even}. */
    static SortedMap<String, Object> of(Project project, double createdAt) {
        SortedMap<String, Object> macros = new TreeMap<>();
        for (MacroFile file : project.macroFiles()) {
            Matcher matcher = MACRO.matcher(file.text());
            while (matcher.find()) {
                if (matcher.group("text") != null) {
                    String name = (matcher.group("kind").equals("macro") ? "" : "test_") + matcher.group("name");
                    Map<String, @Nullable Object> macro =
                            macro(project.name(), name, file.file(), matcher.group("text"), createdAt);
                    macros.put(String.valueOf(macro.get("unique_id")), macro);
                }
            }
        }
        return macros;
    }

    private static Map<String, @Nullable Object> macro(
            String project, String name, String file, String text, double createdAt) {
        Map<String, @Nullable Object> macro = new LinkedHashMap<>();
        macro.put("name", name);
        macro.put("resource_type", "macro");
        macro.put("package_name", project);
        macro.put("path", file);
        macro.put("original_file_path", file);
        macro.put("unique_id", "macro." + project + "." + name);
        macro.put("macro_sql", text);
        macro.put("depends_on", Map.of("macros", List.of()));
        macro.put("description", "");
        macro.put("meta", Map.of());
        macro.put("docs", ConfigDocument.docs());
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("meta", Map.of());
        config.put("docs", ConfigDocument.docs());
        macro.put("config", config);
        macro.put("patch_path", null);
        macro.put("arguments", new ArrayList<>());
        macro.put("created_at", createdAt);
        macro.put("supported_languages", null);
        return macro;
    }
}
