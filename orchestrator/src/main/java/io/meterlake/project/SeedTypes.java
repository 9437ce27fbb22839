package io.meterlake.project;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The type of a seed's column that declares none: the narrowest that takes all its values and loses nothing of them. Not
 * as in dbt, a fraction is a decimal and never a floating-point number, whose sums differ from run to run; and what
 * begins with a needless zero, such as {@code 00123}, is an id and stays text.
 */
final class SeedTypes {
    private static final Pattern WHOLE = Pattern.compile("[+-]?(0|[1-9]\\d{0,17})");
    private static final Pattern NUMBER = Pattern.compile("[+-]?((0|[1-9]\\d*)(\\.\\d*)?|\\.\\d+)");
    private static final int WIDEST_DECIMAL = 38;
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
            return all(values, SeedTypes::fitsInteger) ? "integer" : "bigint";
        }
        if (all(values, NUMBER.asMatchPredicate())) {
            return decimal(values);
        }
        if (all(values, DATE.asMatchPredicate())) {
            return "date";
        }
        return all(values, TIMESTAMP.asMatchPredicate()) ? "timestamp(6)" : "varchar";
    }

    /** With as many digits before and behind the point as some value has; text if Trino has no decimal so wide. */
    private static String decimal(List<String> values) {
        int whole = 0;
        int scale = 0;
        for (String value : values) {
            BigDecimal number = new BigDecimal(value);
            whole = Math.max(whole, number.precision() - number.scale());
            scale = Math.max(scale, number.scale());
        }
        int precision = Math.max(1, Math.max(0, whole) + scale);
        return precision > WIDEST_DECIMAL ? "varchar" : "decimal(" + precision + "," + scale + ")";
    }

    private static boolean fitsInteger(String whole) {
        long number = Long.parseLong(whole);
        return number == (int) number;
    }

    private static boolean all(List<String> values, Predicate<String> predicate) {
        return values.stream().allMatch(predicate);
    }
}
