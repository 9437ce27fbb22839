package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.BlockGather;
import io.meterlake.writer.upsert.Merge;
import io.meterlake.writer.upsert.ReadingBlock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of several base files of a day in the order of their keys, some row groups at a time. A meter's rows are never
 * split over two blocks. Not thread-safe.
 */
final class MergedFiles implements AutoCloseable {
    private final List<Source> sources = new ArrayList<>();

    private MergedFiles() {}

    /** @param files of which no two have a key in common */
    static MergedFiles open(List<Path> files) throws IOException {
        MergedFiles merged = new MergedFiles();
        try {
            for (Path file : files) {
                merged.sources.add(new Source(PresentFile.open(file)));
            }
            return merged;
        } catch (IOException | RuntimeException e) {
            merged.close();
            throw e;
        }
    }

    /** The next rows; none if there are no more. */
    ReadingBlock next() throws IOException {
        byte[] last = null;
        for (Source source : sources) {
            source.fill();
            if (source.rows.size() > 0) {
                byte[] meter = source.rows.meter(source.rows.size() - 1);
                last = last == null || Arrays.compareUnsigned(meter, last) < 0 ? meter : last;
            }
        }
        ReadingBlock merged = ReadingBlock.EMPTY;
        if (last != null) {
            for (Source source : sources) {
                ReadingBlock rows = source.takeUpTo(last);
                if (merged.size() == 0) {
                    merged = rows;
                } else if (rows.size() > 0) {
                    merged = BlockGather.of(merged, rows, Merge.of(merged, rows).rows());
                }
            }
        }
        return merged;
    }

    @Override
    public void close() throws IOException {
        for (Source source : sources) {
            source.file.close();
        }
    }

    /** One of the files, and those of its rows that are read and not given away yet. */
    private static final class Source {
        final PresentFile file;
        final boolean sorted;
        ReadingBlock rows = ReadingBlock.EMPTY;
        private int nextGroup;

        Source(PresentFile file) {
            this.file = file;
            this.sorted = file.isSorted();
        }

        void fill() throws IOException {
            while (rows.size() == 0 && nextGroup < file.groups()) {
                rows = RowOrder.sorted(sorted ? file.read(nextGroup).decode() : file.decodeAll(), file.path());
                nextGroup = sorted ? nextGroup + 1 : file.groups();
            }
        }

        ReadingBlock takeUpTo(byte[] meter) {
            int to = rows.firstAfter(meter, 0);
            ReadingBlock taken = rows.slice(0, to);
            rows = rows.slice(to, rows.size());
            return taken;
        }
    }
}
