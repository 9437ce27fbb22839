package io.meterlake.artifact;

import io.meterlake.project.Project;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which of the project's own macros a template calls, found in its text as dbt finds them: whether a call is reached when
 * the template is rendered plays no part.
 */
final class MacroCalls {
    private static final Pattern TAG = Pattern.compile("(?s)\\{#.*?#}|(?<code>\\{\\{.*?}}|\\{%.*?%})");
    private static final Pattern CALL = Pattern.compile("(?<![.\\w])(?<name>[A-Za-z_]\\w*)\\s*\\(");

    private final Map<String, String> idByName;

    MacroCalls(Project project) {
        this.idByName = MacroDocuments.texts(project).keySet().stream()
                .collect(Collectors.toMap(name -> name, name -> MacroDocuments.id(project, name)));
    }

    /** The unique ids of the macros that a text calls, sorted. */
    List<String> in(String text) {
        Set<String> called = new TreeSet<>();
        Matcher tag = TAG.matcher(text);
        while (tag.find()) {
            if (tag.group("code") != null) {
                Matcher call = CALL.matcher(tag.group("code"));
                while (call.find()) {
                    String id = idByName.get(call.group("name"));
                    if (id != null) {
                        called.add(id);
                    }
                }
            }
        }
        return List.copyOf(called);
    }
}
