package io.meterlake.format.csv;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a row of a CSV can say about a reading. */
public enum CsvField {
    METER_ID,
    CHANNEL,
    INTERVAL_START,
    INTERVAL_END,
    INTERVAL_MINUTES,
    VALUE,
    UNIT,
    QUALITY,
    QUALITY_CODE,
    RECORDED_AT,
    /** The offset of a local time, such as {@code +01:00}, in a column of its own. */
    UTC_OFFSET,
    /** The market's zone. In a mapping this is the key {@code time_zone}, not a column. */
    TIME_ZONE;

    /** The columns that {@code inspect} prints, in its order; a file with just these needs no mapping. */
    public static final List<CsvField> CANONICAL = List.of(
            METER_ID, CHANNEL, INTERVAL_START, INTERVAL_MINUTES, VALUE, UNIT, QUALITY, QUALITY_CODE, RECORDED_AT);

    /** The name in a mapping and in {@code inspect}'s header. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The field of a label; empty if there is none. */
    public static Optional<CsvField> of(String label) {
        return Arrays.stream(values())
                .filter(field -> field.label().equals(label))
                .findFirst();
    }
}
