package io.meterlake.writer.upsert;

import io.meterlake.reading.ReadingBuffer;
import io.meterlake.reading.ReadingSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A slot's readings that are all in a buffer: copied out of it, so that what is read together lies together. */
final class SlotWindows implements ReadingWindows {
    private final ReadingBuffer buffer;
    private final FileTexts texts;
    private final int[] order;
    private final int end;
    private int next;

    /** @param order the numbers of the readings; those of the slot are sorted and stand from one index to another */
    SlotWindows(ReadingBuffer buffer, FileTexts texts, int[] order, int from, int to) {
        this.buffer = buffer;
        this.texts = texts;
        this.order = order;
        this.next = from;
        this.end = to;
    }

    @Override
    public ReadingBlock next(byte @Nullable [] beforeMeter, int rows) {
        int limit = beforeMeter == null ? texts.channels.size() : texts.firstChannelFrom(beforeMeter);
        int to = next;
        if (next < end && channel(next) < limit) {
            int full = Math.min(end - next, rows);
            to = firstFrom(limit, next, next + full);
            if (to == next + full) {
                int meter = texts.meterOfChannel[channel(to - 1)];
                while (to < end && texts.meterOfChannel[channel(to)] == meter) {
                    to++;
                }
            }
        }
        ReadingBlock block = to == next ? ReadingBlock.EMPTY : block(next, to);
        next = to;
        return block;
    }

    private int channel(int index) {
        return texts.channelOfSeries[buffer.seriesAt(order[index])];
    }

    /** The first index of a channel that is not before this one. */
    private int firstFrom(int channel, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (channel(middle) < channel) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private ReadingBlock block(int from, int to) {
        int size = to - from;
        List<ChannelKey> channels = new ArrayList<>();
        int[] channel = new int[size];
        int[] series = new int[size];
        int[] grade = new int[size];
        long[] start = new long[size];
        long[] value = new long[size];
        long[] recordedAt = new long[size];
        int last = -1;
        for (int row = 0; row < size; row++) {
            int reading = order[from + row];
            series[row] = buffer.seriesAt(reading);
            int number = texts.channelOfSeries[series[row]];
            if (number != last) {
                last = number;
                channels.add(texts.channels.get(number));
            }
            channel[row] = channels.size() - 1;
            grade[row] = buffer.gradeAt(reading);
            start[row] = buffer.startAt(reading);
            value[row] = buffer.valueAt(reading);
            long recorded = buffer.recordedAt(reading);
            recordedAt[row] = recorded == ReadingSink.NO_TIME ? texts.receivedAt : recorded;
        }
        return texts.block(channels, channel, series, grade, start, value, recordedAt);
    }

    @Override
    public long duplicates() {
        return 0;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
