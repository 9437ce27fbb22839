package io.meterlake.writer.upsert;

import java.util.Arrays;

/**
 * What became of readings, in all and by the number of their file among those that are taken in together. Immutable,
 * thread-safe.
 */
public final class MergeCounts {
    public static final MergeCounts NONE = new MergeCounts(0, 0, 0, 0);

    private static final int ADDED = 0;
    private static final int CHANGED = 1;
    private static final int UNCHANGED = 2;
    private static final int LATE = 3;
    private static final int KINDS = 4;

    /** So many of each kind, one file after the other. */
    private final long[] counts;

    private MergeCounts(long[] counts) {
        this.counts = counts;
    }

    /**
     * Of the file with the number 0.
     *
     * @param added intervals that the table did not have
     * @param changed intervals whose row another one took the place of
     * @param unchanged readings that the table has already, with the same time of recording
     * @param late readings that were recorded before what the table has
     */
    public MergeCounts(long added, long changed, long unchanged, long late) {
        this(new long[] {added, changed, unchanged, late});
    }

    public long added() {
        return sum(ADDED);
    }

    public long changed() {
        return sum(CHANGED);
    }

    public long unchanged() {
        return sum(UNCHANGED);
    }

    public long late() {
        return sum(LATE);
    }

    private long sum(int kind) {
        long sum = 0;
        for (int i = kind; i < counts.length; i += KINDS) {
            sum += counts[i];
        }
        return sum;
    }

    /** How many readings it tells of. */
    public long all() {
        return Arrays.stream(counts).sum();
    }

    /** What became of one file's readings, as those of file 0. */
    public MergeCounts ofFile(int file) {
        int from = file * KINDS;
        return from < counts.length ? new MergeCounts(Arrays.copyOfRange(counts, from, from + KINDS)) : NONE;
    }

    public MergeCounts plus(MergeCounts other) {
        long[] sums = Arrays.copyOf(counts, Math.max(counts.length, other.counts.length));
        for (int i = 0; i < other.counts.length; i++) {
            sums[i] += other.counts[i];
        }
        return new MergeCounts(sums);
    }

    /** Whether there is anything to write. */
    public boolean anyWritten() {
        return added() + changed() > 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MergeCounts same && Arrays.equals(counts, same.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "%d added, %d changed, %d unchanged, %d late".formatted(added(), changed(), unchanged(), late());
    }

    /** Counts readings one by one, by their file. Not thread-safe. */
    static final class Tally {
        private long[] counts = new long[KINDS];

        void added(int file) {
            count(file, ADDED);
        }

        void changed(int file) {
            count(file, CHANGED);
        }

        void unchanged(int file) {
            count(file, UNCHANGED);
        }

        void late(int file) {
            count(file, LATE);
        }

        private void count(int file, int kind) {
            int at = file * KINDS + kind;
            if (at >= counts.length) {
                counts = Arrays.copyOf(counts, Math.max(2 * counts.length, (file + 1) * KINDS));
            }
            counts[at]++;
        }

        /** To be called once. */
        MergeCounts counts() {
            int files = counts.length / KINDS;
            while (files > 1 && isEmpty(files - 1)) {
                files--;
            }
            return new MergeCounts(Arrays.copyOf(counts, files * KINDS));
        }

        private boolean isEmpty(int file) {
            for (int kind = 0; kind < KINDS; kind++) {
                if (counts[file * KINDS + kind] != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
