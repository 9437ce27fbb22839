package io.meterlake.writer.upsert;

import io.meterlake.error.MeterlakeException;
import io.meterlake.reading.Grade;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the readings of one file, among others' that are taken in together. When it is read it is either {@linkplain #keep
 * kept} or {@linkplain #drop dropped}. Not thread-safe.
 */
public final class IncomingFile implements ReadingSink {
    private final IncomingReadings all;
    private final int number;
    private final long receivedAtMicros;
    private final int firstSeries;
    private final int firstGrade;
    private final List<Series> series = new ArrayList<>();
    private final Map<Series, Integer> seriesHandles = new HashMap<>();
    private final Map<Grade, Integer> gradeHandles = new HashMap<>();
    private final KeptRejects rejects = new KeptRejects();
    private long size;
    private long firstStart = Long.MAX_VALUE;
    private long lastStart = Long.MIN_VALUE;

    IncomingFile(IncomingReadings all, int number, long receivedAtMicros, int firstSeries, int firstGrade) {
        this.all = all;
        this.number = number;
        this.receivedAtMicros = receivedAtMicros;
        this.firstSeries = firstSeries;
        this.firstGrade = firstGrade;
    }

    @Override
    public int series(Series declared) {
        Integer handle = seriesHandles.putIfAbsent(declared, series.size());
        if (handle != null) {
            return handle;
        }
        series.add(declared);
        all.add(declared);
        return series.size() - 1;
    }

    @Override
    public int grade(Grade declared) {
        Integer handle = gradeHandles.putIfAbsent(declared, gradeHandles.size());
        if (handle != null) {
            return handle;
        }
        all.add(declared);
        return gradeHandles.size() - 1;
    }

    /** @throws MeterlakeException {@code LAKE_STORAGE} if readings have to be spilled and can't be */
    @Override
    public void reading(int ofSeries, long startMicros, long scaledValue, int grade, long recordedAtMicros, long line) {
        all.add(
                firstSeries + ofSeries,
                startMicros,
                scaledValue,
                firstGrade + grade,
                recordedAtMicros == NO_TIME ? receivedAtMicros : recordedAtMicros);
        firstStart = Math.min(firstStart, startMicros);
        lastStart = Math.max(lastStart, startMicros);
        size++;
    }

    @Override
    public void reject(Reject reject) {
        rejects.add(reject);
    }

    /** The rejects, in the order of their coming; of very many the first ones, and one that tells of the others. */
    public List<Reject> rejects() {
        return rejects.all();
    }

    /** Of how many records something was rejected. */
    public long rejectedRecords() {
        return rejects.records();
    }

    /** All series, by their handles. */
    public List<Series> series() {
        return Collections.unmodifiableList(series);
    }

    /** The series of a handle. */
    public Series seriesOf(int handle) {
        return series.get(handle);
    }

    /** The file's number among those that are taken in together. */
    public int number() {
        return number;
    }

    /** How many readings there are. */
    public long size() {
        return size;
    }

    /** How many readings take as much memory as its rejects, which are never spilled; roughly. */
    public long rejectsAsReadings() {
        return rejects.bytes() / MemoryBudget.BYTES_A_READING;
    }

    /** The earliest start; only if there are any readings. In microseconds since 1970-01-01T00:00Z. */
    public long firstStart() {
        return firstStart;
    }

    /** The latest start. */
    public long lastStart() {
        return lastStart;
    }

    /** What was read stays. */
    public void keep(FileFacts facts) {
        all.keep(facts);
    }

    /** What was read is no part of what is taken in. */
    public void drop() {
        all.drop(size);
    }
}
