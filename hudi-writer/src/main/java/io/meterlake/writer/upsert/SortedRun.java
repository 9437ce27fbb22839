package io.meterlake.writer.upsert;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Some of the readings by day and bucket, and in each by channel and start, one reading a key. In memory; may be
 * {@linkplain #spillTo spilled}. Immutable, thread-safe.
 */
final class SortedRun implements ReadingRun {
    private final RawReadings rows;
    private final long[] slots;
    private final int[] ends;

    private SortedRun(RawReadings rows, long[] slots, int[] ends) {
        this.rows = rows;
        this.slots = slots;
        this.ends = ends;
    }

    /** Sorts; time and memory grow with the number of readings, not faster. */
    static SortedRun of(RawReadings rows, Channels channels, LastWords lastWords) {
        int[] rank = channels.rankOfSeries();
        int[] slotOfRow = new int[rows.size];
        SlotNumbers numbers = new SlotNumbers();
        for (int row = 0; row < rows.size; row++) {
            int series = rows.series[row];
            slotOfRow[row] = numbers.of(channels.day(series, rows.start[row]), channels.bucket(series));
        }
        int[] place = numbers.places();
        int[] order = new int[rows.size];
        Arrays.setAll(order, row -> row);
        order = sorted(order, channels.size(), row -> rank[rows.series[row]]);
        if (place.length > 1) {
            order = sorted(order, place.length, row -> place[slotOfRow[row]]);
        }

        int[] ends = new int[place.length];
        int end = 0;
        int from = 0;
        while (from < order.length) {
            int slot = place[slotOfRow[order[from]]];
            int channel = rank[rows.series[order[from]]];
            int to = from + 1;
            while (to < order.length
                    && rank[rows.series[order[to]]] == channel
                    && place[slotOfRow[order[to]]] == slot) {
                to++;
            }
            int thinned = lastWords.sortAndThin(rows, order, from, to);
            System.arraycopy(order, from, order, end, thinned - from);
            end += thinned - from;
            ends[slot] = end;
            from = to;
        }
        return new SortedRun(rows.gather(order, end), numbers.inOrder(), ends);
    }

    private interface Key {
        int of(int row);
    }

    /** A stable counting sort. */
    private static int[] sorted(int[] order, int keys, Key key) {
        int[] next = new int[keys + 1];
        for (int row : order) {
            next[key.of(row) + 1]++;
        }
        for (int i = 1; i < next.length; i++) {
            next[i] += next[i - 1];
        }
        int[] sorted = new int[order.length];
        for (int row : order) {
            sorted[next[key.of(row)]++] = row;
        }
        return sorted;
    }

    @Override
    public Set<Long> slots() {
        return IntStream.range(0, slots.length)
                .filter(slot -> from(slot) < ends[slot])
                .mapToObj(slot -> slots[slot])
                .collect(Collectors.toSet());
    }

    private int from(int slot) {
        return slot == 0 ? 0 : ends[slot - 1];
    }

    @Override
    public RunCursor cursor(long slot, int[] channelOfSeries) {
        int at = Arrays.binarySearch(slots, slot);
        return new MemoryCursor(channelOfSeries, from(at), ends[at]);
    }

    int size() {
        return rows.size;
    }

    /** The same readings in a file. */
    SpilledRun spillTo(SpillFile file) throws IOException {
        SpilledRun spilled = new SpilledRun(file);
        for (int slot = 0; slot < slots.length; slot++) {
            spilled.add(slots[slot], rows, from(slot), ends[slot]);
        }
        return spilled;
    }

    private final class MemoryCursor implements RunCursor {
        private final int[] channelOfSeries;
        private final int end;
        private int from;
        private int to;

        MemoryCursor(int[] channelOfSeries, int from, int end) {
            this.channelOfSeries = channelOfSeries;
            this.to = from;
            this.end = end;
        }

        @Override
        public boolean next() {
            from = to;
            if (from == end) {
                return false;
            }
            int channel = channel();
            to++;
            while (to < end && channelOfSeries[rows.series[to]] == channel) {
                to++;
            }
            return true;
        }

        @Override
        public int channel() {
            return channelOfSeries[rows.series[from]];
        }

        @Override
        public RawReadings rows() {
            return rows;
        }

        @Override
        public int from() {
            return from;
        }

        @Override
        public int to() {
            return to;
        }
    }
}
