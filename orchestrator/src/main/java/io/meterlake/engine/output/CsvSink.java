package io.meterlake.engine.output;

import io.meterlake.engine.Column;
import io.meterlake.engine.RowSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a result as CSV: RFC 4180 with {@code \n} as the line end and a header line. Null is an empty field, an empty
 * text is {@code ""}, so that the two can be told apart. Not thread-safe.
 */
public final class CsvSink implements RowSink {
    /** What to do with text that a spreadsheet would run as a formula. */
    public enum Formulas {
        /** Write it as it is: for programs. */
        KEEP,
        /**
         * Put an apostrophe before text that starts with {@code = + - @}, tab or carriage return: for files that
         * people open (OWASP, "CSV Injection"). Numbers are never touched.
         */
        DISARM
    }

    private final Appendable target;
    private final Formulas formulas;
    private List<Column> columns = List.of();

    public CsvSink(Appendable target, Formulas formulas) {
        this.target = target;
        this.formulas = formulas;
    }

    @Override
    public void columns(List<Column> columns) {
        this.columns = columns;
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            line.append(i == 0 ? "" : ",");
            appendQuoted(line, disarmed(columns.get(i).name()));
        }
        write(line);
    }

    @Override
    public void row(List<@Nullable Object> values) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            line.append(i == 0 ? "" : ",");
            Object value = values.get(i);
            if (value != null) {
                String text = CellText.of(value);
                appendQuoted(line, columns.get(i).isText() ? disarmed(text) : text);
            }
        }
        write(line);
    }

    private String disarmed(String text) {
        return formulas == Formulas.DISARM && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
                ? "'" + text
                : text;
    }

    private static void appendQuoted(StringBuilder line, String text) {
        if (!text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
            line.append(text);
            return;
        }
        line.append('"').append(text.replace("\"", "\"\"")).append('"');
    }

    private void write(StringBuilder line) {
        try {
            target.append(line.append('\n'));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write CSV", e);
        }
    }
}
