package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.BlockGather;
import io.meterlake.writer.upsert.Merge;
import io.meterlake.writer.upsert.MergeCounts;
import io.meterlake.writer.upsert.ReadingBlock;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingWindows;
import io.meterlake.writer.upsert.ReplacedReadings;
import io.meterlake.writer.upsert.Replacements;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.parquet.column.ColumnDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Writes base files column by column: from arrays of primitives straight to pages, a row group at a time, on all
 * processors. Of the base file that is there, row groups without any reading of theirs are copied but for the column
 * that names the file; of the others only what changes is encoded anew.
 *
 * <p>A meter's rows are never split over two row groups. So the footer tells which group a reading belongs to.
 */
public final class ColumnarBaseFileWriter implements BaseFileWriter {
    /** What a row group is filled up to. See docs/decisions for the figures. */
    private static final int ROWS_A_GROUP = 1 << 18;

    private final int rowsAGroup;

    public ColumnarBaseFileWriter() {
        this(ROWS_A_GROUP);
    }

    /** @param rowsAGroup a row group ends with the meter that brings it to so many rows */
    ColumnarBaseFileWriter(int rowsAGroup) {
        this.rowsAGroup = rowsAGroup;
    }

    @Override
    public MergeCounts compare(Path present, ReadingWindows incoming) throws IOException {
        return compare(present, incoming, Comparison::with, MergeCounts::anyWritten);
    }

    @Override
    public MergeCounts count(Optional<Path> present, ReadingWindows incoming) throws IOException {
        if (present.isPresent()) {
            return compare(present.get(), incoming, Comparison::withAll, counts -> false);
        }
        MergeCounts counts = MergeCounts.NONE;
        ReadingBlock window = incoming.next(null, rowsAGroup);
        while (window.size() > 0) {
            counts = counts.plus(Merge.allAdded(window));
            window = incoming.next(null, rowsAGroup);
        }
        return counts;
    }

    /** What a row group is asked about some readings. */
    private interface Question {
        MergeCounts ask(Comparison comparison, ReadingBlock readings) throws IOException;
    }

    private MergeCounts compare(
            Path present, ReadingWindows incoming, Question question, Predicate<MergeCounts> isEnough)
            throws IOException {
        MergeCounts counts = MergeCounts.NONE;
        try (PresentFile file = PresentFile.open(present)) {
            boolean sorted = file.isSorted();
            int groups = sorted ? file.groups() : 1;
            for (int group = 0; group < groups && !isEnough.test(counts); group++) {
                byte[] limit = sorted && group + 1 < groups ? file.firstMeter(group + 1) : null;
                Comparison comparison = new Comparison(file, sorted ? group : Comparison.ALL);
                ReadingBlock window = incoming.next(limit, rowsAGroup);
                while (window.size() > 0 && !isEnough.test(counts)) {
                    counts = counts.plus(question.ask(comparison, window));
                    window = incoming.next(limit, rowsAGroup);
                }
            }
        }
        return counts;
    }

    @Override
    public WrittenFile write(Optional<Path> present, ReadingWindows incoming, Target target, ReplacedReadings replaced)
            throws IOException {
        if (present.isEmpty()) {
            try (RowGroupOutput output = new RowGroupOutput(target, replaced)) {
                long rows = 0;
                ReadingBlock window = incoming.next(null, rowsAGroup);
                while (window.size() > 0) {
                    ReadingBlock readings = window;
                    long first = rows;
                    output.add(encoder -> made(readings, encoder, first));
                    rows += window.size();
                    window = incoming.next(null, rowsAGroup);
                }
                return output.finish();
            }
        }
        try (PresentFile file = PresentFile.open(present.get());
                RowGroupOutput output = new RowGroupOutput(target, replaced)) {
            new Rewrite(file, incoming, output).run();
            return output.finish();
        }
    }

    private static RowGroupOutput.Made made(ReadingBlock readings, RowGroupEncoder encoder, long firstSequence) {
        List<RowGroupEncoder.RowGroup> one =
                List.of(encoder.encode(readings, firstSequence, column -> Optional.empty()));
        return made(one, Merge.allAdded(readings), new Replacements(), readings);
    }

