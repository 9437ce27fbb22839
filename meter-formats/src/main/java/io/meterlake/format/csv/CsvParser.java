package io.meterlake.format.csv;

import io.meterlake.format.csv.CsvLocalTimes.Row;
import io.meterlake.format.csv.CsvSource.Constant;
import io.meterlake.format.text.FieldRecords;
import io.meterlake.format.text.IsoTimestamps;
import io.meterlake.format.text.LocalClock;
import io.meterlake.format.text.PatternTimestamps;
import io.meterlake.format.text.ScaledDecimal;
import io.meterlake.format.text.Timestamps;
import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Reject;
import java.io.IOException;
import java.util.Optional;

/** Goes through the rows of one CSV. A row makes no objects unless something in it is new or wrong. */
final class CsvParser {
    /** What a step returns after it has rejected the row. */
    private static final long REJECTED = Long.MIN_VALUE + 1;

    private static final String NO_CONSTANT = "";

    private final FieldRecords record;
    private final CsvHeader header;
    private final CsvMapping mapping;
    private final boolean canonical;
    private final ReadingSink sink;

    private final CsvSeries series;
    private final CsvGrades grades;
    private final CsvLocalTimes localTimes;
    private final CsvOffsets offsets;
    private final LocalClock recordedClock;
    private final Timestamps intervalTimes;
    private final Timestamps recordedTimes;

    private final boolean timesAreEnds;
    private final int timeColumn;
    private final int valueColumn;
    private final int recordedColumn;
    private final int offsetColumn;
    private final char decimalPoint;
    private final boolean qualityIsConstant;

    CsvParser(FieldRecords record, CsvHeader header, CsvMapping mapping, boolean canonical, ReadingSink sink) {
        this.record = record;
        this.header = header;
        this.mapping = mapping;
        this.canonical = canonical;
        this.sink = sink;
        this.series = new CsvSeries(header, mapping, canonical, sink);
        this.grades = new CsvGrades(header, mapping, sink);
        this.localTimes = new CsvLocalTimes(mapping, sink);
        this.offsets = new CsvOffsets(mapping.timeZone());
        this.recordedClock = new LocalClock(mapping.timeZone());
        this.intervalTimes = timestamps(mapping.timestampFormat());
        this.recordedTimes = timestamps(mapping.recordedAtFormat());
        this.timesAreEnds = mapping.fields().containsKey(CsvField.INTERVAL_END);
        this.timeColumn = header.position(timesAreEnds ? CsvField.INTERVAL_END : CsvField.INTERVAL_START);
        this.valueColumn = header.position(CsvField.VALUE);
        this.recordedColumn = header.position(CsvField.RECORDED_AT);
        this.offsetColumn = header.position(CsvField.UTC_OFFSET);
        this.decimalPoint = mapping.decimalPoint();
        this.qualityIsConstant = mapping.fields().get(CsvField.QUALITY) instanceof Constant;
    }

    private static Timestamps timestamps(Optional<String> pattern) {
        return pattern.<Timestamps>map(PatternTimestamps::new).orElseGet(IsoTimestamps::new);
    }

    void parse() throws IOException {
        while (record.next()) {
            row();
        }
        localTimes.end();
    }

    private void row() {
        if (record.damaged()) {
            reject("", record.damage(), record.damageHint());
            return;
        }
        if (record.fields() != header.width() && !hasOnlyEmptyExtraFields()) {
            reject(
                    "",
                    "the row has %d fields, and the header %d".formatted(record.fields(), header.width()),
                    "A line may have been cut off, or a field with a delimiter in it lacks its quotes.");
            return;
        }
        int found = series.find(record);
        if (found < 0) {
            Optional<CsvProblem> problem = series.add(record);
            if (problem.isPresent()) {
                reject(problem.get());
                return;
            }
            found = series.find(record);
        }
        int grade = grades.find(record);
        if (grade < 0) {
            Optional<CsvProblem> problem = grades.add(record);
            if (problem.isPresent()) {
                reject(problem.get());
                return;
            }
            grade = grades.find(record);
        }
        long value = value();
        if (value == REJECTED) {
            return;
        }
        if (value == ReadingSink.NO_VALUE && qualityIsConstant) {
            grade = sink.grade(new Grade(Quality.MISSING, NO_CONSTANT));
        }
        long recordedAt = recordedAt();
        if (recordedAt != REJECTED) {
            interval(found, value, grade, recordedAt);
        }
    }

