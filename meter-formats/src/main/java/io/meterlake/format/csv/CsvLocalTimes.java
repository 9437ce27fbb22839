package io.meterlake.format.csv;

import io.meterlake.format.text.LocalClock;
import io.meterlake.format.text.LocalClock.Occurrence;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Reject;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Times without an offset, in the mapping's zone. In the hour that comes twice in autumn, a channel's rows are held
 * back until both rows of a time have been seen: only then is it sure that the order tells which is which. What is held
 * back is at most that hour, so memory does not grow with the rest of the file.
 */
final class CsvLocalTimes {
    private static final String HINT =
            "Ask the sender for times with a UTC offset; doubled_hour in the mapping says how"
                    + " the hour that comes twice is written.";

    /** A row of a doubled hour. {@code lengthMicros} is taken off its time, if times are ends. */
    record Row(
            int series,
            long lengthMicros,
            long value,
            int grade,
            long recordedAt,
            long line,
            String time,
            String rawText) {}

    private record Slot(int series, long localMicros) {}

    private final CsvMapping mapping;
    private final ReadingSink sink;
    private final LocalClock clock;
    private final Map<Slot, Optional<Row>> slots = new HashMap<>();
    private long[] previous = new long[1024];
    private int[] trend = new int[1024];

    CsvLocalTimes(CsvMapping mapping, ReadingSink sink) {
        this.mapping = mapping;
        this.sink = sink;
        this.clock = new LocalClock(mapping.timeZone());
        Arrays.fill(previous, Long.MIN_VALUE);
    }

    /** Whether the time was on the clock just once; {@link #micros} is then what it is in UTC. */
    boolean isPlain(int series, long localMicros) {
        if (clock.at(localMicros) == Occurrence.ONCE) {
            follow(series, localMicros);
            return true;
        }
        return false;
    }

    long micros() {
        return clock.earlier();
    }

    /** Takes the row of a time that is not plain, or says why it can't. */
    Optional<CsvProblem> special(int series, long localMicros, CsvField field, Row row) {
        if (clock.at(localMicros) == Occurrence.NEVER) {
            return Optional.of(skipped(field, row.time()));
        }
        return switch (mapping.doubledHour()) {
            case FIRST -> push(row, clock.earlier());
            case SECOND -> push(row, clock.later());
            case BY_ORDER -> pair(series, localMicros, field, row);
        };
    }

    private Optional<CsvProblem> pair(int series, long localMicros, CsvField field, Row row) {
        Slot slot = new Slot(row.series(), localMicros);
        Optional<Row> held = slots.get(slot);
        if (held == null) {
            follow(series, localMicros);
            slots.put(slot, Optional.of(row));
            return Optional.empty();
        }
        if (held.isEmpty()) {
            return Optional.of(new CsvProblem(
                    field,
                    "'%s' comes a third time for the same channel, and the clocks in %s showed it twice"
                            .formatted(row.time(), mapping.timeZone()),
                    HINT));
        }
        boolean newestFirst = trend[series] < 0;
        push(held.get(), newestFirst ? clock.later() : clock.earlier());
        push(row, newestFirst ? clock.earlier() : clock.later());
        slots.put(slot, Optional.empty());
        return Optional.empty();
    }

    private Optional<CsvProblem> push(Row row, long micros) {
        sink.reading(row.series(), micros - row.lengthMicros(), row.value(), row.grade(), row.recordedAt(), row.line());
        return Optional.empty();
    }

    /** Notes whether a channel's times rise or fall through the file. */
    private void follow(int series, long localMicros) {
        if (series >= previous.length) {
            int old = previous.length;
            previous = Arrays.copyOf(previous, Math.max(series + 1, 2 * old));
            trend = Arrays.copyOf(trend, previous.length);
            Arrays.fill(previous, old, previous.length, Long.MIN_VALUE);
        }
        if (previous[series] != Long.MIN_VALUE) {
            trend[series] += Long.compare(localMicros, previous[series]);
        }
        previous[series] = localMicros;
    }

    CsvProblem skipped(CsvField field, String time) {
        return new CsvProblem(
                field,
                "'%s' was never on the clocks in %s, which went forward over it".formatted(time, mapping.timeZone()),
                "Check the time_zone of the mapping, or ask the sender for times with a UTC offset.");
    }

    /** Ends the file: a doubled time that came only once can be either. */
    void end() {
        slots.values().stream()
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingLong(Row::line))
                .forEach(row -> sink.reject(new Reject(
                        row.line(),
                        (mapping.fields().containsKey(CsvField.INTERVAL_END)
                                        ? CsvField.INTERVAL_END
                                        : CsvField.INTERVAL_START)
                                .label(),
                        "'%s' was on the clocks in %s twice, and comes only once for this channel"
                                .formatted(row.time(), mapping.timeZone()),
                        HINT,
                        row.rawText())));
    }
}
