package io.meterlake.engine.output;

import io.meterlake.engine.Column;
import io.meterlake.engine.RowSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws a result for a person: the first rows as a table, and how many rows there are. Not thread-safe. */
public final class TableSink implements RowSink {
    private final int limit;
    private final List<List<String>> shown = new ArrayList<>();
    private List<Column> columns = List.of();
    private long count;

    /** @param limit rows to draw; the others are only counted */
    public TableSink(int limit) {
        this.limit = limit;
    }

    @Override
    public void columns(List<Column> columns) {
        this.columns = columns;
    }

    @Override
    public void row(List<@Nullable Object> values) {
        count++;
        if (shown.size() < limit) {
            List<String> cells = new ArrayList<>(values.size());
            for (Object value : values) {
                cells.add(value == null ? "NULL" : CellText.of(value).replaceAll("[\\r\\n\\t]+", " "));
            }
            shown.add(cells);
        }
    }

    /** The lines to print, the last one with the number of rows. */
    public List<String> lines() {
        int[] widths = columns.stream().mapToInt(column -> width(column.name())).toArray();
        for (List<String> row : shown) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::name).toList(), widths));
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
            rule.add("─".repeat(width));
        }
        lines.add(String.join("  ", rule));
        for (List<String> row : shown) {
            lines.add(line(row, widths));
        }
        String rows = count == 1 ? "1 row" : count + " rows";
        lines.add(
                count > shown.size()
                        ? "(%s; the first %d are shown, --output csv gives all)".formatted(rows, shown.size())
                        : "(" + rows + ")");
        return lines;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - width(cells.get(i)));
            line.append(i == 0 ? "" : "  ");
            line.append(isNumber(columns.get(i)) ? padding + cells.get(i) : cells.get(i) + padding);
        }
        return line.toString().stripTrailing();
    }

    private static boolean isNumber(Column column) {
        return switch (column.baseType()) {
            case "tinyint", "smallint", "integer", "bigint", "decimal", "double", "real" -> true;
            default -> false;
        };
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
