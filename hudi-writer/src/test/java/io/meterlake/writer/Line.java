package io.meterlake.writer;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A reading as a line of {@link LineFormat}. */
public record Line(
        String meter,
        String channel,
        String zone,
        String start,
        int minutes,
        @Nullable String value,
        String unit,
        String quality,
        String code,
        @Nullable String recordedAt) {
    public static Line of(String meter, String start, String value, String recordedAt) {
        return new Line(meter, "E1", "Europe/Berlin", start, 15, value, "kWh", "actual", "A", recordedAt);
    }

    public Line channel(String changed) {
        return new Line(meter, changed, zone, start, minutes, value, unit, quality, code, recordedAt);
    }

    public Line value(@Nullable String changed) {
        return new Line(meter, channel, zone, start, minutes, changed, unit, quality, code, recordedAt);
    }

    public Line graded(String changedQuality, String changedCode) {
        return new Line(meter, channel, zone, start, minutes, value, unit, changedQuality, changedCode, recordedAt);
    }

    public Line zone(String changed) {
        return new Line(meter, channel, changed, start, minutes, value, unit, quality, code, recordedAt);
    }

    Line recordedAt(@Nullable String changed) {
        return new Line(meter, channel, zone, start, minutes, value, unit, quality, code, changed);
    }

    Instant startInstant() {
        return Instant.parse(start);
    }

    @Nullable
    BigDecimal decimal() {
        return value == null ? null : new BigDecimal(value).setScale(6);
    }

    public String text() {
        return String.join(
                "\t",
                meter,
                channel,
                zone,
                start,
                Integer.toString(minutes),
                value == null ? "" : value,
                unit,
                quality,
                code,
                recordedAt == null ? "" : recordedAt);
    }
}
