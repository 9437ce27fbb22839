package io.meterlake.writer.upsert;

/**
 * Puts the readings of a channel into the order of their start, and takes out all but the last word on each interval: of
 * several the one that was recorded last, and of those the one that came last. Mostly they come in that order, and there
 * is nothing to do. Not thread-safe.
 */
final class LastWords {
    private static final int INSERTION_SORTED = 16;

    private int[] other = new int[0];

    /** Sorts and thins {@code order[from..to)}, rows of one channel in the order in which they came; the new end. */
    int sortAndThin(RawReadings rows, int[] order, int from, int to) {
        boolean inOrder = true;
        for (int i = from + 1; i < to && inOrder; i++) {
            inOrder = rows.start[order[i - 1]] < rows.start[order[i]];
        }
        if (inOrder) {
            return to;
        }
        sort(rows, order, from, to);
        int end = from;
        for (int i = from; i < to; i++) {
            if (i + 1 == to || rows.start[order[i]] != rows.start[order[i + 1]]) {
                order[end++] = order[i];
            }
        }
        return end;
    }

    /** A stable sort: by insertion in short pieces, which are then merged. */
    private void sort(RawReadings rows, int[] order, int from, int to) {
        for (int piece = from; piece < to; piece += INSERTION_SORTED) {
            insertionSort(rows, order, piece, Math.min(to, piece + INSERTION_SORTED));
        }
        if (other.length < to - from) {
            other = new int[to - from];
        }
        for (int width = INSERTION_SORTED; width < to - from; width *= 2) {
            for (int left = from; left + width < to; left += 2 * width) {
                merge(rows, order, left, left + width, Math.min(to, left + 2 * width));
            }
        }
    }

    private void insertionSort(RawReadings rows, int[] order, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int row = order[i];
            int at = i;
            while (at > from && compare(rows, order[at - 1], row) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = row;
        }
    }

    private void merge(RawReadings rows, int[] order, int from, int middle, int to) {
        int left = middle - from;
        System.arraycopy(order, from, other, 0, left);
        int a = 0;
        int b = middle;
        int at = from;
        while (a < left) {
            boolean first = b == to || compare(rows, other[a], order[b]) <= 0;
            order[at++] = first ? other[a++] : order[b++];
        }
    }

    private int compare(RawReadings rows, int a, int b) {
        int byStart = Long.compare(rows.start[a], rows.start[b]);
        return byStart != 0 ? byStart : Long.compare(rows.recordedAt[a], rows.recordedAt[b]);
    }
}
