package io.meterlake.project;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The type of a seed's column that declares none: the narrowest that takes all its values, as dbt-trino chooses. */
final class SeedTypes {
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIMESTAMP =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?");

    private SeedTypes() {}

    static String infer(List<List<@Nullable String>> rows, int column) {
        List<String> values = rows.stream()
                .map(row -> row.get(column))
                .filter(value -> value != null)
                .map(String::valueOf)
                .toList();
        if (values.isEmpty()) {
            return "varchar";
        }
        if (all(values, value -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false"))) {
            return "boolean";
        }
        if (all(values, WHOLE.asMatchPredicate())) {
            return "bigint";
        }
        if (all(values, NUMBER.asMatchPredicate())) {
            return "double";
        }
        if (all(values, DATE.asMatchPredicate())) {
            return "date";
        }
        return all(values, TIMESTAMP.asMatchPredicate()) ? "timestamp(6)" : "varchar";
    }

    private static boolean all(List<String> values, Predicate<String> predicate) {
        return values.stream().allMatch(predicate);
    }
}
