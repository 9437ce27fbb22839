package io.meterlake.compile.determinism;

import java.util.Set;

/** What is known of Trino's functions by their names. */
final class Functions {
    /** Another value on each call. */
    static final Set<String> RANDOM = Set.of("random", "rand", "uuid", "shuffle");

    /** The clock. */
    static final Set<String> CLOCK = Set.of("now");

    /** Who asks, and with which session. */
    static final Set<String> SESSION = Set.of("current_groups", "current_timezone", "version");

    /** Sketches, and samples of what they saw. */
    static final Set<String> SKETCHES = Set.of(
            "numeric_histogram",
            "tdigest_agg",
            "qdigest_agg",
            "make_set_digest",
            "merge_set_digest",
            "evaluate_classifier_predictions");

    static final Set<String> ANY_ROW = Set.of("arbitrary", "any_value");

    static final Set<String> EXTREME_ROW = Set.of("max_by", "min_by");

    /** The order in which the rows come shows in the result; ORDER BY inside the call fixes it. */
    static final Set<String> ORDERED = Set.of(
            "array_agg",
            "listagg",
            "map_agg",
            "multimap_agg",
            "map_union",
            "histogram",
            "set_agg",
            "set_union",
            "reduce_agg");

    /** Around an array whose order is left open: what these say of it is the same in any order. */
    static final Set<String> ORDER_FREE = Set.of("array_sort", "cardinality", "array_max", "array_min", "contains");

    /** The place of a row among those equal in the order decides. */
    static final Set<String> PLACED =
            Set.of("row_number", "ntile", "lag", "lead", "first_value", "last_value", "nth_value");

    /** Added up in DOUBLE whatever goes in. */
    static final Set<String> FLOATING_AGGREGATES = Set.of(
            "stddev",
            "stddev_pop",
            "stddev_samp",
            "variance",
            "var_pop",
            "var_samp",
            "corr",
            "covar_pop",
            "covar_samp",
            "regr_avgx",
            "regr_avgy",
            "regr_r2",
            "regr_slope",
            "regr_intercept",
            "regr_sxx",
            "regr_sxy",
            "regr_syy",
            "skewness",
            "kurtosis",
            "geometric_mean",
            "entropy");

    /** Exact if what goes in is. */
    static final Set<String> SUMS = Set.of("sum", "avg");

    /** A DOUBLE comes out whatever goes in. */
    static final Set<String> DOUBLE_VALUED = Set.of(
            "sqrt",
            "cbrt",
            "exp",
            "ln",
            "log",
            "log2",
            "log10",
            "power",
            "pow",
            "random",
            "rand",
            "pi",
            "e",
            "nan",
            "infinity",
            "sin",
            "sinh",
            "cos",
            "cosh",
            "tan",
            "tanh",
            "asin",
            "acos",
            "atan",
            "atan2",
            "degrees",
            "radians",
            "to_unixtime",
            "cosine_similarity",
            "cosine_distance",
            "euclidean_distance",
            "dot_product",
            "normal_cdf",
            "inverse_normal_cdf",
            "beta_cdf",
            "inverse_beta_cdf",
            "t_cdf",
            "t_pdf",
            "wilson_interval_lower",
            "wilson_interval_upper",
            "great_circle_distance",
            "st_area",
            "st_distance",
            "st_length",
            "st_perimeter",
            "st_x",
            "st_y",
            "st_xmin",
            "st_xmax",
            "st_ymin",
            "st_ymax",
            "line_locate_point",
            "value_at_quantile");

    /** What comes out is of the type that goes in. */
    static final Set<String> TYPE_KEEPING = Set.of(
            "abs",
            "ceil",
            "ceiling",
            "floor",
            "round",
            "truncate",
            "mod",
            "greatest",
            "least",
            "sum",
            "avg",
            "min",
            "max",
            "arbitrary",
            "any_value",
            "lag",
            "lead",
            "first_value",
            "last_value",
            "nth_value",
            "max_by",
            "min_by");

    /** Their result is a time in the session's zone. */
    static final Set<String> SESSION_ZONE = Set.of("from_iso8601_timestamp", "from_iso8601_timestamp_nanos");

    /** One row out of many; what makes a query without GROUP BY have one row. */
    static boolean isAggregate(String name) {
        return FLOATING_AGGREGATES.contains(name)
                || SUMS.contains(name)
                || ORDERED.contains(name)
                || EXTREME_ROW.contains(name)
                || ANY_ROW.contains(name)
                || SKETCHES.contains(name)
                || name.startsWith("approx_")
                || Set.of("count", "count_if", "min", "max", "bool_and", "bool_or", "every", "checksum")
                        .contains(name);
    }

    private Functions() {}
}
