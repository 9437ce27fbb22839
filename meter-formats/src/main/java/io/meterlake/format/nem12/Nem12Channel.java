package io.meterlake.format.nem12;

import static io.meterlake.format.nem12.Nem12Parser.abridged;

import io.meterlake.format.text.DelimitedReader;
import io.meterlake.format.text.ScaledDecimal;
import io.meterlake.reading.Grade;
import io.meterlake.reading.ReadingSink;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A 200 record: what the 300 records after it belong to. Reads those.
 *
 * @param series the handle of its series
 * @param minutes the length of an interval
 */
record Nem12Channel(int series, int minutes) {
    private static final int FIRST_VALUE = 2;

    int intervals() {
        return 1440 / minutes;
    }

    /** Reads a 300 record; what is wrong with it is noted in the day. */
    NemDay day(DelimitedReader record, ReadingSink sink, FileTime fileTime) {
        NemDay day = new NemDay(record, minutes);
        OptionalLong start = NemTime.date(record.text(1));
        if (start.isEmpty()) {
            day.refuse(
                    "IntervalDate",
                    "'%s' is no date".formatted(abridged(record.text(1))),
                    "A date is CCYYMMDD, such as 20260131.");
            return day;
        }
        int quality = FIRST_VALUE + intervals();
        if (!NemQuality.isQualityMethod(record.text(quality))) {
            refuseCountOrQuality(day, record, quality);
            return day;
        }
        int fields = quality + 5;
        if (Nem12Parser.isTooLong(record, fields)) {
            day.refuse("", Nem12Parser.TOO_LONG.formatted(300, fields), Nem12Parser.ASK_AGAIN);
            return day;
        }
        Optional<Long> recordedAt = recordedAt(day, record, quality, fileTime);
        long[] scaled = values(day, record);
        Optional<Grade> grade = NemQuality.grade(record.text(quality));
        recordedAt.ifPresent(recorded -> day.values = new NemValues(
                series,
                start.getAsLong(),
                scaled,
                grade.isEmpty(),
                grade.map(sink::grade).orElse(-1),
                recorded));
        return day;
    }

    /** The quality is not where it should be: because the number of values is wrong, if it is elsewhere. */
    private void refuseCountOrQuality(NemDay day, DelimitedReader record, int expected) {
        int found = FIRST_VALUE;
        while (found < record.fields() && !NemQuality.isQualityMethod(record.text(found))) {
            found++;
        }
        if (found < record.fields() || record.fields() <= expected) {
            day.refuse(
                    "IntervalValue",
                    "a day of %d-minute intervals has %d values, and there are %d"
                            .formatted(minutes, intervals(), found - FIRST_VALUE),
                    "Check the IntervalLength of the 200 record, or ask the sender for the day again.");
        } else {
            day.refuse(
                    "QualityMethod",
                    "'%s', after %d values, is no quality".formatted(abridged(record.text(expected)), intervals()),
                    NemQuality.HINT);
        }
    }

    private static Optional<Long> recordedAt(NemDay day, DelimitedReader record, int quality, FileTime fileTime) {
        int updated = quality + 3;
        int loaded = quality + 4;
        if (record.isEmpty(updated) && record.isEmpty(loaded)) {
            if (!fileTime.isReadable()) {
                day.refuse(
                        "DateTime",
                        "the day has no UpdateDateTime, and the DateTime '%s' of the header at line %d is no time, so it"
                                        .formatted(fileTime.text(), fileTime.line())
                                + " is not known which correction is the newest",
                        "A header is 100,NEM12,CCYYMMDDhhmm,…, such as 202601312359: ask the sender for the file again.");
                return Optional.empty();
            }
            return Optional.of(fileTime.micros());
        }
        boolean hasUpdate = !record.isEmpty(updated);
        String text = record.text(hasUpdate ? updated : loaded);
        OptionalLong time = NemTime.dateTime(text);
        if (time.isEmpty()) {
            day.refuse(
                    hasUpdate ? "UpdateDateTime" : "MSATSLoadDateTime",
                    "'%s' is no time, so it is not known which correction is the newest".formatted(abridged(text)),
                    "A time is CCYYMMDDhhmmss, such as 20260131235959; a spreadsheet may have rewritten it.");
            return Optional.empty();
        }
        return Optional.of(time.getAsLong());
    }

    private long[] values(NemDay day, DelimitedReader record) {
        long[] scaled = new long[intervals()];
        byte[] bytes = record.buffer();
        for (int i = 0; i < scaled.length; i++) {
            int from = record.start(FIRST_VALUE + i);
            int to = record.end(FIRST_VALUE + i);
            scaled[i] = from == to ? ReadingSink.NO_VALUE : ScaledDecimal.parse(bytes, from, to, '.');
            if (ScaledDecimal.failed(scaled[i])) {
                day.refuse(
                        "IntervalValue" + (i + 1),
                        ScaledDecimal.reason(scaled[i], abridged(record.text(FIRST_VALUE + i))),
                        "The whole day is held back, as a part of it would look complete: ask the sender for it"
                                + " again.");
                break;
            }
        }
        return scaled;
    }
}
