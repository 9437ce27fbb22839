package io.meterlake.engine.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.engine.Column;
import io.meterlake.engine.RowSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a result as one JSON document, row by row: {@code {"columns":[{"name":…,"type":…}],"rows":[[…]]}}. A row is an
 * array in the order of the columns. Integers, floating point and booleans are JSON's own; decimals are text with
 * their scale ({@code "1.500000"}), because most readers of JSON would round them; dates and times are ISO-8601 text,
 * bytes {@code 0x…}; arrays are arrays, maps and rows objects. Not thread-safe. Close it to end the document.
 */
public final class JsonSink implements RowSink, AutoCloseable {
    private final JsonGenerator json;
    private boolean started;

    public JsonSink(Writer target) {
        try {
            json = new ObjectMapper()
                    .getFactory()
                    .createGenerator(target)
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON", e);
        }
    }

    @Override
    public void columns(List<Column> columns) {
        try {
            started = true;
            json.writeStartObject();
            json.writeArrayFieldStart("columns");
            for (Column column : columns) {
                json.writeStartObject();
                json.writeStringField("name", column.name());
                json.writeStringField("type", column.type());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("rows");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON", e);
        }
    }

    @Override
    public void row(List<@Nullable Object> values) {
        try {
            // A line a row, so that a large result can be read with line tools, too.
            json.writeRaw('\n');
            json.writeStartArray();
            for (Object value : values) {
                json.writePOJO(CellText.jsonValue(value));
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON", e);
        }
    }

    /** Ends the rows and the document. Call it only when the result is complete: half a document must not parse. */
    public void complete() {
        try {
            if (started) {
                json.writeEndArray();
                json.writeEndObject();
                json.writeRaw('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON", e);
        }
    }

    @Override
    public void close() {
        try {
            json.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON", e);
        }
    }
}
