package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.BlockJoin;
import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.ReadingBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Rows of several days in the order of their channels, and of the days within a channel. Immutable. */
final class ByMeterRows {
    private static final Comparator<Run> ORDER = Comparator.comparing(Run::channel)
            .thenComparingLong(run -> run.part().day())
            .thenComparingInt(Run::from);

    private final List<Run> runs;

    private ByMeterRows(List<Run> runs) {
        this.runs = runs;
    }

    /** Some rows of a day, sorted; {@code day} is counted from 1970-01-01. */
    record Part(long day, ReadingBlock block, int from, int to) {}

    /** The rows of one channel in a part. */
    private record Run(ChannelKey channel, Part part, int from, int to) {}

    static ByMeterRows of(List<Part> parts) {
        List<Run> runs = new ArrayList<>();
        for (Part part : parts) {
            int from = part.from();
            for (int row = from + 1; row <= part.to(); row++) {
                if (row == part.to()
                        || part.block().channel(row) != part.block().channel(from)) {
                    ChannelKey channel =
                            part.block().channels().get(part.block().channel(from));
                    runs.add(new Run(channel, part, from, row));
                    from = row;
                }
            }
        }
        runs.sort(ORDER);
        return new ByMeterRows(runs);
    }

    /** Where to cut: numbers of runs after each of which another meter begins and there are at least so many rows. */
    List<Integer> ends(int rows) {
        List<Integer> ends = new ArrayList<>();
        long count = 0;
        for (int run = 0; run < runs.size(); run++) {
            count += runs.get(run).to() - runs.get(run).from();
            boolean last = run + 1 == runs.size();
            if (last || (count >= rows && !sameMeter(runs.get(run), runs.get(run + 1)))) {
                ends.add(run + 1);
                count = 0;
            }
        }
        return ends;
    }

    private static boolean sameMeter(Run one, Run other) {
        return Arrays.equals(one.channel().meterId(), other.channel().meterId());
    }

    /** The rows of some of the runs. */
    ByMeterRows runs(int from, int to) {
        return new ByMeterRows(runs.subList(from, to));
    }

    ReadingBlock block() {
        return BlockJoin.of(runs.stream()
                .map(run -> new BlockJoin.Rows(run.part().block(), run.from(), run.to()))
                .toList());
    }

    /** The day of each row, counted from 1970-01-01. */
    long[] days() {
        long[] days = new long
                [Math.toIntExact(
                        runs.stream().mapToLong(run -> run.to() - run.from()).sum())];
        int at = 0;
        for (Run run : runs) {
            int end = at + run.to() - run.from();
            Arrays.fill(days, at, end, run.part().day());
            at = end;
        }
        return days;
    }
}
