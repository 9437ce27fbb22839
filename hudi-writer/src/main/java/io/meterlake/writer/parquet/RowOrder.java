package io.meterlake.writer.parquet;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.ReadingBlock;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Whether rows are in the order of their keys, as what we write is; and how to put them into it. */
final class RowOrder {
    private RowOrder() {}

    static boolean isSorted(ReadingBlock rows) {
        List<ChannelKey> channels = rows.channels();
        for (int channel = 1; channel < channels.size(); channel++) {
            if (channels.get(channel - 1).compareTo(channels.get(channel)) >= 0) {
                return false;
            }
        }
        int[] channel = rows.channelNumbers();
        long[] start = rows.numbers(Numeric.START);
        for (int row = 1; row < channel.length; row++) {
            if (channel[row - 1] > channel[row] || (channel[row - 1] == channel[row] && start[row - 1] >= start[row])) {
                return false;
            }
        }
        return true;
    }

    /**
     * The rows in the order of their keys.
     *
     * @param file where they are from
     * @throws MeterlakeException {@code FOREIGN_TABLE} if two rows have the same key
     */
    static ReadingBlock sorted(ReadingBlock rows, Path file) {
        if (isSorted(rows)) {
            return rows;
        }
        List<ChannelKey> channels = rows.channels();
        Comparator<Integer> byKey = Comparator.<Integer, ChannelKey>comparing(row -> channels.get(rows.channel(row)))
                .thenComparingLong(row -> rows.number(Numeric.START, row));
        Integer[] order = new Integer[rows.size()];
        Arrays.setAll(order, row -> row);
        Arrays.sort(order, byKey);
        for (int i = 1; i < order.length; i++) {
            if (byKey.compare(order[i - 1], order[i]) == 0) {
                throw new MeterlakeException(
                        LakeErrorCode.FOREIGN_TABLE,
                        "Cannot merge into " + file + ": it has two rows for " + channels.get(rows.channel(order[i]))
                                + " at " + rows.number(Numeric.START, order[i]) + " µs",
                        "Another program inserted instead of upserting; roll its commit back");
            }
        }
        return rows.rows(Arrays.stream(order).mapToInt(Integer::intValue).toArray());
    }
}