    private static RowGroupOutput.Made made(
            List<RowGroupEncoder.RowGroup> groups,
            MergeCounts counts,
            Replacements replacements,
            ReadingBlock readings) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (long recorded : readings.numbers(Numeric.RECORDED_AT)) {
            first = Math.min(first, recorded);
            last = Math.max(last, recorded);
        }
        return new RowGroupOutput.Made(groups, counts, replacements, first, last);
    }

    /** Goes through the row groups of a file and the readings side by side. */
    private final class Rewrite {
        private final PresentFile file;
        private final ReadingWindows incoming;
        private final RowGroupOutput output;
        private final boolean sorted;
        private final boolean ours;
        private long sequence;

        Rewrite(PresentFile file, ReadingWindows incoming, RowGroupOutput output) throws IOException {
            this.file = file;
            this.incoming = incoming;
            this.output = output;
            this.sorted = file.isSorted();
            this.ours = sorted && file.isOurs();
        }

        void run() throws IOException {
            if (!sorted) {
                ReadingBlock all = RowOrder.sorted(file.decodeAll(), file.path());
                merge(all, incoming.next(null, rowsAGroup), null);
                return;
            }
            for (int group = 0; group < file.groups(); group++) {
                byte[] limit = group + 1 < file.groups() ? file.firstMeter(group + 1) : null;
                ReadingBlock window = incoming.next(limit, rowsAGroup);
                if (window.size() == 0 && ours) {
                    copy(group);
                } else if (window.size() < rowsAGroup) {
                    merge(group, window);
                } else {
                    merge(RowOrder.sorted(file.read(group).decode(), file.path()), window, limit);
                }
            }
        }

        private void copy(int group) throws IOException {
            sequence += file.rows(group);
            output.add(encoder -> {
                KeyRange keys = new KeyRange();
                file.addKeys(group, keys);
                List<ColumnChunk> chunks = new ArrayList<>();
                for (ColumnDescriptor column : MeterReadingsFile.SCHEMA.getColumns()) {
                    chunks.add(
                            column.getPath()[0].equals(MeterReadingsFile.FILE_NAME)
                                    ? encoder.fileName(column, file.rows(group))
                                    : new ColumnChunk.Copied(file, group, column));
                }
                List<RowGroupEncoder.RowGroup> one =
                        List.of(new RowGroupEncoder.RowGroup(file.rows(group), chunks, keys));
                return made(one, MergeCounts.NONE, new Replacements(), ReadingBlock.EMPTY);
            });
        }

        /** Merges a row group with all readings that belong to it. */
        private void merge(int group, ReadingBlock window) throws IOException {
            PresentGroup bytes = file.read(group);
            long first = sequence;
            sequence += file.rows(group) + window.size();
            output.add(encoder -> {
                ReadingBlock decoded = bytes.decode();
                ReadingBlock present = RowOrder.sorted(decoded, file.path());
                return merged(present, window, encoder, first, ours && present == decoded ? group : null);
            });
        }

        /** Merges rows with more readings than go into one window: the readings after the first window follow. */
        private void merge(ReadingBlock present, ReadingBlock firstWindow, byte @Nullable [] limit) throws IOException {
            ReadingBlock window = firstWindow;
            int from = 0;
            do {
                ReadingBlock next = window.size() < rowsAGroup ? ReadingBlock.EMPTY : incoming.next(limit, rowsAGroup);
                int to = next.size() == 0 ? present.size() : present.firstAfter(window.meter(window.size() - 1), from);
                ReadingBlock part = present.slice(from, to);
                ReadingBlock readings = window;
                long first = sequence;
                sequence += part.size() + window.size();
                output.add(encoder -> merged(part, readings, encoder, first, null));
                from = to;
                window = next;
            } while (window.size() > 0);
        }

        private RowGroupOutput.Made merged(
                ReadingBlock present,
                ReadingBlock readings,
                RowGroupEncoder encoder,
                long firstSequence,
                @Nullable Integer group) {
            Replacements replacements = new Replacements();
            Merge merge = Merge.of(present, readings, replacements);
            ReadingBlock rows = BlockGather.of(present, replacements.withKnownUtility(present, readings), merge.rows());
            List<RowGroupEncoder.RowGroup> groups = new ArrayList<>();
            if (group != null && merge.counts().added() == 0) {
                groups.add(encoder.encode(rows, firstSequence, column -> unchanged(column, group, present, rows)));
                file.addKeys(group, groups.getFirst().keys());
            } else {
                int from = 0;
                while (from < rows.size()) {
                    int to = rows.size() - from <= rowsAGroup + rowsAGroup / 2
                            ? rows.size()
                            : rows.firstAfter(rows.meter(from + rowsAGroup - 1), from);
                    groups.add(encoder.encode(rows.slice(from, to), firstSequence + from, column -> Optional.empty()));
                    from = to;
                }
            }
            return made(groups, merge.counts(), replacements, readings);
        }

        /** The present chunk of a column in which the new rows say the same as the present ones. */
        private Optional<ColumnChunk> unchanged(
                ColumnDescriptor column, int group, ReadingBlock present, ReadingBlock rows) {
            return MeterReadingsFile.isSame(column.getPath()[0], present, rows)
                    ? Optional.of(new ColumnChunk.Copied(file, group, column))
                    : Optional.empty();
        }
    }
}
