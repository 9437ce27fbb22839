package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.BlockJoin;
import io.meterlake.writer.upsert.ChangedReadings;
import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.MergeCounts;
import io.meterlake.writer.upsert.ReadingBlock;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.function.Function;

/** Writes a base file of reading_changes: what one commit changed of one day. */
public final class ChangesFileWriter {
    /** Bounds what is held once more, in the row group that is being encoded. */
    private static final int ROWS_A_GROUP = 1 << 17;

    private ChangesFileWriter() {}

    /** A channel's rows, which all lie in one bucket; or so many of them as go into a row group. */
    private record Run(ChannelKey channel, ChangedReadings.Rows bucket, int from, int to) {
        int rows() {
            return to - from;
        }
    }

    /**
     * Writes the file, sorted by key, and forces it to disk.
     *
     * @param buckets what changed, by the buckets of the day; at least one row, which they have no longer afterwards
     * @param readingsInstant the instant at which the commit of the readings was requested; part of the key
     */
    public static BaseFileWriter.WrittenFile write(
            Collection<ChangedReadings> buckets, String readingsInstant, BaseFileWriter.Target target)
            throws IOException {
        return write(buckets, readingsInstant, target, ROWS_A_GROUP);
    }

    static BaseFileWriter.WrittenFile write(
            Collection<ChangedReadings> buckets, String readingsInstant, BaseFileWriter.Target target, int rowsAGroup)
            throws IOException {
        List<Run> runs = new ArrayList<>();
        buckets.forEach(changes -> addRuns(changes.take(), rowsAGroup, runs));
        runs.sort(Comparator.comparing(Run::channel).thenComparingInt(Run::from));
        int rows = runs.stream().mapToInt(Run::rows).sum();
        LongSummaryStatistics recorded = new LongSummaryStatistics();
        KeyRange keys = new KeyRange();
        try (BaseFileOutput file = BaseFileOutput.create(target.file(), ChangesEncoder.SCHEMA);
                ChangesEncoder encoder = new ChangesEncoder(target, readingsInstant, Math.min(rows, rowsAGroup))) {
            long written = 0;
            for (List<Run> group : groups(runs, rowsAGroup)) {
                ReadingBlock after = joined(group, ChangedReadings.Rows::after);
                RowGroupEncoder.RowGroup encoded =
                        encoder.encode(joined(group, ChangedReadings.Rows::before), after, written);
                file.append(encoded);
                encoded.keys().addTo(keys);
                Arrays.stream(after.numbers(Numeric.RECORDED_AT)).forEach(recorded);
                written += encoded.rows();
            }
            file.end(ChangesEncoder.footer(keys));
        }
        BaseFileOutput.force(target);
        return new BaseFileWriter.WrittenFile(
                new MergeCounts(rows, 0, 0, 0), rows, Files.size(target.file()), recorded.getMin(), recorded.getMax());
    }

    private static void addRuns(ChangedReadings.Rows bucket, int rowsAGroup, List<Run> runs) {
        ReadingBlock rows = bucket.after();
        int from = 0;
        for (int row = 1; row <= rows.size(); row++) {
            if (row == rows.size() || rows.channel(row) != rows.channel(from) || row - from == rowsAGroup) {
                runs.add(new Run(rows.channels().get(rows.channel(from)), bucket, from, row));
                from = row;
            }
        }
    }

    private static List<List<Run>> groups(List<Run> runs, int rowsAGroup) {
        List<List<Run>> groups = new ArrayList<>();
        int first = 0;
        int rows = 0;
        for (int run = 0; run < runs.size(); run++) {
            if (rows + runs.get(run).rows() > rowsAGroup) {
                groups.add(runs.subList(first, run));
                first = run;
                rows = 0;
            }
            rows += runs.get(run).rows();
        }
        groups.add(runs.subList(first, runs.size()));
        return groups;
    }

    private static ReadingBlock joined(List<Run> runs, Function<ChangedReadings.Rows, ReadingBlock> side) {
        return BlockJoin.of(runs.stream()
                .map(run -> new BlockJoin.Rows(side.apply(run.bucket()), run.from(), run.to()))
                .toList());
    }
}
