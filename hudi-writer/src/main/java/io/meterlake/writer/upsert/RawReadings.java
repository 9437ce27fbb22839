package io.meterlake.writer.upsert;

import io.meterlake.reading.ReadingSink;
import java.util.Arrays;

/**
 * Readings as a format pushes them, column by column, 32 bytes each: numbers of series and grade, start, value and time
 * of recording, with {@link ReadingSink}'s words for what is not there. Grows. Not thread-safe.
 */
final class RawReadings {
    private static final int FIRST_CAPACITY = 1 << 10;

    int[] series;
    int[] grade;
    long[] start;
    long[] value;
    long[] recordedAt;
    int size;

    RawReadings() {
        this(FIRST_CAPACITY);
    }

    RawReadings(int capacity) {
        series = new int[capacity];
        grade = new int[capacity];
        start = new long[capacity];
        value = new long[capacity];
        recordedAt = new long[capacity];
    }

    void add(int ofSeries, long startMicros, long scaledValue, int ofGrade, long recordedAtMicros) {
        reserve(1);
        series[size] = ofSeries;
        grade[size] = ofGrade;
        start[size] = startMicros;
        value[size] = scaledValue;
        recordedAt[size] = recordedAtMicros;
        size++;
    }

    /** Adds rows {@code from} up to {@code to} of others. */
    void addAll(RawReadings others, int from, int to) {
        int count = to - from;
        reserve(count);
        System.arraycopy(others.series, from, series, size, count);
        System.arraycopy(others.grade, from, grade, size, count);
        System.arraycopy(others.start, from, start, size, count);
        System.arraycopy(others.value, from, value, size, count);
        System.arraycopy(others.recordedAt, from, recordedAt, size, count);
        size += count;
    }

    /** These rows in this order. */
    RawReadings gather(int[] order, int count) {
        RawReadings gathered = new RawReadings(count);
        gathered.addGathered(this, order, count);
        return gathered;
    }

    /** Adds the rows of others that have these numbers. */
    void addGathered(RawReadings others, int[] order, int count) {
        reserve(count);
        for (int i = 0; i < count; i++) {
            int row = order[i];
            series[size + i] = others.series[row];
            grade[size + i] = others.grade[row];
            start[size + i] = others.start[row];
            value[size + i] = others.value[row];
            recordedAt[size + i] = others.recordedAt[row];
        }
        size += count;
    }

    /** Cuts the arrays down to the size. */
    void trim() {
        if (series.length != size) {
            resize(size);
        }
    }

    void clear() {
        size = 0;
    }

    /** Forgets the last rows; so many stay. */
    void cutTo(int rows) {
        size = rows;
    }

    private void reserve(int more) {
        if (series.length - size < more) {
            resize(Math.max(Math.addExact(size, more), 2 * series.length));
        }
    }

    private void resize(int capacity) {
        series = Arrays.copyOf(series, capacity);
        grade = Arrays.copyOf(grade, capacity);
        start = Arrays.copyOf(start, capacity);
        value = Arrays.copyOf(value, capacity);
        recordedAt = Arrays.copyOf(recordedAt, capacity);
    }
}
