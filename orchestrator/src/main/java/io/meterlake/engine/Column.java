package io.meterlake.engine;

import static java.util.Objects.requireNonNull;

/**
 * A result's column.
 *
 * @param type Trino's name of the type, such as {@code decimal(18,6)} or {@code timestamp(6) with time zone}
 */
public record Column(String name, String type) {
    public Column {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
    }

    /** The type without its parameters: {@code decimal}, {@code timestamp with time zone}, {@code array}. */
    public String baseType() {
        int open = type.indexOf('(');
        int close = type.lastIndexOf(')');
        return open < 0 ? type : type.substring(0, open) + type.substring(close + 1);
    }

    /** Whether the values are text that somebody wrote, as opposed to numbers, times and the like. */
    public boolean isText() {
        return switch (baseType()) {
            case "varchar", "char", "json" -> true;
            default -> isNested();
        };
    }

    /** Whether the values hold further values. */
    public boolean isNested() {
        return switch (baseType()) {
            case "array", "map", "row" -> true;
            default -> false;
        };
    }
}
