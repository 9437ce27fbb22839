package io.meterlake.writer.upsert;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A run whose readings are in a file: some ten bytes each, as most columns differ little from one reading of a channel
 * to the next. Immutable once all slots are added; then thread-safe.
 */
final class SpilledRun implements ReadingRun {
    private final SpillFile file;
    private final Map<Long, SpillFile.Part> parts = new HashMap<>();

    SpilledRun(SpillFile file) {
        this.file = file;
    }

    void add(long slot, RawReadings rows, int from, int to) throws IOException {
        if (from == to) {
            return;
        }
        SpillFile.Writer writer = file.begin();
        int row = from;
        while (row < to) {
            int series = rows.series[row];
            int end = row + 1;
            while (end < to && rows.series[end] == series) {
                end++;
            }
            writer.number(series);
            writer.number(end - row);
            Deltas last = new Deltas();
            for (; row < end; row++) {
                writer.number(rows.grade[row]);
                writer.signed(rows.start[row] - last.start);
                writer.signed(rows.value[row] - last.value);
                writer.signed(rows.recordedAt[row] - last.recordedAt);
                last.start = rows.start[row];
                last.value = rows.value[row];
                last.recordedAt = rows.recordedAt[row];
            }
        }
        parts.put(slot, writer.end());
    }

    /** What the next reading is told by its difference to. */
    private static final class Deltas {
        long start;
        long value;
        long recordedAt;
    }

    @Override
    public Set<Long> slots() {
        return Collections.unmodifiableSet(parts.keySet());
    }

    @Override
    public RunCursor cursor(long slot, int[] channelOfSeries) {
        return new FileCursor(file.read(requireNonNull(parts.get(slot))), channelOfSeries);
    }

    private static final class FileCursor implements RunCursor {
        private static final int NONE = -1;

        private final SpillFile.Reader reader;
        private final int[] channelOfSeries;
        private final RawReadings rows = new RawReadings();
        private int nextSeries = NONE;

        FileCursor(SpillFile.Reader reader, int[] channelOfSeries) {
            this.reader = reader;
            this.channelOfSeries = channelOfSeries;
        }

        @Override
        public boolean next() throws IOException {
            rows.clear();
            if (nextSeries == NONE && !readSeries()) {
                return false;
            }
            int channel = channelOfSeries[nextSeries];
            do {
                readRows();
            } while (readSeries() && channelOfSeries[nextSeries] == channel);
            return true;
        }

        private boolean readSeries() throws IOException {
            nextSeries = reader.hasMore() ? (int) reader.number() : NONE;
            return nextSeries != NONE;
        }

        private void readRows() throws IOException {
            long count = reader.number();
            Deltas last = new Deltas();
            for (long i = 0; i < count; i++) {
                int grade = (int) reader.number();
                last.start += reader.signed();
                last.value += reader.signed();
                last.recordedAt += reader.signed();
                rows.add(nextSeries, last.start, last.value, grade, last.recordedAt);
            }
        }

        @Override
        public int channel() {
            return channelOfSeries[rows.series[0]];
        }

        @Override
        public RawReadings rows() {
            return rows;
        }

        @Override
        public int from() {
            return 0;
        }

        @Override
        public int to() {
            return rows.size;
        }
    }
}