    private boolean hasOnlyEmptyExtraFields() {
        for (int field = header.width(); field < record.fields(); field++) {
            if (!record.isEmpty(field)) {
                return false;
            }
        }
        return record.fields() > header.width();
    }

    private long value() {
        int from = record.start(valueColumn);
        int to = record.end(valueColumn);
        if (from == to) {
            return ReadingSink.NO_VALUE;
        }
        char point = record.decimalPoint(valueColumn, decimalPoint);
        long scaled = ScaledDecimal.parse(record.buffer(), from, to, point);
        if (!ScaledDecimal.failed(scaled)) {
            return scaled;
        }
        String text = record.text(valueColumn);
        if (mapping.noValue().contains(text)) {
            return ReadingSink.NO_VALUE;
        }
        reject(
                CsvField.VALUE.label(),
                ScaledDecimal.reason(scaled, text),
                "A value is a number such as 1%c25, without an exponent or separators of thousands."
                        .formatted(decimalPoint));
        return REJECTED;
    }

    private long recordedAt() {
        if (recordedColumn == CsvHeader.NONE || record.isEmpty(recordedColumn)) {
            return ReadingSink.NO_TIME;
        }
        if (!recordedTimes.read(record.buffer(), record.start(recordedColumn), record.end(recordedColumn))) {
            return rejectTime(CsvField.RECORDED_AT, recordedColumn, recordedTimes);
        }
        if (!recordedTimes.isLocal()) {
            return recordedTimes.micros();
        }
        if (canonical) {
            return rejectWithoutOffset(CsvField.RECORDED_AT, recordedColumn);
        }
        if (recordedClock.at(recordedTimes.micros()) == LocalClock.Occurrence.NEVER) {
            reject(localTimes.skipped(CsvField.RECORDED_AT, record.text(recordedColumn)));
            return REJECTED;
        }
        return recordedClock.earlier();
    }

    private void interval(int found, long value, int grade, long recordedAt) {
        CsvField field = timesAreEnds ? CsvField.INTERVAL_END : CsvField.INTERVAL_START;
        if (!intervalTimes.read(record.buffer(), record.start(timeColumn), record.end(timeColumn))) {
            rejectTime(field, timeColumn, intervalTimes);
            return;
        }
        long micros = intervalTimes.micros();
        long length = timesAreEnds ? series.lengthMicros(found) : 0;
        int handle = series.handle(found);
        if (!intervalTimes.isLocal()) {
            sink.reading(handle, micros - length, value, grade, recordedAt, record.line());
        } else if (offsetColumn != CsvHeader.NONE) {
            Optional<CsvProblem> problem = offsets.apply(micros, record.text(offsetColumn));
            problem.ifPresentOrElse(
                    this::reject,
                    () -> sink.reading(handle, offsets.micros() - length, value, grade, recordedAt, record.line()));
        } else if (canonical) {
            rejectWithoutOffset(field, timeColumn);
        } else if (localTimes.isPlain(found, micros)) {
            sink.reading(handle, localTimes.micros() - length, value, grade, recordedAt, record.line());
        } else {
            String text = record.text(timeColumn);
            Row row = new Row(handle, length, value, grade, recordedAt, record.line(), text, record.rawText());
            localTimes.special(found, micros, field, row).ifPresent(this::reject);
        }
    }

    private long rejectTime(CsvField field, int column, Timestamps times) {
        reject(
                field.label(),
                "'%s' is no time".formatted(record.text(column)),
                "Times look like %s here; the mapping's timestamp formats say so.".formatted(times.example()));
        return REJECTED;
    }

    private long rejectWithoutOffset(CsvField field, int column) {
        reject(
                field.label(),
                "'%s' does not say its UTC offset".formatted(record.text(column)),
                "Without a mapping, times are in UTC and end in Z; a mapping can name a time zone.");
        return REJECTED;
    }

    private void reject(CsvProblem problem) {
        reject(problem.field(), problem.reason(), problem.hint());
    }

    private void reject(String field, String reason, String hint) {
        sink.reject(new Reject(record.line(), field, reason, hint, record.rawText()));
    }
}
