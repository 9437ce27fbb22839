package io.meterlake.writer.upsert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A slot's readings out of all runs, in the order of the runs where they tell of the same interval. */
final class MergedWindows implements ReadingWindows {
    private static final int NONE = Integer.MAX_VALUE;
    private static final int MOST_AT_FIRST = 1 << 18;

    private final FileTexts texts;
    private final List<RunCursor> cursors;
    private final LastWords lastWords;
    private final RawReadings mixed = new RawReadings();
    private int nextChannel;

    /** @param cursors one for each run that has readings of the slot, older runs first */
    MergedWindows(FileTexts texts, List<RunCursor> cursors) throws IOException {
        this.texts = texts;
        this.cursors = new ArrayList<>(cursors);
        this.lastWords = new LastWords();
        for (RunCursor cursor : cursors) {
            if (!cursor.next()) {
                this.cursors.remove(cursor);
            }
        }
        findNext();
    }

    private void findNext() {
        nextChannel = NONE;
        for (RunCursor cursor : cursors) {
            nextChannel = Math.min(nextChannel, cursor.channel());
        }
    }

    @Override
    public ReadingBlock next(byte @Nullable [] beforeMeter, int rows) throws IOException {
        int limit = beforeMeter == null ? NONE : texts.firstChannelFrom(beforeMeter);
        if (nextChannel >= limit) {
            return ReadingBlock.EMPTY;
        }
        RawReadings window = new RawReadings(Math.min(rows, MOST_AT_FIRST) + MOST_AT_FIRST / 64);
        List<ChannelKey> channels = new ArrayList<>();
        int[] ends = new int[64];
        int meter = texts.meter(nextChannel);
        while (nextChannel < limit && (window.size < rows || texts.meter(nextChannel) == meter)) {
            meter = texts.meter(nextChannel);
            if (channels.size() == ends.length) {
                ends = Arrays.copyOf(ends, 2 * ends.length);
            }
            channels.add(texts.channel(nextChannel));
            addChannel(window);
            ends[channels.size() - 1] = window.size;
            findNext();
        }
        window.trim();
        int[] channel = new int[window.size];
        for (int i = 0; i < channels.size(); i++) {
            Arrays.fill(channel, i == 0 ? 0 : ends[i - 1], ends[i], i);
        }
        return texts.block(channels, channel, window);
    }

    /** Adds the readings of the next channel. Those of one run mostly end before those of the next one begin. */
    private void addChannel(RawReadings window) throws IOException {
        int from = window.size;
        int channel = nextChannel;
        boolean inOrder = true;
        for (int i = 0; i < cursors.size(); i++) {
            RunCursor cursor = cursors.get(i);
            if (cursor.channel() == channel) {
                RawReadings rows = cursor.rows();
                inOrder &= window.size == from || window.start[window.size - 1] < rows.start[cursor.from()];
                window.addAll(rows, cursor.from(), cursor.to());
                if (!cursor.next()) {
                    cursors.remove(i--);
                }
            }
        }
        if (!inOrder) {
            sortAndThin(window, from);
        }
    }

    private void sortAndThin(RawReadings window, int from) {
        mixed.clear();
        mixed.addAll(window, from, window.size);
        int[] order = new int[mixed.size];
        Arrays.setAll(order, row -> row);
        int size = lastWords.sortAndThin(mixed, order, 0, order.length);
        window.size = from;
        window.addGathered(mixed, order, size);
    }
}
