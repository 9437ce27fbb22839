package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a plan does not compare, and the files have no words for: an export names it. */
final class Unsayable {
    private static final Set<String> TAG =
            Set.of("id", "name", "display-name", "type", "dimension", "widget-type", "required", "default");

    private Unsayable() {}

    static List<String> inCard(NativeQuery query) {
        List<String> found = new ArrayList<>();
        query.tags().forEach((name, tag) -> {
            for (String key : set(tag)) {
                if (!TAG.contains(key)) {
                    found.add("template tag %s has %s".formatted(name, key));
                }
            }
            if (tag.path("default").size() > 1) {
                found.add("template tag %s has several default values".formatted(name));
            }
        });
        return found;
    }

    static List<String> inDashboard(JsonNode raw) {
        List<String> found = new ArrayList<>();
        for (JsonNode one : raw.path("parameters")) {
            String name = "parameter " + one.path("slug").asText();
            if (one.path("default").size() > 1) {
                found.add(name + " has several default values");
            }
        }
        return found;
    }

    private static List<String> set(JsonNode object) {
        return object.properties().stream()
                .filter(one -> !CanonicalJson.value(one.getValue()).isEmpty())
                .map(one -> one.getKey())
                .toList();
    }
}
