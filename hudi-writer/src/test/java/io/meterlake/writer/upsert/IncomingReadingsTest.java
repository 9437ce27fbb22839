package io.meterlake.writer.upsert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import io.meterlake.reading.ReadingSink;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingColumns.Text;
import io.meterlake.writer.upsert.ReadingGenerator.Generated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes out of the sort, however little memory there is, against a map of the last words. */
class IncomingReadingsTest {
    private static final long RECEIVED = 1_800_000_000_000_000L;
    private static final FileFacts FACTS = new FileFacts("north", "a.csv", "00ff", RECEIVED);
    private static final MemoryBudget AMPLE = new MemoryBudget(1_000_000, 1_000_000);

    @TempDir
    Path folder;

    /** A slot and a key; ordered as the rows are. */
    private record Place(LocalDate day, int bucket, ChannelKey channel, long start) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int bySlot = day.equals(other.day) ? Integer.compare(bucket, other.bucket) : day.compareTo(other.day);
            int byChannel = bySlot != 0 ? bySlot : channel.compareTo(other.channel);
            return byChannel != 0 ? byChannel : Long.compare(start, other.start);
        }
    }

    /** All that a reading says. */
    private record Row(long minutes, long value, long recordedAt, String unit, String quality, String code) {}

    @ParameterizedTest
    @CsvSource({"1, 1, 1000000, 1000000", "2, 400, 100, 0", "3, 400, 100, 250", "4, 3, 7, 0", "5, 30, 1000, 3000"})
    void keepsTheLastWordOnEachIntervalWhateverTheMemory(long seed, int days, int atOnce, long inMemory)
            throws IOException {
        List<Generated> file = new ReadingGenerator(seed, 40, days).file(6000);
        try (IncomingReadings incoming = incoming(3, new MemoryBudget(atOnce, inMemory))) {
            push(file, incoming);
            SortedReadings sorted = incoming.sorted();
            Map<Place, Row> model = model(file, 3);
            List<Map.Entry<Place, Row>> rows = new ArrayList<>();
            addRows(sorted, rows);
            assertThat(rows).containsExactlyElementsOf(model.entrySet());
        }
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"11, 1000000, 1000000", "12, 100, 0", "13, 100, 250", "14, 7, 0", "15, 1000, 3000", "16, 2500, 0"})
    void sortsTheFilesThatAreKeptAsOneAndForgetsTheOthers(long seed, int atOnce, long inMemory) throws IOException {
        ReadingGenerator generator = new ReadingGenerator(seed, 10, 2);
        List<Generated> kept = new ArrayList<>();
        List<String> fileOfReading = new ArrayList<>();
        try (IncomingReadings incoming = incoming(3, new MemoryBudget(atOnce, inMemory))) {
            for (int number = 0; number < 12; number++) {
                List<Generated> readings = generator.file(number % 5 == 0 ? 2000 : 50);
                IncomingFile file = incoming.file(RECEIVED);
                ReadingGenerator.push(readings, file);
                if (number % 3 == 1) {
                    file.drop();
                } else {
                    file.keep(new FileFacts("north", "file" + number, "sum" + number, RECEIVED));
                    kept.addAll(readings);
                    fileOfReading.addAll(Collections.nCopies(readings.size(), "file" + number));
                }
                assertThat(incoming.size()).isEqualTo(kept.size());
                assertThat(file.number()).isEqualTo(number);
            }
            List<Map.Entry<Place, Row>> rows = new ArrayList<>();
            SortedReadings sorted = incoming.sorted();
            addRows(sorted, rows);
            assertThat(rows).containsExactlyElementsOf(model(kept, 3).entrySet());
            assertThat(files(sorted)).isEqualTo(files(kept, fileOfReading, 3));
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** The file of each reading in the order of the rows, by its name and by its number. */
    private static List<String> files(SortedReadings sorted) throws IOException {
        List<String> files = new ArrayList<>();
        for (Slot slot : sorted.slots()) {
            ReadingBlock block = sorted.windows(slot).next(null, Integer.MAX_VALUE);
            for (int row = 0; row < block.size(); row++) {
                String name = text(block, Text.SOURCE_FILE, row);
                assertThat(name).isEqualTo("file" + block.file(row));
                assertThat(text(block, Text.FILE_CHECKSUM, row)).isEqualTo("sum" + block.file(row));
                files.add(name);
            }
        }
        return files;
    }

    private static List<String> files(List<Generated> readings, List<String> fileOfReading, int buckets) {
        Map<Place, Integer> last = new TreeMap<>();
        for (int i = 0; i < readings.size(); i++) {
            last.merge(
                    place(readings.get(i), buckets),
                    i,
                    (before, after) ->
                            recordedAt(readings.get(after)) >= recordedAt(readings.get(before)) ? after : before);
        }
        return last.values().stream().map(fileOfReading::get).toList();
    }

    @Test
    void splitsWindowsBetweenMetersOnlyAndEndsThemBeforeALimit() throws IOException {
        List<Generated> file = new ReadingGenerator(6, 30, 1).file(5000);
        try (IncomingReadings incoming = incoming(1, AMPLE)) {
            push(file, incoming);
            SortedReadings sorted = incoming.sorted();
            ReadingWindows windows = sorted.windows(sorted.slots().getFirst());
            byte[] limit = "M2".getBytes(UTF_8);
            String lastMeter = "";
            int rows = 0;
            for (byte[] before : new byte[][] {limit, null}) {
                for (ReadingBlock block = windows.next(before, 10);
                        block.size() > 0;
                        block = windows.next(before, 10)) {
                    String first = meter(block, 0);
                    String last = meter(block, block.size() - 1);
                    assertThat(first).isGreaterThan(lastMeter);
                    assertThat(first.compareTo("M2") < 0).isEqualTo(before != null);
                    lastMeter = last;
                    rows += block.size();
                }
            }
            assertThat(rows).isEqualTo(model(file, 1).size());
        }
    }

    @Test
    void saysWhereItCannotSpill() throws IOException {
        Path blocked = Files.createFile(folder.resolve("file"));
        try (IncomingReadings incoming = new IncomingReadings(1, new MemoryBudget(10, 0), blocked.resolve("spill"))) {
            List<Generated> file = new ReadingGenerator(7, 3, 1).file(100);
            assertThatThrownBy(() -> {
                        push(file, incoming);
                        incoming.sorted();
                    })
                    .isInstanceOf(MeterlakeException.class)
                    .hasMessageContaining("Cannot keep readings in");
        }
    }

    private IncomingReadings incoming(int buckets, MemoryBudget budget) {
        return new IncomingReadings(buckets, budget, folder);
    }

    private static void push(List<Generated> readings, IncomingReadings incoming) {
        IncomingFile file = incoming.file(RECEIVED);
        ReadingGenerator.push(readings, file);
        file.keep(FACTS);
    }

    private static Map<Place, Row> model(List<Generated> file, int buckets) {
        Map<Place, Row> model = new TreeMap<>();
        for (Generated reading : file) {
            Row row = new Row(
                    reading.series().intervalMinutes(),
                    reading.value(),
                    recordedAt(reading),
                    reading.series().unit(),
                    reading.grade().quality().label(),
                    reading.grade().code());
            model.merge(
                    place(reading, buckets),
                    row,
                    (before, after) -> after.recordedAt() >= before.recordedAt() ? after : before);
        }
        return model;
    }

    private static long recordedAt(Generated reading) {
        return reading.recordedAt() == ReadingSink.NO_TIME ? RECEIVED : reading.recordedAt();
    }

    private static Place place(Generated reading, int buckets) {
        ChannelKey channel =
                ChannelKey.of(reading.series().meterId(), reading.series().channel());
        ZoneId zone = reading.series().marketZone();
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochSecond(reading.start() / 1_000_000), zone);
        return new Place(day, channel.bucket(buckets), channel, reading.start());
    }

    private static void addRows(SortedReadings sorted, List<Map.Entry<Place, Row>> rows) throws IOException {
        for (Slot slot : sorted.slots()) {
            ReadingWindows windows = sorted.windows(slot);
            for (ReadingBlock block = windows.next(null, 50); block.size() > 0; block = windows.next(null, 50)) {
                addRows(slot, block, rows);
            }
        }
    }

    private static void addRows(Slot slot, ReadingBlock block, List<Map.Entry<Place, Row>> rows) {
        for (int row = 0; row < block.size(); row++) {
            Place place = new Place(
                    slot.day(),
                    slot.bucket(),
                    block.channels().get(block.channel(row)),
                    block.number(Numeric.START, row));
            rows.add(Map.entry(
                    place,
                    new Row(
                            block.number(Numeric.MINUTES, row),
                            block.number(Numeric.VALUE, row),
                            block.number(Numeric.RECORDED_AT, row),
                            text(block, Text.UNIT, row),
                            text(block, Text.QUALITY, row),
                            text(block, Text.QUALITY_CODE, row))));
        }
    }

    private static String text(ReadingBlock block, Text column, int row) {
        byte[] text = block.text(column, row);
        return text == null ? "" : new String(text, UTF_8);
    }

    private static String meter(ReadingBlock block, int row) {
        return new String(block.meter(row), UTF_8);
    }
}
