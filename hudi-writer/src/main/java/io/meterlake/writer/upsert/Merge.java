package io.meterlake.writer.upsert;

import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingColumns.Text;
import java.util.Arrays;
import java.util.List;

/**
 * A base file's rows and a file's readings as one: for each interval the one that was recorded later, and of those
 * recorded at the same time the one that was received later: the file's, unless it is tried once more. A row that would
 * not change stays as it is.
 */
public final class Merge {
    private static final Numeric[] NUMBERS_THAT_TELL = {Numeric.MINUTES, Numeric.VALUE};
    private static final Text[] TEXTS_THAT_TELL = {Text.UNIT, Text.QUALITY, Text.QUALITY_CODE, Text.TIME_ZONE};

    private final int[] rows;
    private final MergeCounts counts;

    private Merge(int[] rows, MergeCounts counts) {
        this.rows = rows;
        this.counts = counts;
    }

    /** Merges two sorted sets of rows. */
    public static Merge of(ReadingColumns present, ReadingColumns incoming) {
        return of(present, incoming, ReplacedReadings.NONE);
    }

    /** Merges two sorted sets of rows, and tells which rows readings take the place of. */
    public static Merge of(ReadingColumns present, ReadingColumns incoming, ReplacedReadings replaced) {
        ChannelOrder channels = new ChannelOrder(present.channels(), incoming.channels());
        int[] rows = new int[present.size() + incoming.size()];
        int size = 0;
        int old = 0;
        int fresh = 0;
        MergeCounts.Tally tally = new MergeCounts.Tally();
        while (old < present.size() || fresh < incoming.size()) {
            int order = old == present.size()
                    ? 1
                    : fresh == incoming.size() ? -1 : channels.compare(present, old, incoming, fresh);
            if (order < 0) {
                rows[size++] = old++;
            } else if (order > 0) {
                tally.added(incoming.file(fresh));
                rows[size++] = ~fresh++;
            } else {
                long byTime = Long.compare(
                        incoming.number(Numeric.RECORDED_AT, fresh), present.number(Numeric.RECORDED_AT, old));
                boolean same = byTime == 0 && tellTheSame(present, old, incoming, fresh);
                boolean replaces = byTime > 0 || (byTime == 0 && !same && cameLater(present, old, incoming, fresh));
                if (replaces) {
                    replaced.replaced(present, old, incoming, fresh);
                    tally.changed(incoming.file(fresh));
                } else if (same) {
                    tally.unchanged(incoming.file(fresh));
                } else {
                    tally.late(incoming.file(fresh));
                }
                rows[size++] = replaces ? ~fresh : old;
                old++;
                fresh++;
            }
        }
        return new Merge(Arrays.copyOf(rows, size), tally.counts());
    }

    /**
     * What becomes of readings as far as their keys and times of recording tell.
     *
     * @param added readings whose key is new
     * @param later readings that were recorded after the row that is there
     * @param equal readings that were recorded at the same time: whether they change anything, their values tell
     * @param late readings that were recorded before the row that is there
     */
    public record ByTime(long added, long later, long equal, long late) {
        /** How many are written, whatever their values are. */
        public long written() {
            return added + later;
        }
    }

    /** Compares no more than keys and times of recording. */
    public static ByTime byTime(ReadingColumns present, ReadingColumns incoming) {
        ChannelOrder channels = new ChannelOrder(present.channels(), incoming.channels());
        long added = 0;
        long later = 0;
        long equal = 0;
        long late = 0;
        int old = 0;
        for (int fresh = 0; fresh < incoming.size(); fresh++) {
            int order = -1;
            while (old < present.size() && (order = channels.compare(present, old, incoming, fresh)) < 0) {
                old++;
            }
            if (old == present.size() || order > 0) {
                added++;
                continue;
            }
            int byTime =
                    Long.compare(incoming.number(Numeric.RECORDED_AT, fresh), present.number(Numeric.RECORDED_AT, old));
            later += byTime > 0 ? 1 : 0;
            equal += byTime == 0 ? 1 : 0;
            late += byTime < 0 ? 1 : 0;
        }
        return new ByTime(added, later, equal, late);
    }

    /** Where there is no base file yet, all readings are new. */
    public static Merge ofNew(ReadingColumns incoming) {
        int[] rows = new int[incoming.size()];
        Arrays.setAll(rows, row -> ~row);
        return new Merge(rows, allAdded(incoming));
    }

    /** The counts of readings that are all new. */
    public static MergeCounts allAdded(ReadingColumns incoming) {
        MergeCounts.Tally tally = new MergeCounts.Tally();
        for (int row = 0; row < incoming.size(); row++) {
            tally.added(incoming.file(row));
        }
        return tally.counts();
    }

    /** The counts of readings that are all late. */
    public static MergeCounts allLate(ReadingColumns incoming) {
        MergeCounts.Tally tally = new MergeCounts.Tally();
        for (int row = 0; row < incoming.size(); row++) {
            tally.late(incoming.file(row));
        }
        return tally.counts();
    }

    /**
     * In the order of the key: the number of a base file's row, or {@code ~} the number of a reading. Not to be
     * changed.
     */
    public int[] rows() {
        return rows;
    }

    public MergeCounts counts() {
        return counts;
    }

    private static boolean cameLater(ReadingColumns present, int old, ReadingColumns incoming, int fresh) {
        return incoming.number(Numeric.RECEIVED_AT, fresh) >= present.number(Numeric.RECEIVED_AT, old);
    }

    /** Whether two rows differ in nothing but when they were recorded, and by which file. */
    static boolean tellTheSame(ReadingColumns present, int old, ReadingColumns incoming, int fresh) {
        for (Numeric column : NUMBERS_THAT_TELL) {
            if (present.number(column, old) != incoming.number(column, fresh)) {
                return false;
            }
        }
        for (Text column : TEXTS_THAT_TELL) {
            if (!Arrays.equals(present.text(column, old), incoming.text(column, fresh))) {
                return false;
            }
        }
        return true;
    }

    /** The order of the channels of both sides, as numbers. */
    private static final class ChannelOrder {
        private final int[] ofPresent;
        private final int[] ofIncoming;

        ChannelOrder(List<ChannelKey> present, List<ChannelKey> incoming) {
            ofPresent = new int[present.size()];
            ofIncoming = new int[incoming.size()];
            int old = 0;
            int fresh = 0;
            for (int rank = 0; old < ofPresent.length || fresh < ofIncoming.length; rank++) {
                int order = old == ofPresent.length
                        ? 1
                        : fresh == ofIncoming.length ? -1 : present.get(old).compareTo(incoming.get(fresh));
                if (order <= 0) {
                    ofPresent[old++] = rank;
                }
                if (order >= 0) {
                    ofIncoming[fresh++] = rank;
                }
            }
        }

        int compare(ReadingColumns present, int old, ReadingColumns incoming, int fresh) {
            int byChannel = Integer.compare(ofPresent[present.channel(old)], ofIncoming[incoming.channel(fresh)]);
            return byChannel != 0
                    ? byChannel
                    : Long.compare(present.number(Numeric.START, old), incoming.number(Numeric.START, fresh));
        }
    }
}
