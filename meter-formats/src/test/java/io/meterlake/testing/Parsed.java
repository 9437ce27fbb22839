package io.meterlake.testing;

import io.meterlake.format.MeterFile;
import io.meterlake.format.MeterFormat;
import io.meterlake.reading.Grade;
import io.meterlake.reading.ReadingBuffer;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a format read from a file, as objects. */
public record Parsed(String sender, List<Row> rows, List<Reject> rejects) {
    /** One reading. */
    public record Row(
            Series series,
            Instant start,
            Optional<BigDecimal> value,
            Grade grade,
            Optional<Instant> recorded,
            long line) {
        /** Short and readable: {@code 2026-01-01T00:00:00Z 1.5 A}. */
        public String brief() {
            return "%s %s %s"
                    .formatted(start, value.map(BigDecimal::toPlainString).orElse("-"), grade.code());
        }
    }

    public static Parsed read(MeterFormat format, MeterFile file) throws IOException {
        ReadingBuffer buffer = new ReadingBuffer();
        String sender = format.read(file, buffer).sender();
        return new Parsed(sender, rows(buffer), List.copyOf(buffer.rejects()));
    }

    public static Parsed read(MeterFormat format, String text) throws IOException {
        return read(format, InMemoryFile.of("test.csv", text));
    }

    public List<String> brief() {
        return rows.stream().map(Row::brief).toList();
    }

    /** All readings of a buffer. */
    public static List<Row> rows(ReadingBuffer buffer) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < buffer.size(); i++) {
            long value = buffer.valueAt(i);
            long recorded = buffer.recordedAt(i);
            rows.add(new Row(
                    buffer.series().get(buffer.seriesAt(i)),
                    instant(buffer.startAt(i)),
                    value == ReadingSink.NO_VALUE
                            ? Optional.empty()
                            : Optional.of(plain(BigDecimal.valueOf(value, ReadingSink.VALUE_SCALE))),
                    buffer.grades().get(buffer.gradeAt(i)),
                    recorded == ReadingSink.NO_TIME ? Optional.empty() : Optional.of(instant(recorded)),
                    buffer.lineAt(i)));
        }
        return rows;
    }

    /** A decimal without trailing zeros, so that equal ones are equal. */
    public static BigDecimal plain(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
