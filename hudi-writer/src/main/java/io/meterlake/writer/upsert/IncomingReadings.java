package io.meterlake.writer.upsert;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.reading.Grade;
import io.meterlake.reading.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/**
 * Takes the readings of files, one file after the other, and sorts them as they come: while some are read, those before
 * them are sorted on another thread and, beyond the {@link MemoryBudget}, spilled to a file. Small files are sorted
 * together. Not thread-safe. To be closed after the {@link SortedReadings} that it makes.
 */
public final class IncomingReadings implements AutoCloseable {
    private final MemoryBudget budget;
    private final Path spillFolder;
    private final Channels channels;
    private final LastWords lastWords = new LastWords();
    private final List<Series> series = new ArrayList<>();
    private final List<Integer> fileOfSeries = new ArrayList<>();
    private final List<Grade> grades = new ArrayList<>();
    /** By number of the file; those of a file that was dropped are on no reading. */
    private final List<FileFacts> facts = new ArrayList<>();

    private final List<ReadingRun> runs = new ArrayList<>();

    private RawReadings readings = new RawReadings();
    private int sortedSeries;
    private @Nullable ForkJoinTask<ReadingRun> sorting;
    private @Nullable SpillFile spillFile;
    private long inMemory;
    private long size;
    private int runsHandedOver;

    /** The first run, and the first of the readings that wait, that are of the file that is being read. */
    private int firstRunOfFile;

    private int firstOfFile;

    /**
     * Begins with no readings.
     *
     * @param buckets how many files a day is spread over
     * @param spillFolder a folder on the lake's disk; made if it is needed
     */
    public IncomingReadings(int buckets, MemoryBudget budget, Path spillFolder) {
        this.budget = budget;
        this.spillFolder = spillFolder;
        this.channels = new Channels(buckets);
    }

    /**
     * Begins the next file; the one before must be kept or dropped.
     *
     * @param receivedAtMicros the time of recording where a reading has none
     */
    public IncomingFile file(long receivedAtMicros) {
        firstRunOfFile = runsHandedOver;
        firstOfFile = readings.size;
        return new IncomingFile(this, facts.size(), receivedAtMicros, series.size(), grades.size());
    }

    void add(Series declared) {
        series.add(declared);
        fileOfSeries.add(facts.size());
    }

    void add(Grade declared) {
        grades.add(declared);
    }

    void add(int ofSeries, long startMicros, long scaledValue, int grade, long recordedAtMicros) {
        if (readings.size == budget.readingsAtOnce()) {
            makeRoom();
        }
        readings.add(ofSeries, startMicros, scaledValue, grade, recordedAtMicros);
        size++;
    }

    void keep(FileFacts ofFile) {
        facts.add(ofFile);
    }

    void drop(long readingsOfFile) {
        takeSorted();
        readings.cutTo(firstOfFile);
        while (runs.size() > firstRunOfFile) {
            if (runs.removeLast() instanceof SortedRun run) {
                inMemory -= run.size();
            }
        }
        runsHandedOver = firstRunOfFile;
        size -= readingsOfFile;
        facts.add(FileFacts.DROPPED);
    }

    /** How many readings there are, those of the file that is being read among them. */
    public long size() {
        return size;
    }

    /** Sorts what is left. No reading may come after it. */
    public SortedReadings sorted() {
        if (readings.size > 0) {
            sortThese();
        }
        takeSorted();
        return new SortedReadings(new FileTexts(channels, series, fileOfSeries, grades, facts), runs);
    }

    /** A run is of files that are all kept, or of the one that is being read alone: so that that can be dropped. */
    private void makeRoom() {
        RawReadings ofFile = new RawReadings(readings.size);
        if (firstOfFile > 0) {
            ofFile.addAll(readings, firstOfFile, readings.size);
            readings.cutTo(firstOfFile);
            firstOfFile = 0;
            sortThese();
            firstRunOfFile = runsHandedOver;
        } else {
            sortThese();
        }
        readings = ofFile;
    }

    /** Hands over what has come; waits for what was handed over before. */
    private void sortThese() {
        takeSorted();
        RawReadings batch = readings;
        List<Series> more = List.copyOf(series.subList(sortedSeries, series.size()));
        sortedSeries = series.size();
        Callable<ReadingRun> sort = () -> sort(batch, more);
        sorting = ForkJoinPool.commonPool().submit(sort);
        runsHandedOver++;
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
        // The caller may read the files once more, and needs the room.
        runs.clear();
        if (spillFile != null) {
            spillFile.close();
        }
    }
}
