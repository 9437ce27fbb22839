package io.meterlake.cli;

import io.meterlake.engine.Column;
import io.meterlake.engine.Completion;
import io.meterlake.engine.RowSink;
import io.meterlake.engine.Trino;
import io.meterlake.engine.output.CsvSink;
import io.meterlake.engine.output.JsonSink;
import io.meterlake.engine.output.TableSink;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a statement and prints what comes back: rows as asked for, and {@code OK} where there are none to come. */
final class ResultPrinter {
    /** No limit. */
    static final long ALL = -1;

    private static final int TABLE_ROWS = 1000;

    private final Console console;
    private final OutputFormat format;

    /** @param asked the wanted format; null: a table for a person and CSV for a program */
    ResultPrinter(Console console, @Nullable OutputFormat asked) {
        this.console = console;
        this.format = asked != null ? asked : console.outIsTerminal() ? OutputFormat.TABLE : OutputFormat.CSV;
    }

    void print(Trino trino, String sql) {
        print(trino, sql, ALL);
    }

    /** @param limit rows at most, or {@link #ALL} */
    void print(Trino trino, String sql, long limit) {
        // For Trino 0 is all; asked for none, it sends one for the sake of its columns, which goes nowhere.
        long maxRows = limit == ALL ? 0 : Math.max(1, limit);
        switch (format) {
            case TABLE -> {
                TableSink table = new TableSink(TABLE_ROWS);
                done(
                        trino.run(sql, limited(table, limit), maxRows),
                        () -> table.lines().forEach(console.out()::println));
            }
            case CSV -> {
                try (Writer writer = writer()) {
                    done(trino.run(sql, limited(new CsvSink(writer, CsvSink.Formulas.KEEP), limit), maxRows), () -> {});
                } catch (IOException e) {
                    throw new UncheckedIOException("Cannot write the result", e);
                }
            }
            case JSON -> {
                try (Writer writer = writer()) {
                    JsonSink json = new JsonSink(writer);
                    done(trino.run(sql, limited(json, limit), maxRows), json::complete);
                } catch (IOException e) {
                    throw new UncheckedIOException("Cannot write the result", e);
                }
            }
        }
        console.out().flush();
    }

    private static RowSink limited(RowSink sink, long limit) {
        if (limit != 0) {
            return sink;
        }
        return new RowSink() {
            @Override
            public void columns(List<Column> columns) {
                sink.columns(columns);
            }

            @Override
            public void row(List<@Nullable Object> values) {}
        };
    }

    private void done(Completion completion, Runnable endRows) {
        switch (completion) {
            case Completion.Selected selected -> endRows.run();
            case Completion.Updated updated -> printUpdate(updated);
        }
    }

    private void printUpdate(Completion.Updated updated) {
        String rows = updated.rowCount() == 1 ? "1 row" : updated.rowCount() + " rows";
        switch (format) {
            case JSON ->
                console.out()
                        .println("{\"update_type\":\"%s\",\"row_count\":%d}"
                                .formatted(updated.updateType(), updated.rowCount()));
            case TABLE, CSV -> console.out().println("OK " + updated.updateType() + " (" + rows + ")");
        }
    }

    /** Buffered, and it leaves the console's stream open. */
    private Writer writer() {
        return new BufferedWriter(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8) {
            @Override
            public void close() throws IOException {
                flush();
            }
        });
    }
}
