package io.meterlake.freshness;

import io.meterlake.compile.CompiledNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How old a source's newest row may be.
 *
 * @param filter a condition that the rows must meet which count; not used with {@code loadedAtQuery}
 * @param loadedAtField SQL that says of a row when it was loaded
 * @param loadedAtQuery a query whose one value is when the newest was
 */
public record FreshnessRule(
        Optional<Threshold> warnAfter,
        Optional<Threshold> errorAfter,
        Optional<String> filter,
        Optional<String> loadedAtField,
        Optional<String> loadedAtQuery) {

    /** An age that is still all right. */
    public record Threshold(long count, Period period) {
        Duration age() {
            return switch (period) {
                case MINUTE -> Duration.ofMinutes(count);
                case HOUR -> Duration.ofHours(count);
                case DAY -> Duration.ofDays(count);
            };
        }
    }

    /** What ages are counted in. */
    public enum Period {
        MINUTE,
        HOUR,
        DAY;

        /** As in dbt's files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A source's rule; empty if it has no threshold. */
    public static Optional<FreshnessRule> of(CompiledNode.Source source) {
        if (!(source.config().values().get("freshness") instanceof Map<?, ?> freshness)) {
            return Optional.empty();
        }
        FreshnessRule rule = new FreshnessRule(
                threshold(freshness.get("warn_after")),
                threshold(freshness.get("error_after")),
                text(freshness.get("filter")),
                source.config().text("loaded_at_field"),
                source.config().text("loaded_at_query"));
        return rule.warnAfter.isEmpty() && rule.errorAfter.isEmpty() ? Optional.empty() : Optional.of(rule);
    }

    private static Optional<Threshold> threshold(@Nullable Object written) {
        return written instanceof Map<?, ?> map
                        && map.get("count") instanceof Number count
                        && map.get("period") instanceof String period
                ? Optional.of(new Threshold(count.longValue(), Period.valueOf(period.toUpperCase(Locale.ROOT))))
                : Optional.empty();
    }

    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    FreshnessStatus status(Duration age) {
        if (exceeds(age, errorAfter)) {
            return FreshnessStatus.ERROR;
        }
        return exceeds(age, warnAfter) ? FreshnessStatus.WARN : FreshnessStatus.PASS;
    }

    private static boolean exceeds(Duration age, Optional<Threshold> threshold) {
        return threshold.filter(allowed -> age.compareTo(allowed.age()) > 0).isPresent();
    }
}
