package io.meterlake.compile;

import io.meterlake.error.DidYouMean;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of an incremental model, with dbt's names.
 *
 * @param partitionedBy the columns of {@code properties: {partitioned_by: "array['reading_date']"}}, in their order
 * @param eventTime the column with the day of a row; empty but for {@link IncrementalStrategy#MICROBATCH}
 * @param lookback so many days after a changed one may depend on it
 * @param firstDay its {@code begin}; {@link LocalDate#MIN} but for {@link IncrementalStrategy#MICROBATCH}
 */
public record IncrementalConfig(
        IncrementalStrategy strategy, List<String> partitionedBy, String eventTime, int lookback, LocalDate firstDay) {
    private static final Pattern NAME = Pattern.compile("'([^']+)'");
    private static final String IN_PLACE = "merge|delete\\+insert";

    public IncrementalConfig {
        partitionedBy = List.copyOf(partitionedBy);
    }

    /** The settings of a model that was compiled as incremental. */
    public static IncrementalConfig of(NodeConfig config) {
        return read(config, (key, problem) -> {});
    }

    /** @param problems gets what is wrong, by the setting that is to be mended */
    static IncrementalConfig read(NodeConfig config, BiConsumer<String, String> problems) {
        IncrementalStrategy strategy = strategy(config, problems);
        List<String> partitionedBy = partitionedBy(config);
        String eventTime =
                strategy == IncrementalStrategy.MICROBATCH ? eventTime(config).toLowerCase(Locale.ROOT) : "";
        switch (strategy) {
            case APPEND -> {
                // Takes any table.
            }
            case INSERT_OVERWRITE -> {
                if (partitionedBy.isEmpty()) {
                    problems.accept(
                            "incremental_strategy",
                            "incremental_strategy 'insert_overwrite' replaces partitions, and the table has none: set"
                                    + " properties to {partitioned_by: \"array['reading_date']\"}");
                }
            }
            case MICROBATCH -> checkDays(config, eventTime, partitionedBy, problems);
        }
        return new IncrementalConfig(
                strategy,
                partitionedBy,
                eventTime,
                lookback(config, problems),
                begin(config.values()).orElse(LocalDate.MIN));
    }

    private static IncrementalStrategy strategy(NodeConfig config, BiConsumer<String, String> problems) {
        String word = config.text("incremental_strategy").orElse(IncrementalStrategy.APPEND.word());
        Optional<IncrementalStrategy> strategy = IncrementalStrategy.of(word);
        if (strategy.isEmpty()) {
            List<String> words = IncrementalStrategy.words();
            problems.accept(
                    "incremental_strategy",
                    word.matches(IN_PLACE)
                            ? "incremental_strategy '%s' changes rows in place, which Trino's Hive tables cannot; use %s"
                                    .formatted(word, String.join(", ", words))
                            : "incremental_strategy '%s' does not exist%s"
                                    .formatted(word, DidYouMean.question(word, words)));
        }
        return strategy.orElse(IncrementalStrategy.APPEND);
    }

    private static List<String> partitionedBy(NodeConfig config) {
        List<String> columns = new ArrayList<>();
        if (config.values().get("properties") instanceof Map<?, ?> properties) {
            Matcher name = NAME.matcher(String.valueOf(properties.get("partitioned_by")));
            while (name.find()) {
                // As Trino stores them, whatever the author wrote.
                columns.add(name.group(1).toLowerCase(Locale.ROOT));
            }
        }
        return columns;
    }

    /** The column with the day of a row; empty if none is set. */
    static String eventTime(NodeConfig config) {
        return config.text("event_time").orElse("");
    }

    private static void checkDays(
            NodeConfig config, String eventTime, List<String> partitionedBy, BiConsumer<String, String> problems) {
        if (eventTime.isEmpty()) {
            problems.accept(
                    "incremental_strategy",
                    "incremental_strategy 'microbatch' needs event_time, the column with the day of a row");
        } else if (!partitionedBy.contains(eventTime)) {
            problems.accept(
                    "incremental_strategy",
                    "incremental_strategy 'microbatch' replaces days, and the table is not partitioned by them: set"
                            + " properties to {partitioned_by: \"array['%s']\"}".formatted(eventTime));
        }
        String size = config.text("batch_size").orElse("");
        if (!size.equals("day")) {
            problems.accept(
                    "batch_size",
                    size.isEmpty()
                            ? "incremental_strategy 'microbatch' needs batch_size: day"
                            : "batch_size '%s' is not supported; there is day".formatted(size));
        }
        if (begin(config.values()).isEmpty()) {
            problems.accept(
                    "begin", "incremental_strategy 'microbatch' needs begin, its first day, such as '2026-01-01'");
        }
    }

    private static int lookback(NodeConfig config, BiConsumer<String, String> problems) {
        String written = config.text("lookback").orElse("1");
        if (!written.matches("\\d{1,4}")) {
            problems.accept("lookback", "lookback '%s' is not a number of days".formatted(written));
            return 1;
        }
        return Integer.parseInt(written);
    }

    /** The first day that a microbatch model has; nothing of another model, or if it cannot be read. */
    static Optional<LocalDate> begin(Map<String, ?> config) {
        boolean isMicrobatch = "incremental".equals(config.get("materialized"))
                && IncrementalStrategy.MICROBATCH.word().equals(config.get("incremental_strategy"));
        String written = String.valueOf(config.get("begin"));
        if (!isMicrobatch || written.length() < DAY_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(written.substring(0, DAY_LENGTH)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static final int DAY_LENGTH = 10;
}
