package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.ReadingBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Goes through a day's base file by meter, and decodes each row group once. Not thread-safe. */
final class MeterCursor implements AutoCloseable {
    /** After every meter. */
    static final byte[] NO_LIMIT = {};

    private final DayFile day;
    private final PresentFile file;
    private ReadingBlock block = ReadingBlock.EMPTY;
    private int next;
    private int group;

    private MeterCursor(DayFile day, PresentFile file) {
        this.day = day;
        this.file = file;
    }

    static MeterCursor open(DayFile day) throws IOException {
        return new MeterCursor(day, PresentFile.open(day.path()));
    }

    int groups() {
        return file.groups();
    }

    /** The first meters of all row groups but the first one. */
    List<byte[]> laterGroups() {
        return IntStream.range(1, file.groups()).mapToObj(file::firstMeter).toList();
    }

    /**
     * The rows from where it is up to the first one of this meter or a later one, and goes there.
     *
     * @param limit a meter's id in UTF-8, or {@link #NO_LIMIT}
     */
    List<ByMeterRows.Part> below(byte[] limit) {
        List<ByMeterRows.Part> parts = new ArrayList<>();
        while (hasNext(limit)) {
            int end = limit.length == 0 ? block.size() : firstOf(limit);
            if (end > next) {
                parts.add(new ByMeterRows.Part(day.day().toEpochDay(), block, next, end));
            }
            if (end < block.size()) {
                next = end;
                return parts;
            }
            next = end;
        }
        return parts;
    }

    /** Whether there may be rows before the limit; decodes the next row group if it has to. */
    private boolean hasNext(byte[] limit) {
        if (next < block.size()) {
            return true;
        }
        boolean ended = group == file.groups()
                || (limit.length > 0 && Arrays.compareUnsigned(file.firstMeter(group), limit) >= 0);
        if (ended) {
            return false;
        }
        try {
            block = RowOrder.sorted(file.readValues(group).decode(), file.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        group++;
        next = 0;
        return true;
    }

    private int firstOf(byte[] meter) {
        int low = next;
        int high = block.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(block.meter(middle), meter) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
