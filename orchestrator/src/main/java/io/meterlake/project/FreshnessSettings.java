package io.meterlake.project;

import static io.meterlake.error.DidYouMean.question;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a source's entries say of its freshness, put together as dbt does: the table's goes before the source's, key by
 * key, and a key without a value takes away what was said before.
 */
final class FreshnessSettings {
    private static final String FRESHNESS = "freshness";
    private static final String FIELD = "loaded_at_field";
    private static final String QUERY = "loaded_at_query";
    private static final List<String> THRESHOLDS = List.of("warn_after", "error_after");
    private static final List<String> PERIODS = List.of("minute", "hour", "day");

    private final Problems problems;

    FreshnessSettings(Problems problems) {
        this.problems = problems;
    }

    /**
     * A source's settings with those of its freshness among them.
     *
     * @param config of the table, all layers merged
     * @param source the entry that has the tables
     * @param table the table's entry
     */
    Map<String, Object> in(Map<String, Object> config, YamlMapping source, YamlMapping table) {
        Map<String, Object> settings = new LinkedHashMap<>(config);
        List<YamlMapping> sourceLevel = levels(source);
        List<YamlMapping> tableLevel = levels(table);
        if (says(sourceLevel, FRESHNESS) || says(tableLevel, FRESHNESS)) {
            put(settings, FRESHNESS, freshness(sourceLevel, tableLevel));
        }
        refuseBoth(sourceLevel);
        refuseBoth(tableLevel);
        boolean ownField = says(tableLevel, FIELD);
        boolean ownQuery = says(tableLevel, QUERY);
        if (ownField || ownQuery || says(sourceLevel, FIELD) || says(sourceLevel, QUERY)) {
            put(settings, FIELD, ownField || ownQuery ? text(tableLevel, FIELD) : text(sourceLevel, FIELD));
            put(settings, QUERY, ownField || ownQuery ? text(tableLevel, QUERY) : text(sourceLevel, QUERY));
        }
        return settings;
    }

    /** Beside {@code config:}, as older files have it, and in it. */
    private static List<YamlMapping> levels(YamlMapping entry) {
        return entry.isMapping("config")
                ? List.of(entry, entry.mapping("config").orElseThrow())
                : List.of(entry);
    }

    private static boolean says(List<YamlMapping> levels, String key) {
        return levels.stream().anyMatch(level -> level.keys().contains(key));
    }

    private static @Nullable String text(List<YamlMapping> levels, String key) {
        return levels.stream()
                .flatMap(level -> level.text(key).stream())
                .findFirst()
                .orElse(null);
    }

    private static void put(Map<String, Object> settings, String key, @Nullable Object value) {
        if (value == null) {
            settings.remove(key);
        } else {
            settings.put(key, value);
        }
    }

    private void refuseBoth(List<YamlMapping> levels) {
        if (text(levels, FIELD) != null && text(levels, QUERY) != null) {
            problems.add(
                    levels.getFirst().location(),
                    "loaded_at_field and loaded_at_query are both there; only one of them can say when rows were loaded");
        }
    }

    /** {@code {warn_after: {count, period}, error_after: …, filter}}, each key there as in dbt's manifest; null if off. */
    private @Nullable Map<String, @Nullable Object> freshness(
            List<YamlMapping> sourceLevel, List<YamlMapping> tableLevel) {
        Map<String, @Nullable Object> merged = null;
        boolean off = false;
        for (List<YamlMapping> levels : List.of(sourceLevel, tableLevel)) {
            for (YamlMapping level : levels) {
                if (!level.keys().contains(FRESHNESS)) {
                    continue;
                }
                Optional<YamlMapping> written = level.mapping(FRESHNESS);
                off = written.isEmpty();
                merged = off ? null : merged(merged, written.orElseThrow());
            }
        }
        if (off || merged == null) {
            return null;
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        for (String threshold : THRESHOLDS) {
            all.put(threshold, merged.containsKey(threshold) ? merged.get(threshold) : counted(null, null));
        }
        all.put("filter", merged.get("filter"));
        return all;
    }

    private Map<String, @Nullable Object> merged(@Nullable Map<String, @Nullable Object> under, YamlMapping over) {
        over.refuseUnknownKeys(FRESHNESS, Set.of("warn_after", "error_after", "filter"));
        Map<String, @Nullable Object> merged = under == null ? new LinkedHashMap<>() : new LinkedHashMap<>(under);
        for (String key : THRESHOLDS) {
            if (over.keys().contains(key)) {
                Object earlier = merged.get(key);
                merged.put(
                        key,
                        over.mapping(key)
                                .map(written -> threshold(written, earlier))
                                .orElse(null));
            }
        }
        if (over.keys().contains("filter")) {
            merged.put("filter", over.text("filter").orElse(null));
        }
        return merged;
    }

    private Map<String, @Nullable Object> threshold(YamlMapping written, @Nullable Object earlier) {
        written.refuseUnknownKeys("a threshold of freshness", Set.of("count", "period"));
        Map<?, ?> under = earlier instanceof Map<?, ?> map ? map : Map.of();
        Object count = under.get("count");
        Object period = under.get("period");
        if (written.has("count")) {
            count = written.value("count").orElse(null);
            if (!(count instanceof Integer number) || number < 0) {
                problems.add(written.location("count"), "count: '%s' is not a whole number".formatted(count));
            }
        }
        if (written.has("period")) {
            String word = written.text("period").orElse("");
            period = word;
            if (!PERIODS.contains(word)) {
                problems.add(
                        written.location("period"),
                        "period: '%s' is not minute, hour or day%s".formatted(word, question(word, PERIODS)));
            }
        }
        if ((count == null) != (period == null)) {
            problems.add(written.location(), "a threshold of freshness needs count and period");
        }
        return counted(count, period);
    }

    private static Map<String, @Nullable Object> counted(@Nullable Object count, @Nullable Object period) {
        Map<String, @Nullable Object> threshold = new LinkedHashMap<>();
        threshold.put("count", count);
        threshold.put("period", period);
        return threshold;
    }
}
