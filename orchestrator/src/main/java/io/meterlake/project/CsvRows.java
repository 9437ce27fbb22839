package io.meterlake.project;

import java.util.ArrayList;
import java.util.List;

/**
 * CSV as RFC 4180 has it: fields in double quotes may hold the delimiter, line breaks and doubled quotes. Blank lines
 * are no rows.
 */
public final class CsvRows {
    /**
     * A row.
     *
     * @param line the line in the file that it begins on
     */
    public record Row(int line, List<String> fields) {}

    /** The text ended inside quotes. */
    public static final class UnclosedQuote extends Exception {
        private final int line;

        UnclosedQuote(int line) {
            super("quote is not closed");
            this.line = line;
        }

        public int line() {
            return line;
        }
    }

    private final String text;
    private final char delimiter;
    private final List<Row> rows = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private List<String> fields = new ArrayList<>();
    private int position;
    private int line = 1;
    private int rowLine = 1;

    private CsvRows(String text, char delimiter) {
        this.text = text;
        this.delimiter = delimiter;
    }

    public static List<Row> parse(String text, char delimiter) throws UnclosedQuote {
        return new CsvRows(text, delimiter).parse();
    }

    private List<Row> parse() throws UnclosedQuote {
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"' && field.isEmpty()) {
                quoted();
            } else if (c == delimiter) {
                endField();
            } else if (c == '\n') {
                endRow();
            } else if (c != '\r' || position == text.length() || text.charAt(position) != '\n') {
                field.append(c);
            }
        }
        endRow();
        return rows;
    }

    private void quoted() throws UnclosedQuote {
        int opened = line;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"') {
                if (position >= text.length() || text.charAt(position) != '"') {
                    return;
                }
                position++;
            }
            if (c == '\n') {
                line++;
            }
            field.append(c);
        }
        throw new UnclosedQuote(opened);
    }

    private void endField() {
        fields.add(field.toString());
        field.setLength(0);
    }

    private void endRow() {
        boolean blank = fields.isEmpty() && field.isEmpty();
        if (!blank) {
            endField();
            rows.add(new Row(rowLine, List.copyOf(fields)));
        }
        fields = new ArrayList<>();
        line++;
        rowLine = line;
    }
}
