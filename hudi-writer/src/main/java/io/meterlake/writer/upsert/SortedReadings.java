package io.meterlake.writer.upsert;

import static java.util.Objects.requireNonNull;

import io.meterlake.reading.ReadingBuffer;
import io.meterlake.reading.Series;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A file's readings by day and bucket, and in each by channel and start, one reading a key: of several for one interval
 * the one that was recorded last stays, and of those the last one in the file. The readings stay where they are, in
 * the buffer; what is sorted are their numbers, 4 bytes each. Immutable, thread-safe.
 */
public final class SortedReadings {
    private final ReadingBuffer buffer;
    private final FileTexts texts;
    private final int[] order;
    private final List<Slot> slots;
    private final long duplicates;

    private SortedReadings(
            ReadingBuffer buffer, FileTexts texts, int[] order, List<Slot> slots, long duplicates) {
        this.buffer = buffer;
        this.texts = texts;
        this.order = order;
        this.slots = slots;
        this.duplicates = duplicates;
    }

    /** Sorts; time and memory grow with the number of readings, not faster. */
    public static SortedReadings of(ReadingBuffer buffer, FileFacts facts, int buckets) {
        FileTexts texts = new FileTexts(buffer.series(), buffer.grades(), facts);
        int[] channelOfSeries = texts.channelOfSeries;
        List<ChannelKey> channels = texts.channels;
        int[] bucketOfChannel =
                channels.stream().mapToInt(key -> key.bucket(buckets)).toArray();

        int[] slotOfReading = new int[buffer.size()];
        NavigableMap<Long, Integer> numbers = countSlots(buffer, channelOfSeries, bucketOfChannel, slotOfReading);
        int[] order = byChannel(buffer, channelOfSeries, channels.size());
        int[] starts = new int[numbers.size() + 1];
        renumber(numbers, slotOfReading, starts);
        order = bySlot(order, slotOfReading, starts);

        List<Slot> slots = new ArrayList<>();
        Runs runs = new Runs(buffer, channelOfSeries, order, facts.receivedAtMicros());
        int index = 0;
        for (long slot : numbers.keySet()) {
            int to = runs.sortAndThin(starts[index], starts[index + 1]);
            slots.add(new Slot(LocalDate.ofEpochDay(slot >> Integer.SIZE), (int) slot, starts[index], to));
            index++;
        }
        return new SortedReadings(
                buffer,
                texts,
                order,
                List.copyOf(slots),
                runs.dropped());
    }

    /** Gives each reading the number of its slot in the order of first sight, and counts them by day and bucket. */
    private static NavigableMap<Long, Integer> countSlots(
            ReadingBuffer buffer, int[] channelOfSeries, int[] bucketOfChannel, int[] slotOfReading) {
        Map<String, LocalDays> zones = new HashMap<>();
        List<LocalDays> daysOfSeries = buffer.series().stream()
                .map(series -> requireNonNull(
                        zones.computeIfAbsent(series.marketZone().getId(), id -> new LocalDays(series.marketZone()))))
                .toList();
        NavigableMap<Long, Integer> numbers = new TreeMap<>();
        long last = -1;
        int number = -1;
        for (int i = 0; i < slotOfReading.length; i++) {
            int series = buffer.seriesAt(i);
            long day = daysOfSeries.get(series).dayOf(buffer.startAt(i));
            long slot = day << Integer.SIZE | bucketOfChannel[channelOfSeries[series]];
            if (slot != last) {
                number = requireNonNull(numbers.computeIfAbsent(slot, absent -> numbers.size()));
                last = slot;
            }
            slotOfReading[i] = number;
        }
        return numbers;
    }

    /** Renumbers the slots by day and bucket, and says where each begins in the sorted order. */
    private static void renumber(NavigableMap<Long, Integer> numbers, int[] slotOfReading, int[] starts) {
        int[] renumbered = new int[numbers.size()];
        int next = 0;
        for (int old : numbers.values()) {
            renumbered[old] = next++;
        }
        for (int i = 0; i < slotOfReading.length; i++) {
            slotOfReading[i] = renumbered[slotOfReading[i]];
            starts[slotOfReading[i] + 1]++;
        }
        for (int slot = 1; slot < starts.length; slot++) {
            starts[slot] += starts[slot - 1];
        }
    }

    private static int[] byChannel(ReadingBuffer buffer, int[] channelOfSeries, int channels) {
        int[] next = new int[channels + 1];
        for (int i = 0; i < buffer.size(); i++) {
            next[channelOfSeries[buffer.seriesAt(i)] + 1]++;
        }
        for (int channel = 1; channel < next.length; channel++) {
            next[channel] += next[channel - 1];
        }
        int[] order = new int[buffer.size()];
        for (int i = 0; i < order.length; i++) {
            order[next[channelOfSeries[buffer.seriesAt(i)]]++] = i;
        }
        return order;
    }

    private static int[] bySlot(int[] order, int[] slotOfReading, int[] starts) {
        int[] next = Arrays.copyOf(starts, starts.length);
        int[] sorted = new int[order.length];
        for (int reading : order) {
            sorted[next[slotOfReading[reading]]++] = reading;
        }
        return sorted;
    }

    /** In the order of day and bucket. */
    public List<Slot> slots() {
        return slots;
    }

    /** How many readings another one of the same file took the place of. */
    public long duplicates() {
        return duplicates;
    }

    /** A slot's readings, once through. To be closed. */
    public ReadingWindows windows(Slot slot) {
        return new SlotWindows(buffer, texts, order, slot.from(), slot.to());
    }
}
