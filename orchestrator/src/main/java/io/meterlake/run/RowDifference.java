package io.meterlake.run;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How rows differ from those expected, in whatever order they come. A row that is missing and one that is too many are shown
 * as one that changed where they are alike.
 *
 * @param lines of a table, the header first; its first column says what is wrong with the row
 * @param equal how many rows are as expected
 * @param differing how many rows are not, of which no more than {@link #MOST_ROWS} are in the lines
 */
record RowDifference(List<List<String>> lines, int equal, int differing) {
    private static final int MOST_ROWS = 50;
    private static final int WIDEST_CELL = 60;

    RowDifference {
        lines = List.copyOf(lines);
    }

    static RowDifference of(
            List<String> columns, List<List<@Nullable Object>> expected, List<List<@Nullable Object>> actual) {
        List<List<String>> missing = texts(expected);
        List<List<String>> found = texts(actual);
        int equal = 0;
        for (List<String> row : List.copyOf(missing)) {
            if (found.remove(row)) {
                missing.remove(row);
                equal++;
            }
        }
        List<List<String>> rows = new ArrayList<>();
        for (List<String> row : missing) {
            int nearest = nearest(row, found);
            rows.add(nearest < 0 ? marked("missing", row) : changed(row, found.remove(nearest)));
        }
        found.forEach(row -> rows.add(marked("too many", row)));
        List<List<String>> lines = new ArrayList<>();
        lines.add(marked("", columns));
        lines.addAll(rows.subList(0, Math.min(MOST_ROWS, rows.size())));
        return new RowDifference(lines, equal, rows.size());
    }

    boolean isEmpty() {
        return differing == 0;
    }

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder("actual differs from expected (expected → actual):");
        int width = lines.getFirst().size();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder("\n ");
            for (int i = 0; i < width; i++) {
                int column = i;
                int widest = lines.stream()
                        .mapToInt(other -> other.get(column).length())
                        .max()
                        .orElse(0);
                String cell = line.get(i);
                row.append(' ').append(cell).append(" ".repeat(widest - cell.length() + 1));
            }
            text.append(row.toString().stripTrailing());
        }
        if (differing > MOST_ROWS) {
            text.append("\n  … and ").append(differing - MOST_ROWS).append(" further rows");
        }
        return text.append("\n  as expected: ").append(equal).toString();
    }

    private static List<List<String>> texts(List<List<@Nullable Object>> rows) {
        List<List<String>> texts = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<String> cells = new ArrayList<>();
            for (Object cell : row) {
                cells.add(text(cell));
            }
            texts.add(List.copyOf(cells));
        }
        return texts;
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case BigDecimal number -> number.toPlainString();
            case byte[] bytes -> "0x" + HexFormat.of().formatHex(bytes);
            // What is empty or looks like nothing would not be seen.
            case String text -> text.isBlank() || text.equals("null") ? "'" + text + "'" : text;
            default -> value.toString();
        };
    }

    /** The row that has most in common, at least one value of the columns; -1 if none has. */
    private static int nearest(List<String> row, List<List<String>> others) {
        int nearest = -1;
        long most = 0;
        for (int i = 0; i < others.size(); i++) {
            long common = 0;
            for (int column = 0; column < row.size(); column++) {
                common += Objects.equals(row.get(column), others.get(i).get(column)) ? 1 : 0;
            }
            if (common > most) {
                most = common;
                nearest = i;
            }
        }
        return nearest;
    }

    private static List<String> changed(List<String> expected, List<String> actual) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            cells.add(
                    expected.get(i).equals(actual.get(i))
                            ? expected.get(i)
                            : cut(expected.get(i)) + " → " + cut(actual.get(i)));
        }
        return marked("changed", cells);
    }

    private static List<String> marked(String mark, List<String> cells) {
        List<String> line = new ArrayList<>(List.of(mark));
        cells.forEach(cell -> line.add(cut(cell)));
        return List.copyOf(line);
    }

    private static String cut(String cell) {
        String line = cell.replace("\n", "\\n");
        return line.length() <= WIDEST_CELL || line.contains(" → ") ? line : line.substring(0, WIDEST_CELL - 1) + "…";
    }
}
