package io.meterlake.engine.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.engine.Column;
import io.meterlake.engine.RowSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a result as one JSON document, row by row: {@code {"columns":[{"name":…,"type":…}],"rows":[[…]]}}. A row is an
 * array in the order of the columns, and on a line of its own. Integers, floating point and booleans are JSON's own; decimals are text with
 * their scale ({@code "1.500000"}), because most readers of JSON would round them; dates and times are ISO-8601 text,
 * bytes {@code 0x…}; arrays are arrays, maps and rows objects. Not thread-safe.
 */
public final class JsonSink implements RowSink {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Appendable target;
    private boolean started;
    private boolean firstRow = true;

    public JsonSink(Appendable target) {
        this.target = target;
    }

    @Override
    public void columns(List<Column> columns) {
        started = true;
        write("{\"columns\":" + json(columns.stream().map(Heading::of).toList()) + ",\"rows\":[");
    }

    @Override
    public void row(List<@Nullable Object> values) {
        List<@Nullable Object> row = new ArrayList<>(values.size());
        for (Object value : values) {
            row.add(CellText.jsonValue(value));
        }
        write((firstRow ? "\n" : ",\n") + json(row));
        firstRow = false;
    }

    /** Ends the rows and the document. Call it only when the result is complete: half a document must not parse. */
    public void complete() {
        if (started) {
            write("]}\n");
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("lists and maps of plain values are always JSON", e);
        }
    }

    private void write(String text) {
        try {
            target.append(text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON", e);
        }
    }

    private record Heading(String name, String type) {
        static Heading of(Column column) {
            return new Heading(column.name(), column.type());
        }
    }
}
