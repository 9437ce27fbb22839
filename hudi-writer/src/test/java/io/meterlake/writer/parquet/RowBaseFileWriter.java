package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.Merge;
import io.meterlake.writer.upsert.MergeCounts;
import io.meterlake.writer.upsert.ReadingColumns;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingWindows;
import io.meterlake.writer.upsert.ReplacedReadings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.hadoop.ParquetWriter;

/** Writes base files row by row with Parquet's own writer; every file is merged and written as a whole. */
public final class RowBaseFileWriter implements BaseFileWriter {
    @Override
    public MergeCounts compare(Path present, ReadingWindows windows) throws IOException {
        return count(Optional.of(present), windows);
    }

    @Override
    public MergeCounts count(Optional<Path> present, ReadingWindows windows) throws IOException {
        return merge(read(present), all(windows), ReplacedReadings.NONE).counts();
    }

    @Override
    public WrittenFile write(Optional<Path> present, ReadingWindows windows, Target target, ReplacedReadings replaced)
            throws IOException {
        ReadingColumns incoming = all(windows);
        Optional<ReadingColumns> old = read(present);
        Map<Integer, Integer> rows = new HashMap<>();
        Merge merge = merge(old, incoming, (of, oldRow, by, reading) -> {
            rows.put(reading, oldRow);
            replaced.replaced(of, oldRow, by, reading);
        });
        RowCursor row = new RowCursor(old, incoming, rows);
        try (ParquetWriter<RowCursor> writer = RowFile.open(target, new RowWriteSupport(target))) {
            for (int number : merge.rows()) {
                row.moveTo(number);
                writer.write(row);
            }
        }
        BaseFileOutput.force(target);
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int reading = 0; reading < incoming.size(); reading++) {
            first = Math.min(first, incoming.number(Numeric.RECORDED_AT, reading));
            last = Math.max(last, incoming.number(Numeric.RECORDED_AT, reading));
        }
        return new WrittenFile(merge.counts(), merge.rows().length, Files.size(target.file()), first, last);
    }

    private static ReadingColumns all(ReadingWindows windows) throws IOException {
        return windows.next(null, Integer.MAX_VALUE);
    }

    private static Optional<ReadingColumns> read(Optional<Path> file) throws IOException {
        return file.isPresent() ? Optional.of(BaseFileReader.read(file.get())) : Optional.empty();
    }

    private static Merge merge(Optional<ReadingColumns> present, ReadingColumns incoming, ReplacedReadings replaced) {
        return present.map(old -> Merge.of(old, incoming, replaced)).orElseGet(() -> Merge.ofNew(incoming));
    }
}
