package io.meterlake.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A small result in memory. */
public record Rows(List<Column> columns, List<List<@Nullable Object>> rows, String queryId) {
    public Rows {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** The values of the first column as text. */
    public List<String> firstColumn() {
        return rows.stream().map(row -> String.valueOf(row.getFirst())).toList();
    }

    /** Gathers a result. */
    static final class Collector implements RowSink {
        private List<Column> columns = List.of();
        private final List<List<@Nullable Object>> rows = new ArrayList<>();

        @Override
        public void columns(List<Column> columns) {
            this.columns = columns;
        }

        @Override
        public void row(List<@Nullable Object> values) {
            rows.add(Collections.unmodifiableList(values));
        }

        Rows rows(String queryId) {
            return new Rows(columns, rows, queryId);
        }
    }
}
