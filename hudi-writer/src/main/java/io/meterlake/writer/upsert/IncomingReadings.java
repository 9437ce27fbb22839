package io.meterlake.writer.upsert;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.reading.Grade;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/**
 * Takes the readings of a file and sorts them as they come: while some are read, those before them are sorted on another
 * thread and, beyond the {@link MemoryBudget}, spilled to a file. Not thread-safe. To be closed after the
 * {@link SortedReadings} that it makes.
 */
public final class IncomingReadings implements ReadingSink, AutoCloseable {
    private final MemoryBudget budget;
    private final Path spillFolder;
    private final Channels channels;
    private final LastWords lastWords;
    private final List<Series> series = new ArrayList<>();
    private final Map<Series, Integer> seriesHandles = new HashMap<>();
    private final List<Grade> grades = new ArrayList<>();
    private final Map<Grade, Integer> gradeHandles = new HashMap<>();
    private final List<Reject> rejects = new ArrayList<>();
    private final List<ReadingRun> runs = new ArrayList<>();

    private RawReadings readings = new RawReadings();
    private int sortedSeries;
    private @Nullable ForkJoinTask<ReadingRun> sorting;
    private @Nullable SpillFile spillFile;
    private long inMemory;
    private long size;
    private long firstStart = Long.MAX_VALUE;
    private long lastStart = Long.MIN_VALUE;

    /**
     * Begins with no readings.
     *
     * @param buckets how many files a day is spread over
     * @param receivedAtMicros the time of recording where a reading has none
     * @param spillFolder a folder on the lake's disk; made if it is needed
     */
    public IncomingReadings(int buckets, long receivedAtMicros, MemoryBudget budget, Path spillFolder) {
        this.budget = budget;
        this.spillFolder = spillFolder;
        this.channels = new Channels(buckets);
        this.lastWords = new LastWords(receivedAtMicros);
    }

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

    /** @throws MeterlakeException {@code LAKE_STORAGE} if readings have to be spilled and can't be */
    @Override
    public void reading(int ofSeries, long startMicros, long scaledValue, int grade, long recordedAtMicros, long line) {
        if (readings.size == budget.readingsAtOnce()) {
            sortThese();
        }
        readings.add(ofSeries, startMicros, scaledValue, grade, recordedAtMicros);
        firstStart = Math.min(firstStart, startMicros);
        lastStart = Math.max(lastStart, startMicros);
        size++;
    }

    @Override
    public void reject(Reject reject) {
        rejects.add(reject);
    }

    /** All rejects, in the order of their coming. */
    public List<Reject> rejects() {
        return Collections.unmodifiableList(rejects);
    }

    /** The series of a handle. */
    public Series seriesOf(int handle) {
        return series.get(handle);
    }

    /** How many readings there are. */
    public long size() {
        return size;
    }

    /** The earliest start; only if there are any readings. In microseconds since 1970-01-01T00:00Z. */
    public long firstStart() {
        return firstStart;
    }

    /** The latest start. */
    public long lastStart() {
        return lastStart;
    }

    /** Sorts what is left. No reading may come after it. */
    public SortedReadings sorted(FileFacts facts) {
        if (readings.size > 0) {
            sortThese();
        }
        takeSorted();
        return new SortedReadings(new FileTexts(channels, series, grades, facts), runs);
    }

    /** Hands over what has come; waits for what was handed over before. */
    private void sortThese() {
        takeSorted();
        RawReadings batch = readings;
        List<Series> more = List.copyOf(series.subList(sortedSeries, series.size()));
        sortedSeries = series.size();
        Callable<ReadingRun> sort = () -> sort(batch, more);
        sorting = ForkJoinPool.commonPool().submit(sort);
        readings = new RawReadings(batch.size);
    }

    private void takeSorted() {
        if (sorting != null) {
            runs.add(sorting.join());
            sorting = null;
        }
    }

    private ReadingRun sort(RawReadings batch, List<Series> more) {
        channels.add(more);
        SortedRun run = SortedRun.of(batch, channels, lastWords);
        if (inMemory + run.size() <= budget.readingsInMemory()) {
            inMemory += run.size();
            return run;
        }
        try {
            if (spillFile == null) {
                spillFile = SpillFile.create(spillFolder);
            }
            return run.spillTo(requireNonNull(spillFile));
        } catch (IOException e) {
            throw new MeterlakeException(
                    LakeErrorCode.LAKE_STORAGE,
                    "Cannot keep readings in " + spillFolder + ": " + e,
                    "Make room on the lake's disk, or give the program more memory",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        if (sorting != null) {
            sorting.quietlyJoin();
        }
        // The caller may read the file once more, and needs the room.
        runs.clear();
        if (spillFile != null) {
            spillFile.close();
        }
    }
}
