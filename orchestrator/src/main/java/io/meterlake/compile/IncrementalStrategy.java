package io.meterlake.compile;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How an incremental build comes from the earlier one. */
public enum IncrementalStrategy {
    /** The earlier rows and those of the SQL; dbt-trino's default. */
    APPEND,
    /** The rows of the SQL, and the earlier partitions of which it gave no row. */
    INSERT_OVERWRITE,
    /** The days whose inputs changed by the SQL, all others as they were. */
    MICROBATCH;

    /** As written in {@code incremental_strategy}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(IncrementalStrategy::word).toList();
    }

    static Optional<IncrementalStrategy> of(String word) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
