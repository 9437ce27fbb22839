package io.meterlake.dashboard.metabase;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A property that is not the same on both sides; an empty text is none. */
public record Difference(String property, String onServer, String inFiles) {
    static List<Difference> between(Map<String, String> server, Map<String, String> files) {
        Set<String> names = new LinkedHashSet<>(files.keySet());
        names.addAll(server.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String name : names) {
            String here = files.getOrDefault(name, "");
            String there = server.getOrDefault(name, "");
            if (!here.equals(there)) {
                differences.add(new Difference(name, there, here));
            }
        }
        return differences;
    }
}
