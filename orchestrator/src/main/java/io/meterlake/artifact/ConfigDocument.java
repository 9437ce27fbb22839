package io.meterlake.artifact;

import io.meterlake.compile.CompiledNode;
import io.meterlake.project.ResourceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node's settings with dbt's keys: what is not set has dbt's default, since readers expect every key. */
final class ConfigDocument {
    private ConfigDocument() {}

    static Map<String, @Nullable Object> of(CompiledNode node) {
        Map<String, @Nullable Object> config = defaults(node.resourceType());
        node.config().values().forEach((key, value) -> config.put(key, typed(key, value, config.get(key))));
        config.put("enabled", node.config().enabled());
        config.put("tags", node.config().tags());
        config.put("meta", node.config().meta());
        if (node instanceof CompiledNode.Model model) {
            config.put("materialized", model.materialization().word());
        }
        return config;
    }

    /** The settings as they are written, templates in them left alone: what dbt compares two states by. */
    static Map<String, Object> unrendered(CompiledNode node) {
        Map<String, Object> written = new LinkedHashMap<>(node.config().values());
        node.resource().config().forEach((key, value) -> {
            if (value instanceof String text && text.contains("{{")) {
                written.put(key, value);
            }
        });
        return written;
    }

    private static Map<String, @Nullable Object> defaults(ResourceType type) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("enabled", true);
        if (type == ResourceType.SOURCE) {
            config.put("event_time", null);
            config.put("freshness", null);
            config.put("loaded_at_field", null);
            config.put("loaded_at_query", null);
            config.put("meta", Map.of());
            config.put("tags", List.of());
            return config;
        }
        if (type == ResourceType.UNIT_TEST || type == ResourceType.EXPOSURE) {
            config.put("tags", List.of());
            config.put("meta", Map.of());
            return config;
        }
        config.put("alias", null);
        config.put("schema", type == ResourceType.TEST ? "dbt_test__audit" : null);
        config.put("database", null);
        config.put("tags", List.of());
        config.put("meta", Map.of());
        config.put("group", null);
        switch (type) {
            case TEST -> test(config);
            case MODEL, ANALYSIS -> {
                built(config, "view");
                if (type == ResourceType.MODEL) {
                    config.put("access", "protected");
                    config.put("freshness", null);
                }
            }
            case SEED -> {
                built(config, "seed");
                config.put("delimiter", ",");
                config.put("quote_columns", null);
            }
            case SOURCE, UNIT_TEST, EXPOSURE -> throw new IllegalStateException(type + " has settings of its own");
        }
        return config;
    }

    private static void test(Map<String, @Nullable Object> config) {
        config.put("materialized", "test");
        config.put("severity", "ERROR");
        config.put("store_failures", null);
        config.put("store_failures_as", null);
        config.put("where", null);
        config.put("limit", null);
        config.put("fail_calc", "count(*)");
        config.put("warn_if", "!= 0");
        config.put("error_if", "!= 0");
    }

    private static void built(Map<String, @Nullable Object> config, String materialized) {
        config.put("materialized", materialized);
        config.put("incremental_strategy", null);
        config.put("batch_size", null);
        config.put("lookback", 1);
        config.put("begin", null);
        config.put("persist_docs", Map.of());
        config.put("post-hook", List.of());
        config.put("pre-hook", List.of());
        config.put("quoting", Map.of());
        config.put("column_types", Map.of());
        config.put("full_refresh", null);
        config.put("unique_key", null);
        config.put("on_schema_change", "ignore");
        config.put("on_configuration_change", "apply");
        config.put("grants", Map.of());
        config.put("packages", List.of());
        config.put("docs", docs());
        Map<String, Object> contract = new LinkedHashMap<>();
        contract.put("enforced", false);
        contract.put("alias_types", true);
        config.put("contract", contract);
        config.put("event_time", null);
        config.put("concurrent_batches", null);
    }

    /** How dbt's docs site shows a node: by default, as any other. */
    static Map<String, @Nullable Object> docs() {
        Map<String, @Nullable Object> docs = new LinkedHashMap<>();
        docs.put("show", true);
        docs.put("node_color", null);
        return docs;
    }

    /** A value as dbt's schema has it, where a template or a careless hand gives another form of it. */
    private static @Nullable Object typed(String key, Object value, @Nullable Object standard) {
        return switch (key) {
            case "full_refresh", "store_failures", "concurrent_batches" ->
                value instanceof String text ? Boolean.valueOf(text) : value;
            case "limit" -> value instanceof String text && text.matches("\\d{1,18}") ? Long.valueOf(text) : value;
            case "docs", "contract" -> {
                Map<Object, @Nullable Object> merged = new LinkedHashMap<>();
                if (standard instanceof Map<?, ?> low) {
                    merged.putAll(low);
                }
                if (value instanceof Map<?, ?> high) {
                    merged.putAll(high);
                }
                yield merged;
            }
            default -> value;
        };
    }
}
