package io.meterlake.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a result as it streams in. Not thread-safe; one result, one sink.
 *
 * <p>Values are {@link Boolean}, {@link Long} (every integer type), {@link java.math.BigDecimal} with the type's scale,
 * {@link Double}, {@link Float}, {@code byte[]}, {@link java.time.LocalDate}, {@link List} for arrays,
 * {@link java.util.Map} for maps and rows, and {@link String} for all else. Timestamps are ISO-8601 text with the type's
 * precision ({@code 2026-01-01T00:00:00.000000}); those with a time zone end in {@code Z} or an offset.
 */
public interface RowSink {
    /** Called once, before the first row. */
    void columns(List<Column> columns);

    /** A row's values in the order of the columns. */
    void row(List<@Nullable Object> values);

    /** Hands a result to several sinks, in their order. */
    static RowSink all(List<? extends RowSink> sinks) {
        return new RowSink() {
            @Override
            public void columns(List<Column> columns) {
                sinks.forEach(sink -> sink.columns(columns));
            }

            @Override
            public void row(List<@Nullable Object> values) {
                sinks.forEach(sink -> sink.row(values));
            }
        };
    }
}
