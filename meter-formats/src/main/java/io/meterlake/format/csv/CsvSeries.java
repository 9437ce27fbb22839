package io.meterlake.format.csv;

import io.meterlake.error.DidYouMean;
import io.meterlake.format.text.FieldRecords;
import io.meterlake.format.text.FieldTable;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Series;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;

/** The series that the rows of a file belong to, found by the bytes of the fields that make them. */
final class CsvSeries {
    private static final CsvField[] IDENTITY = {
        CsvField.METER_ID, CsvField.CHANNEL, CsvField.UNIT, CsvField.INTERVAL_MINUTES, CsvField.TIME_ZONE
    };

    private final FieldTable table;
    private final CsvRowText text;
    private final CsvMapping mapping;
    private final boolean zoneIsAssumed;
    private final ReadingSink sink;
    private int[] handles = new int[1024];
    private long[] lengths = new long[1024];

    /** @param zoneIsAssumed whether the mapping's zone is no more than a guess */
    CsvSeries(CsvHeader header, CsvMapping mapping, boolean zoneIsAssumed, ReadingSink sink) {
        this.table = new FieldTable(header.positions(IDENTITY));
        this.text = new CsvRowText(header, mapping);
        this.mapping = mapping;
        this.zoneIsAssumed = zoneIsAssumed;
        this.sink = sink;
    }

    /** The number of the row's series, or less than 0 if it was not added yet. */
    int find(FieldRecords record) {
        return table.find(record);
    }

    /** The sink's handle of a series. */
    int handle(int number) {
        return handles[number];
    }

    /** How long the intervals of a series are, in microseconds. */
    long lengthMicros(int number) {
        return lengths[number];
    }

    /** Adds the row's series, or says what is wrong with it. */
    Optional<CsvProblem> add(FieldRecords record) {
        for (CsvField field : IDENTITY) {
            Optional<CsvProblem> notUtf8 = text.notUtf8(field, record);
            if (notUtf8.isPresent()) {
                return notUtf8;
            }
        }
        String meter = text.of(CsvField.METER_ID, record).orElse("");
        String channel = text.of(CsvField.CHANNEL, record).orElse("");
        if (meter.isEmpty() || channel.isEmpty()) {
            CsvField empty = meter.isEmpty() ? CsvField.METER_ID : CsvField.CHANNEL;
            return Optional.of(new CsvProblem(empty, "it is empty", "Ask the sender to fill it in."));
        }
        String minutes = text.of(CsvField.INTERVAL_MINUTES, record).orElse("");
        int length = minutes.matches("[0-9]{1,4}") ? Integer.parseInt(minutes) : 0;
        if (length < 1 || length > 1440) {
            return Optional.of(new CsvProblem(
                    CsvField.INTERVAL_MINUTES,
                    "'%s' is not a number from 1 to 1440".formatted(minutes),
                    "Give the length of the interval in minutes, such as 15."));
        }
        String zone = text.of(CsvField.TIME_ZONE, record).orElse("");
        try {
            ZoneId marketZone = zone.isEmpty() ? mapping.timeZone() : ZoneId.of(zone);
            String unit = text.of(CsvField.UNIT, record).orElse("");
            boolean assumed = zone.isEmpty() && zoneIsAssumed;
            remember(record, sink.series(new Series(meter, channel, unit, length, marketZone, assumed)), length);
            return Optional.empty();
        } catch (DateTimeException e) {
            return Optional.of(new CsvProblem(
                    CsvField.TIME_ZONE,
                    "there is no time zone '%s'%s"
                            .formatted(zone, DidYouMean.question(zone, ZoneId.getAvailableZoneIds())),
                    "Give the name of a region, such as Europe/Dublin."));
        }
    }

    private void remember(FieldRecords record, int handle, int minutes) {
        int number = table.add(record);
        if (number == handles.length) {
            handles = Arrays.copyOf(handles, 2 * number);
            lengths = Arrays.copyOf(lengths, 2 * number);
        }
        handles[number] = handle;
        lengths[number] = minutes * 60_000_000L;
    }
}
