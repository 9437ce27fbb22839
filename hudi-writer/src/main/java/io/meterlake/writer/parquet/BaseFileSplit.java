package io.meterlake.writer.parquet;

import io.meterlake.writer.parquet.BaseFileWriter.Target;
import io.meterlake.writer.parquet.BaseFileWriter.WrittenFile;
import io.meterlake.writer.upsert.BlockGather;
import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.Merge;
import io.meterlake.writer.upsert.ReadingBlock;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReplacedReadings;
import io.meterlake.writer.upsert.Replacements;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Spreads the rows of a day's base files over others, by a number that their channel has. A row stays as it is, with the
 * commit that wrote it; only the name of its file is another one. Memory holds a few row groups, and some rows that wait
 * for theirs to be full. Not thread-safe.
 */
public final class BaseFileSplit implements AutoCloseable {
    private static final int ROWS_A_GROUP = 1 << 18;
    /** About a hundred bytes each. */
    private static final long BYTES_A_ROW = 128;

    private final ToIntFunction<ChannelKey> number;
    private final IntFunction<Target> targets;
    private final int rowsAGroup;
    private final long mostWaiting;
    private final Map<Integer, Part> parts = new TreeMap<>();
    private long waiting;
    private @Nullable RowGroupOutput busy;

    /** With a share of this program's heap. */
    public BaseFileSplit(ToIntFunction<ChannelKey> number, IntFunction<Target> targets) {
        this(
                number,
                targets,
                ROWS_A_GROUP,
                Math.max(ROWS_A_GROUP, Runtime.getRuntime().maxMemory() / 4 / BYTES_A_ROW));
    }

    /**
     * Begins with no files.
     *
     * @param targets is asked once for each number that rows have
     * @param rowsAGroup a row group has some more rows than this
     * @param mostWaiting of more rows than these some are written in smaller groups
     */
    BaseFileSplit(ToIntFunction<ChannelKey> number, IntFunction<Target> targets, int rowsAGroup, long mostWaiting) {
        this.number = number;
        this.targets = targets;
        this.rowsAGroup = rowsAGroup;
        this.mostWaiting = mostWaiting;
    }

    /** A file that is being written, and the rows that wait for it. */
    private static final class Part {
        final RowGroupOutput output;
        ReadingBlock rows = ReadingBlock.EMPTY;
        long sequence;

        Part(RowGroupOutput output) {
            this.output = output;
        }
    }

    /**
     * Writes the files and forces them to disk. To be called once.
     *
     * @param present of which no two have a key in common
     * @return what was written, by the number
     */
    public Map<Integer, WrittenFile> write(List<Path> present) throws IOException {
        try (MergedFiles rows = MergedFiles.open(present)) {
            for (ReadingBlock block = rows.next(); block.size() > 0; block = rows.next()) {
                split(block);
                while (waiting > mostWaiting) {
                    flush(fullest());
                }
            }
        }
        Map<Integer, WrittenFile> written = new TreeMap<>();
        for (Map.Entry<Integer, Part> part : parts.entrySet()) {
            flush(part.getValue());
            written.put(part.getKey(), part.getValue().output.finish());
        }
        return written;
    }

    private void split(ReadingBlock block) throws IOException {
        int[] numbers = block.channels().stream().mapToInt(number).toArray();
        for (int one : Arrays.stream(numbers).distinct().sorted().toArray()) {
            int[] rows = IntStream.range(0, block.size())
                    .filter(row -> numbers[block.channel(row)] == one)
                    .toArray();
            if (rows.length > 0) {
                Part part = part(one);
                part.rows = joined(part.rows, rows.length == block.size() ? block : block.rows(rows));
                waiting += rows.length;
                if (part.rows.size() >= rowsAGroup) {
                    flush(part);
                }
            }
        }
    }

    private Part part(int one) throws IOException {
        Part part = parts.get(one);
        if (part == null) {
            part = new Part(new RowGroupOutput(targets.apply(one), ReplacedReadings.NONE));
            parts.put(one, part);
        }
        return part;
    }

    private static ReadingBlock joined(ReadingBlock first, ReadingBlock second) {
        int[] both = IntStream.concat(
                        IntStream.range(0, first.size()),
                        IntStream.range(0, second.size()).map(row -> ~row))
                .toArray();
        return first.size() == 0 ? second : BlockGather.of(first, second, both);
    }

    private Part fullest() {
        return parts.values().stream()
                .max((one, other) -> Integer.compare(one.rows.size(), other.rows.size()))
                .orElseThrow();
    }

    /** Writes what waits. Groups of one file only are on their way at a time, whatever the number of files. */
    private void flush(Part part) throws IOException {
        ReadingBlock rows = part.rows;
        if (rows.size() == 0) {
            return;
        }
        if (busy != null && busy != part.output) {
            busy.rest();
        }
        busy = part.output;
        long first = part.sequence;
        part.output.add(encoder -> made(rows, encoder, first));
        part.sequence += rows.size();
        part.rows = ReadingBlock.EMPTY;
        waiting -= rows.size();
    }

    private static RowGroupOutput.Made made(ReadingBlock rows, RowGroupEncoder encoder, long firstSequence) {
        long[] recorded = rows.numbers(Numeric.RECORDED_AT);
        return new RowGroupOutput.Made(
                List.of(encoder.encode(rows, firstSequence, column -> Optional.empty())),
                Merge.allAdded(rows),
                new Replacements(),
                Arrays.stream(recorded).min().orElseThrow(),
                Arrays.stream(recorded).max().orElseThrow());
    }

    @Override
    public void close() throws IOException {
        for (Part part : parts.values()) {
            part.output.close();
        }
    }
}
