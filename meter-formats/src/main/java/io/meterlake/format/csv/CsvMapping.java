package io.meterlake.format.csv;

import static java.util.Objects.requireNonNull;

import io.meterlake.format.csv.CsvSource.Column;
import io.meterlake.reading.Quality;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the columns of a utility's CSV mean.
 *
 * @param utility who sends such files; also part of the format's name
 * @param delimiter between the fields
 * @param decimalPoint a point or a comma
 * @param timeZone the market's zone, and the zone of times without an offset
 * @param timestampFormat a pattern for the interval's times; ISO 8601 if empty
 * @param recordedAtFormat a pattern for the update time; ISO 8601 if empty
 * @param doubledHour for times without an offset
 * @param fields where each field comes from
 * @param qualityCodes our word for each of the sender's codes; empty if the column holds our words
 * @param noValue texts that stand for a value that is not there, beside the empty one
 */
public record CsvMapping(
        String utility,
        char delimiter,
        char decimalPoint,
        ZoneId timeZone,
        Optional<String> timestampFormat,
        Optional<String> recordedAtFormat,
        DoubledHour doubledHour,
        Map<CsvField, CsvSource> fields,
        Map<String, Quality> qualityCodes,
        Set<String> noValue) {
    public CsvMapping {
        requireNonNull(utility, "utility is null");
        requireNonNull(timeZone, "timeZone is null");
        requireNonNull(timestampFormat, "timestampFormat is null");
        requireNonNull(recordedAtFormat, "recordedAtFormat is null");
        requireNonNull(doubledHour, "doubledHour is null");
        fields = Map.copyOf(fields);
        qualityCodes = Map.copyOf(qualityCodes);
        noValue = Set.copyOf(noValue);
    }

    /** The mapping of {@code inspect}'s own columns. */
    static CsvMapping canonical() {
        Map<CsvField, CsvSource> fields = new LinkedHashMap<>();
        CsvField.CANONICAL.forEach(field -> fields.put(field, new Column(field.label())));
        return new CsvMapping(
                "",
                ',',
                '.',
                ZoneId.of("UTC"),
                Optional.empty(),
                Optional.empty(),
                DoubledHour.BY_ORDER,
                fields,
                Map.of(),
                Set.of());
    }

    /** The columns that a file must have. */
    List<String> columns() {
        return fields.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .filter(Column.class::isInstance)
                .map(source -> ((Column) source).name())
                .distinct()
                .toList();
    }
}
