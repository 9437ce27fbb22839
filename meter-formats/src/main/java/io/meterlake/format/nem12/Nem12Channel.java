package io.meterlake.format.nem12;

import static io.meterlake.format.text.Problem.abridged;

import io.meterlake.format.mdff.FileTime;
import io.meterlake.format.mdff.MdffRecord;
import io.meterlake.format.mdff.NemQuality;
import io.meterlake.format.mdff.NemTime;
import io.meterlake.format.mdff.UpdateTime;
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
        if (MdffRecord.isTooLong(record, fields)) {
            day.refuse("", MdffRecord.TOO_LONG.formatted(300, fields), MdffRecord.ASK_AGAIN);
            return day;
        }
        UpdateTime updated = UpdateTime.of(record, quality + 3, fileTime, "day");
        updated.problem().ifPresent(found -> day.refuse(found.field(), found.reason(), found.hint()));
        long[] scaled = values(day, record);
        Optional<Grade> grade = NemQuality.grade(record.text(quality));
        day.values = new NemValues(
                series,
                start.getAsLong(),
                scaled,
                grade.isEmpty(),
                grade.map(sink::grade).orElse(-1),
                updated.micros());
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
