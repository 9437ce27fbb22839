package io.meterlake.format.nem12;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.format.text.DelimitedReader;
import io.meterlake.format.text.Problem;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Reject;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * A 300 record that is held back until its 400 records have been seen. Taken in or refused as a whole: senders resend
 * whole days, and a day of which a part is missing would look complete.
 */
final class NemDay {
    private static final int NOT_COVERED = -1;

    /** Enough for a message; the rest of a long run of 400 records is in the file. */
    private static final int KEPT_RAW_BYTES = 16 * 1024;

    private final ByteArrayOutputStream raw = new ByteArrayOutputStream(1024);
    private final long line;
    private final int minutes;
    private final int intervals;
    private final int[] eventGrades;
    private boolean hasEvents;
    private Optional<Problem> problem = Optional.empty();

    /** Filled by the parser of the 300 record, unless that found a problem. */
    NemValues values = NemValues.NONE;

    /** @param minutes the length of an interval; 0 if it is not known, because there is no channel */
    NemDay(DelimitedReader record, int minutes) {
        this.line = record.line();
        this.minutes = minutes;
        this.intervals = minutes == 0 ? 0 : 1440 / minutes;
        this.eventGrades = new int[intervals];
        Arrays.fill(eventGrades, NOT_COVERED);
        keepRaw(record);
    }

    private void keepRaw(DelimitedReader record) {
        if (raw.size() < KEPT_RAW_BYTES) {
            if (raw.size() > 0) {
                raw.write('\n');
            }
            raw.writeBytes(record.rawText().getBytes(UTF_8));
        }
    }

    /** How many intervals the day has. */
    int intervals() {
        return intervals;
    }

    /** Notes what is wrong with the day; the first problem is the one that is told. */
    void refuse(String field, String reason, String hint) {
        if (problem.isEmpty()) {
            problem = Optional.of(new Problem(field, reason, hint));
        }
    }

    /** Takes a 400 record: the grade of the intervals {@code first} to {@code last}, counted from 1. */
    void event(DelimitedReader record, int first, int last, int grade) {
        hasEvents = true;
        for (int interval = first; interval <= last; interval++) {
            if (eventGrades[interval - 1] != NOT_COVERED) {
                refuse(
                        "StartInterval",
                        "the 400 record at line %d names interval %d, which an earlier 400 record has named"
                                .formatted(record.line(), interval),
                        "The 400 records of a day must name each interval once: ask the sender for the day again.");
                return;
            }
            eventGrades[interval - 1] = grade;
        }
    }

    void keepRawOf(DelimitedReader event) {
        keepRaw(event);
    }

    /** Ends the day: checks that every interval has a grade, and gives what is wrong, if anything is. */
    Optional<Reject> end() {
        if (problem.isEmpty()) {
            findGap();
        }
        byte[] bytes = raw.toByteArray();
        return problem.map(found -> new Reject(
                line, found.field(), found.reason(), found.hint(), DelimitedReader.cut(bytes, 0, bytes.length)));
    }

    private void findGap() {
        if (!values.varies()) {
            return;
        }
        if (!hasEvents) {
            refuse(
                    "QualityMethod",
                    "the quality is V, which says that 400 records follow, and there is none",
                    "Ask the sender for the day again, with its 400 records.");
            return;
        }
        for (int i = 0; i < intervals; i++) {
            if (eventGrades[i] == NOT_COVERED) {
                refuse(
                        "QualityMethod",
                        "the quality is V, and no 400 record names interval %d of %d".formatted(i + 1, intervals),
                        "The 400 records of a day must name each interval once: ask the sender for the day again.");
                return;
            }
        }
    }

    /** Pushes the readings of a day with which nothing is wrong. */
    void push(ReadingSink sink) {
        long length = minutes * 60_000_000L;
        for (int i = 0; i < intervals; i++) {
            int grade = eventGrades[i] == NOT_COVERED ? values.grade() : eventGrades[i];
            long start = values.startMicros() + i * length;
            sink.reading(values.series(), start, values.scaled()[i], grade, values.recordedAtMicros(), line);
        }
    }
}
