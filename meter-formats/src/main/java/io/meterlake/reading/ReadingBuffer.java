package io.meterlake.reading;

import static java.util.Objects.checkIndex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps what a parser pushes, column by column: 36 bytes a reading in arrays that grow by chunks, so that a buffer
 * never needs twice its size while it grows. A reader takes it as a whole, once the file has turned out not to be
 * void: by index ({@link #seriesAt}, {@link #startAt} …), or replayed into another sink ({@link #replayTo}).
 *
 * <p>Series and grades are numbered 0, 1, 2 … in the order in which they were declared, so a handle is an index into
 * {@link #series()} and {@link #grades()}. Readings keep the order in which they were pushed. Not thread-safe.
 */
public final class ReadingBuffer implements ReadingSink {
    private static final int CHUNK_BITS = 15;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int MASK = CHUNK - 1;

    private final List<Series> series = new ArrayList<>();
    private final Map<Series, Integer> seriesHandles = new HashMap<>();
    private final List<Grade> grades = new ArrayList<>();
    private final Map<Grade, Integer> gradeHandles = new HashMap<>();
    private final List<RegisterPeriod> registerPeriods = new ArrayList<>();
    private final List<Reject> rejects = new ArrayList<>();

    private int[][] seriesColumn = new int[16][];
    private long[][] startColumn = new long[16][];
    private long[][] valueColumn = new long[16][];
    private int[][] gradeColumn = new int[16][];
    private long[][] recordedColumn = new long[16][];
    private int[][] lineColumn = new int[16][];
    private int size;

    @Override
    public int series(Series declared) {
        Integer handle = seriesHandles.putIfAbsent(declared, series.size());
        if (handle != null) {
            return handle;
        }
        series.add(declared);
        return series.size() - 1;
    }

    @Override
    public int grade(Grade declared) {
        Integer handle = gradeHandles.putIfAbsent(declared, grades.size());
        if (handle != null) {
            return handle;
        }
        grades.add(declared);
        return grades.size() - 1;
    }

    /** @throws ArithmeticException if there are more readings, or lines, than an {@code int} counts */
    @Override
    public void reading(int series, long startMicros, long scaledValue, int grade, long recordedAtMicros, long line) {
        int chunk = size >>> CHUNK_BITS;
        int slot = size & MASK;
        int shortLine = Math.toIntExact(line);
        int grown = Math.incrementExact(size);
        if (slot == 0) {
            addChunk(chunk);
        }
        seriesColumn[chunk][slot] = series;
        startColumn[chunk][slot] = startMicros;
        valueColumn[chunk][slot] = scaledValue;
        gradeColumn[chunk][slot] = grade;
        recordedColumn[chunk][slot] = recordedAtMicros;
        lineColumn[chunk][slot] = shortLine;
        size = grown;
    }

    @Override
    public void registerPeriod(RegisterPeriod period) {
        registerPeriods.add(period);
    }

    @Override
    public void reject(Reject reject) {
        rejects.add(reject);
    }

    private void addChunk(int chunk) {
        if (chunk == seriesColumn.length) {
            seriesColumn = Arrays.copyOf(seriesColumn, 2 * chunk);
            startColumn = Arrays.copyOf(startColumn, 2 * chunk);
            valueColumn = Arrays.copyOf(valueColumn, 2 * chunk);
            gradeColumn = Arrays.copyOf(gradeColumn, 2 * chunk);
            recordedColumn = Arrays.copyOf(recordedColumn, 2 * chunk);
            lineColumn = Arrays.copyOf(lineColumn, 2 * chunk);
        }
        seriesColumn[chunk] = new int[CHUNK];
        startColumn[chunk] = new long[CHUNK];
        valueColumn[chunk] = new long[CHUNK];
        gradeColumn[chunk] = new int[CHUNK];
        recordedColumn[chunk] = new long[CHUNK];
        lineColumn[chunk] = new int[CHUNK];
    }

    /** How many readings there are. */
    public int size() {
        return size;
    }

    /** All series, by handle. */
    public List<Series> series() {
        return Collections.unmodifiableList(series);
    }

    /** All grades, by handle. */
    public List<Grade> grades() {
        return Collections.unmodifiableList(grades);
    }

    /** All advances of registers, in the order of their coming. */
    public List<RegisterPeriod> registerPeriods() {
        return Collections.unmodifiableList(registerPeriods);
    }

    /** All rejects, in the order of their coming. */
    public List<Reject> rejects() {
        return Collections.unmodifiableList(rejects);
    }

    /** The handle of the series of a reading. */
    public int seriesAt(int reading) {
        return seriesColumn[checkIndex(reading, size) >>> CHUNK_BITS][reading & MASK];
    }

    /** Microseconds since 1970-01-01T00:00Z. */
    public long startAt(int reading) {
        return startColumn[checkIndex(reading, size) >>> CHUNK_BITS][reading & MASK];
    }

    /** The value × 10^{@link #VALUE_SCALE}, or {@link #NO_VALUE}. */
    public long valueAt(int reading) {
        return valueColumn[checkIndex(reading, size) >>> CHUNK_BITS][reading & MASK];
    }

    /** The handle of the grade of a reading. */
    public int gradeAt(int reading) {
        return gradeColumn[checkIndex(reading, size) >>> CHUNK_BITS][reading & MASK];
    }

    /** Microseconds since 1970-01-01T00:00Z, or {@link #NO_TIME}. */
    public long recordedAt(int reading) {
        return recordedColumn[checkIndex(reading, size) >>> CHUNK_BITS][reading & MASK];
    }

    /** The line in the file, counted from 1. */
    public long lineAt(int reading) {
        return lineColumn[checkIndex(reading, size) >>> CHUNK_BITS][reading & MASK];
    }

    /** Pushes everything into another sink: first the readings in their order, then the registers and rejects. */
    public void replayTo(ReadingSink sink) {
        int[] theirSeries = series.stream().mapToInt(sink::series).toArray();
        int[] theirGrades = grades.stream().mapToInt(sink::grade).toArray();
        for (int i = 0; i < size; i++) {
            sink.reading(
                    theirSeries[seriesAt(i)],
                    startAt(i),
                    valueAt(i),
                    theirGrades[gradeAt(i)],
                    recordedAt(i),
                    lineAt(i));
        }
        registerPeriods.forEach(sink::registerPeriod);
        rejects.forEach(sink::reject);
    }
}
