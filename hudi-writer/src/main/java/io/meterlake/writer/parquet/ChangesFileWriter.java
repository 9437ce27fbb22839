package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.ChangedReadings;
import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.MergeCounts;
import io.meterlake.writer.upsert.ReadingColumns;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.parquet.hadoop.ParquetWriter;

/** Writes a base file of reading_changes: what one commit changed of one day. */
public final class ChangesFileWriter {
    private ChangesFileWriter() {}

    /** A channel's rows, which all lie in one bucket. */
    private record Run(ChannelKey channel, ChangedReadings changes, int from, int to) {}

    /**
     * Writes the file, sorted by key, and forces it to disk.
     *
     * @param buckets what changed, by the buckets of the day
     * @param readingsInstant the instant at which the commit of the readings was requested; part of the key
     */
    public static BaseFileWriter.WrittenFile write(
            Collection<ChangedReadings> buckets, String readingsInstant, BaseFileWriter.Target target)
            throws IOException {
        List<Run> runs = new ArrayList<>();
        buckets.forEach(changes -> addRuns(changes, runs));
        runs.sort(Comparator.comparing(Run::channel));
        ChangeCursor cursor = new ChangeCursor();
        long rows = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        try (ParquetWriter<ChangeCursor> writer =
                BaseFileOutput.open(target, new ChangeWriteSupport(target, readingsInstant))) {
            for (Run run : runs) {
                for (int row = run.from(); row < run.to(); row++) {
                    cursor.moveTo(run.changes(), row);
                    writer.write(cursor);
                    long recorded = run.changes().after().number(Numeric.RECORDED_AT, row);
                    first = Math.min(first, recorded);
                    last = Math.max(last, recorded);
                    rows++;
                }
            }
        }
        BaseFileOutput.force(target);
        return new BaseFileWriter.WrittenFile(
                new MergeCounts(rows, 0, 0, 0), rows, Files.size(target.file()), first, last);
    }

    private static void addRuns(ChangedReadings changes, List<Run> runs) {
        ReadingColumns columns = changes.after();
        int from = 0;
        for (int row = 1; row <= columns.size(); row++) {
            if (row == columns.size() || columns.channel(row) != columns.channel(from)) {
                runs.add(new Run(columns.channels().get(columns.channel(from)), changes, from, row));
                from = row;
            }
        }
    }
}
