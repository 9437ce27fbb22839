package io.meterlake.project;

import static io.meterlake.error.DidYouMean.question;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which settings a node may have, and which of dbt's are refused because leaving them out would change a result. */
public final class ConfigKeys {
    private static final Set<String> COMMON =
            Set.of("enabled", "tags", "meta", "description", "docs", "group", "schema", "database", "alias");

    /** dbt's settings for models that are used, or that change no result when they are not. */
    private static final Set<String> MODEL = Set.of(
            "materialized",
            "access",
            "batch_size",
            "begin",
            "event_time",
            "concurrent_batches",
            "full_refresh",
            "incremental_strategy",
            "lookback",
            "on_configuration_change",
            "on_schema_change",
            "on_table_exists",
            "persist_docs",
            "properties",
            "quoting",
            "unique_key",
            "views_enabled",
            "view_security",
            "contract",
            "static_analysis");

    private static final Set<String> SEED =
            Set.of("column_types", "delimiter", "quote_columns", "full_refresh", "persist_docs", "event_time");
    private static final Set<String> TEST = Set.of(
            "severity", "warn_if", "error_if", "fail_calc", "limit", "where", "store_failures", "store_failures_as");
    private static final Set<String> SOURCE =
            Set.of("freshness", "loaded_at_field", "loaded_at_query", "event_time", "loader");

    /** Leaving these out would change what is built or who may read it. */
    private static final Map<String, String> NOT_YET = Map.of(
            "pre_hook", "hooks",
            "pre-hook", "hooks",
            "post_hook", "hooks",
            "post-hook", "hooks",
            "sql_header", "SQL headers",
            "grants", "grants",
            "packages", "packages of Python models");

    /** Settings that other adapters of dbt read, and its adapter of Trino does not. */
    private static final Set<String> OF_OTHER_ADAPTERS = Set.of(
            "auto_refresh",
            "automatic_clustering",
            "backup",
            "bind",
            "buckets",
            "cluster_by",
            "clustered_by",
            "copy_grants",
            "dist",
            "file_format",
            "hours_to_expiration",
            "indexes",
            "kms_key_name",
            "labels",
            "location_root",
            "partition_by",
            "query_tag",
            "require_partition_filter",
            "secure",
            "snowflake_warehouse",
            "sort",
            "sort_type",
            "target_lag",
            "tblproperties",
            "transient",
            "unlogged");

    private ConfigKeys() {}

    /**
     * Adds what is wrong with a setting, or doubtful.
     *
     * @param key without the {@code +}
     */
    public static void check(ResourceType type, String key, Object value, Location location, Problems problems) {
        problem(type, key, value).ifPresent(problem -> problems.add(location, problem));
        if (OF_OTHER_ADAPTERS.contains(key)) {
            problems.warn(location, "config %s is for another database than Trino, and does nothing".formatted(key));
        }
    }

    private static Optional<String> problem(ResourceType type, String key, Object value) {
        Collection<String> known = known(type);
        String notYet = NOT_YET.get(key);
        if (notYet != null) {
            return Optional.of("config %s: %s are not supported yet".formatted(key, notYet));
        }
        if (!known.contains(key) && !OF_OTHER_ADAPTERS.contains(key)) {
            return Optional.of("unknown config %s of a %s%s; settings of your own belong under meta"
                    .formatted(key, type.word(), question(key, known)));
        }
        if (key.equals("store_failures") && isTrue(value)) {
            return Optional.of("config store_failures: storing failures is not supported yet");
        }
        return Optional.empty();
    }

    private static boolean isTrue(@org.jspecify.annotations.Nullable Object value) {
        return value != null && value.toString().equalsIgnoreCase("true");
    }

    /** The settings that may be there, sorted. */
    static Collection<String> known(ResourceType type) {
        Set<String> known = new TreeSet<>(COMMON);
        known.addAll(
                switch (type) {
                    case MODEL, ANALYSIS -> MODEL;
                    case SEED -> SEED;
                    case TEST -> TEST;
                    case UNIT_TEST -> Set.of("static_analysis");
                    case EXPOSURE -> Set.of();
                    case SOURCE -> SOURCE;
                });
        return known;
    }
}
