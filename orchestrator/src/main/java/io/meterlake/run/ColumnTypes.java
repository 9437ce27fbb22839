package io.meterlake.run;

import io.meterlake.engine.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether values of one of Trino's types fit another one as they are. */
final class ColumnTypes {
    private static final Pattern NUMBERS = Pattern.compile("\\d+");

    private ColumnTypes() {}

    /**
     * Whether what a column is fits what was promised. As with dbt, types of one kind fit where no length, scale or
     * precision is promised; where one is, nothing may be lost by it.
     *
     * @param isExact whether a length, scale or precision was promised
     */
    static boolean fits(Column is, Column promised, boolean isExact) {
        if (!is.baseType().equals(promised.baseType())) {
            return false;
        }
        if (!isExact || is.type().equals(promised.type())) {
            return true;
        }
        List<Integer> from = numbers(is.type());
        List<Integer> to = numbers(promised.type());
        return switch (is.baseType()) {
            case "decimal" -> to.get(1) >= from.get(1) && to.get(0) - to.get(1) >= from.get(0) - from.get(1);
            case "varchar", "timestamp", "timestamp with time zone", "time", "time with time zone" ->
                !from.isEmpty() && to.getFirst() >= from.getFirst();
            default -> false;
        };
    }

    private static List<Integer> numbers(String type) {
        List<Integer> numbers = new ArrayList<>();
        Matcher matcher = NUMBERS.matcher(type);
        while (matcher.find()) {
            numbers.add(Integer.valueOf(matcher.group()));
        }
        return numbers;
    }
}
