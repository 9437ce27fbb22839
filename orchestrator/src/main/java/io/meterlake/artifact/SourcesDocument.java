package io.meterlake.artifact;

import io.meterlake.compile.CompileOptions;
import io.meterlake.freshness.FreshnessResult;
import io.meterlake.freshness.FreshnessRule;
import io.meterlake.freshness.SourceAge;
import io.meterlake.json.JsonDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** sources.json, version 3: how old each source is. */
public final class SourcesDocument {
    private SourcesDocument() {}

    /**
     * The document.
     *
     * @param generated when it is made
     */
    public static String of(
            CompileOptions options, Invocation invocation, FreshnessResult freshness, Instant generated) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("metadata", invocation.metadata("sources/v3", options, generated));
        document.put(
                "results",
                freshness.sources().stream().map(SourcesDocument::result).toList());
        document.put("elapsed_time", seconds(freshness.elapsed()));
        return JsonDocuments.compact(document);
    }

    private static Map<String, Object> result(SourceAge age) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("unique_id", age.source().uniqueId());
        switch (age) {
            case SourceAge.Unknown unknown -> {
                document.put("error", unknown.message());
                document.put("status", unknown.status().word());
            }
            case SourceAge.Known known -> {
                document.put("max_loaded_at", Invocation.text(known.loadedAt()));
                document.put("snapshotted_at", Invocation.text(known.askedAt()));
                document.put("max_loaded_at_time_ago_in_s", seconds(known.age()));
                document.put("status", known.status().word());
                document.put("criteria", criteria(known.rule()));
                document.put("adapter_response", Map.of("_message", "SELECT", "query_id", known.queryId()));
                document.put(
                        "timing",
                        List.of(Map.of(
                                "name",
                                "execute",
                                "started_at",
                                Invocation.text(known.started()),
                                "completed_at",
                                Invocation.text(known.ended()))));
                document.put("thread_id", "Thread-1");
                document.put("execution_time", seconds(Duration.between(known.started(), known.ended())));
            }
        }
        return document;
    }

    private static Map<String, @Nullable Object> criteria(FreshnessRule rule) {
        Map<String, @Nullable Object> criteria = new LinkedHashMap<>();
        criteria.put("warn_after", threshold(rule.warnAfter()));
        criteria.put("error_after", threshold(rule.errorAfter()));
        criteria.put("filter", rule.filter().orElse(null));
        return criteria;
    }

    private static Map<String, @Nullable Object> threshold(Optional<FreshnessRule.Threshold> threshold) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("count", threshold.map(FreshnessRule.Threshold::count).orElse(null));
        document.put("period", threshold.map(allowed -> allowed.period().word()).orElse(null));
        return document;
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }
}
