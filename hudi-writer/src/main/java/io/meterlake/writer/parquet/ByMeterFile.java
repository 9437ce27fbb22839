package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.ReadingBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.parquet.schema.MessageType;

/**
 * The base files of one bucket of several days as one file that is sorted by meter, so that all of a meter's readings
 * lie together: what a reader opens for a month of one meter instead of a file a day. It has the table's own columns,
 * without Hudi's. Memory holds one row group of each base file, whatever their size. Stateless.
 */
public final class ByMeterFile {
    /** Of Hudi's own columns. */
    private static final String PREFIX = "_hoodie_";
    /** A meter's month is some 3,000 rows; larger groups would make a reader decode larger dictionaries for it. */
    private static final int ROWS_A_GROUP = 1 << 20;

    static final MessageType SCHEMA = new MessageType(
            MeterReadingsFile.SCHEMA.getName(),
            MeterReadingsFile.SCHEMA.getFields().stream()
                    .filter(field -> !field.getName().startsWith(PREFIX))
                    .toList());

    private ByMeterFile() {}

    /** Whether a base file can be taken: its rows are in the order of their meters. Another program's may not be. */
    public static boolean canTake(Path baseFile) throws IOException {
        try (PresentFile file = PresentFile.open(baseFile)) {
            return file.isSorted();
        }
    }

    /**
     * Writes a file and leaves it to the caller to bring it to the disk.
     *
     * @param days the base files, each of another day, in the order of the days; all of which it {@link #canTake}
     * @param target is not there yet
     */
    public static void write(List<DayFile> days, Path target) throws IOException {
        write(days, target, ROWS_A_GROUP);
    }

    /** @param rowsAGroup a row group ends with the meter that brings it to so many rows */
    static void write(List<DayFile> days, Path target, int rowsAGroup) throws IOException {
        List<MeterCursor> cursors = new ArrayList<>();
        try (BaseFileOutput file = BaseFileOutput.create(target, SCHEMA)) {
            for (DayFile day : days) {
                cursors.add(MeterCursor.open(day));
            }
            for (byte[] limit : limits(cursors)) {
                for (RowGroupEncoder.RowGroup group : groups(below(limit, cursors), rowsAGroup)) {
                    file.append(group);
                }
            }
            file.end(Map.of());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            for (MeterCursor cursor : cursors) {
                cursor.close();
            }
        }
    }

    /** Where to stop reading for a while: where the file with the most row groups begins another one, and never. */
    private static List<byte[]> limits(List<MeterCursor> cursors) {
        List<byte[]> limits = new ArrayList<>(cursors.stream()
                .max(Comparator.comparingInt(MeterCursor::groups))
                .map(MeterCursor::laterGroups)
                .orElse(List.of()));
        limits.add(MeterCursor.NO_LIMIT);
        return limits;
    }

    private static ByMeterRows below(byte[] limit, List<MeterCursor> cursors) {
        return ByMeterRows.of(cursors.parallelStream()
                .flatMap(cursor -> cursor.below(limit).stream())
                .toList());
    }

    private static List<RowGroupEncoder.RowGroup> groups(ByMeterRows rows, int rowsAGroup) {
        List<Integer> ends = rows.ends(rowsAGroup);
        return IntStream.range(0, ends.size())
                .parallel()
                .mapToObj(group -> {
                    int from = group == 0 ? 0 : ends.get(group - 1);
                    ByMeterRows part = rows.runs(from, ends.get(group));
                    ReadingBlock block = part.block();
                    try (ByMeterEncoder encoder = new ByMeterEncoder()) {
                        return encoder.encode(block, part.days());
                    }
                })
                .toList();
    }
}
