package io.meterlake.dashboard.metabase;

import java.util.List;

/**
 * How single properties of an {@link ObjectState} are said, by the files and by what the server gave; in one place, so that
 * the same is said the same.
 */
final class Words {
    static final String ARCHIVED = "in the trash";

    private Words() {}

    /** Line ends and what stands behind the last line mean nothing in SQL and in a description. */
    static String text(String text) {
        return text.replace("\r\n", "\n").strip();
    }

    /** @param dimension the column of a field filter; empty for a variable */
    static String tag(
            String type, String displayName, String dimension, String widget, boolean required, String defaultValue) {
        StringBuilder words =
                new StringBuilder(type).append(" \"").append(displayName).append('"');
        if (!dimension.isEmpty()) {
            words.append(" on ").append(dimension).append(" as ").append(widget);
        }
        if (required) {
            words.append(", required");
        }
        if (!defaultValue.isEmpty()) {
            words.append(", default ").append(defaultValue);
        }
        return words.toString();
    }

    /** @param valuesFrom the card and column whose values are offered; empty if none are */
    static String parameter(String type, String name, String defaultValue, List<String> values, String valuesFrom) {
        return type + " \"" + name + '"' + (defaultValue.isEmpty() ? "" : ", default " + defaultValue)
                + (values.isEmpty() ? "" : ", one of " + String.join(" | ", values))
                + (valuesFrom.isEmpty() ? "" : ", values from " + valuesFrom);
    }

    static String valuesFrom(String card, String column) {
        return "card " + card + ", column " + column;
    }

    /** @param mappings each {@code parameter to tag}, sorted; the server keeps no order */
    static String dashcard(int row, int col, int sizeX, int sizeY, List<String> mappings) {
        return "row %d, column %d, %d × %d".formatted(row, col, sizeX, sizeY)
                + (mappings.isEmpty() ? "" : "; " + String.join(", ", mappings));
    }

    /** The name of a card's property on a dashboard, where it may stand more than once. */
    static String place(String card, int occurrence) {
        return "card " + card + (occurrence == 1 ? "" : " (" + occurrence + ")");
    }
}
