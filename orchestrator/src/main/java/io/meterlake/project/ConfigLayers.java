package io.meterlake.project;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** How settings from several places become one: the later place wins, tags add up, maps merge by key. */
public final class ConfigLayers {
    private ConfigLayers() {}

    /** The settings of two places, {@code over} being the nearer one. Neither is changed. */
    public static Map<String, Object> merge(Map<String, Object> under, Map<String, Object> over) {
        if (over.isEmpty()) {
            return under;
        }
        Map<String, Object> merged = new LinkedHashMap<>(under);
        over.forEach((key, value) -> merged.merge(key, value, (low, high) -> mergeValue(key, low, high)));
        return merged;
    }

    private static Object mergeValue(String key, Object low, Object high) {
        return switch (key) {
            case "tags" -> {
                TreeSet<String> tags = new TreeSet<>(tags(low));
                tags.addAll(tags(high));
                yield List.copyOf(tags);
            }
            case "meta", "column_types" -> {
                if (low instanceof Map<?, ?> lowMap && high instanceof Map<?, ?> highMap) {
                    Map<Object, Object> map = new LinkedHashMap<>(lowMap);
                    map.putAll(highMap);
                    yield map;
                }
                yield high;
            }
            default -> high;
        };
    }

    /** Tags as written, one text or a list, as a sorted list. */
    public static List<String> tags(Object written) {
        if (written instanceof Collection<?> many) {
            return many.stream().map(String::valueOf).distinct().sorted().toList();
        }
        return List.of(written.toString());
    }
}
