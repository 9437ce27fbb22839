package io.meterlake.writer.upsert;

import io.meterlake.reading.ReadingBuffer;
import io.meterlake.reading.ReadingSink;
import java.util.Arrays;

/**
 * Puts the readings of each channel into the order of their start, and takes out all but the last word on each
 * interval. Mostly they come in that order, and there is nothing to do. Not thread-safe.
 */
final class Runs {
    private final ReadingBuffer buffer;
    private final int[] channelOfSeries;
    private final int[] order;
    private final long receivedAtMicros;
    private long dropped;

    Runs(ReadingBuffer buffer, int[] channelOfSeries, int[] order, long receivedAtMicros) {
        this.buffer = buffer;
        this.channelOfSeries = channelOfSeries;
        this.order = order;
        this.receivedAtMicros = receivedAtMicros;
    }

    /** Sorts and thins {@code order[from..to)}, which is sorted by channel; the new end. */
    int sortAndThin(int from, int to) {
        int end = from;
        int runFrom = from;
        while (runFrom < to) {
            int channel = channel(runFrom);
            int runTo = runFrom + 1;
            boolean inOrder = true;
            while (runTo < to && channel(runTo) == channel) {
                inOrder &= buffer.startAt(order[runTo - 1]) < buffer.startAt(order[runTo]);
                runTo++;
            }
            if (inOrder) {
                System.arraycopy(order, runFrom, order, end, runTo - runFrom);
                end += runTo - runFrom;
            } else {
                end = sort(runFrom, runTo, end);
            }
            runFrom = runTo;
        }
        dropped += to - end;
        return end;
    }

    long dropped() {
        return dropped;
    }

    private int channel(int index) {
        return channelOfSeries[buffer.seriesAt(order[index])];
    }

    private int sort(int from, int to, int end) {
        // By start, then by time of recording; the sort is stable, so the later line comes later.
        Integer[] run = new Integer[to - from];
        Arrays.setAll(run, i -> order[from + i]);
        Arrays.sort(run, (a, b) -> {
            int byStart = Long.compare(buffer.startAt(a), buffer.startAt(b));
            return byStart != 0 ? byStart : Long.compare(recordedAt(a), recordedAt(b));
        });
        int target = end;
        for (int i = 0; i < run.length; i++) {
            boolean lastWord = i + 1 == run.length || buffer.startAt(run[i]) != buffer.startAt(run[i + 1]);
            if (lastWord) {
                order[target++] = run[i];
            }
        }
        return target;
    }

    private long recordedAt(int reading) {
        long recorded = buffer.recordedAt(reading);
        return recorded == ReadingSink.NO_TIME ? receivedAtMicros : recorded;
    }
}
