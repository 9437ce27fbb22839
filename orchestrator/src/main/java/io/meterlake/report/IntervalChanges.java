package io.meterlake.report;

import io.meterlake.engine.Column;
import io.meterlake.engine.RowSink;
import io.meterlake.report.EnergyComparison.Channel;
import io.meterlake.report.EnergyDiff.Correction;
import io.meterlake.report.EnergyDiff.IntervalChange;
import io.meterlake.report.EnergyDiff.Source;
import io.meterlake.report.EnergyDiff.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what {@link IntervalDiffSql#intervals} gives: the rows of an interval follow each other, one a correction. */
final class IntervalChanges implements RowSink {
    private final SortedMap<Channel, List<IntervalChange>> byChannel = new TreeMap<>();
    private @Nullable Channel channel;
    private @Nullable IntervalChange interval;

    @Override
    public void columns(List<Column> columns) {}

    @Override
    public void row(List<@Nullable Object> row) {
        Values values = new Values(row);
        Channel next = new Channel(values.text(0), values.text(1), values.text(2));
        IntervalChange read = interval(values);
        IntervalChange open = interval;
        if (open != null && next.equals(channel) && sameInterval(open, read)) {
            List<Correction> corrections = new ArrayList<>(open.corrections());
            corrections.addAll(read.corrections());
            interval = with(open, corrections);
            return;
        }
        close();
        channel = next;
        interval = read;
    }

    /** What was read, by channel and in the order of time. */
    SortedMap<Channel, List<IntervalChange>> byChannel() {
        close();
        return byChannel;
    }

    private void close() {
        if (channel != null && interval != null) {
            byChannel.computeIfAbsent(channel, key -> new ArrayList<>()).add(interval);
        }
        interval = null;
    }

    private static boolean sameInterval(IntervalChange one, IntervalChange other) {
        return one.day().equals(other.day()) && one.startAt().equals(other.startAt());
    }

    private static IntervalChange with(IntervalChange change, List<Correction> corrections) {
        return new IntervalChange(
                change.day(),
                change.startAt(),
                change.minutes(),
                change.before(),
                change.after(),
                change.source(),
                corrections);
    }

    private static IntervalChange interval(Values values) {
        List<Correction> corrections = values.optional(20).isEmpty()
                ? List.of()
                : List.of(new Correction(
                        values.text(20),
                        new Source(
                                values.optional(21).orElse(""),
                                values.optional(22).orElse(""),
                                values.optional(23)
                                        .map(IntervalChanges::instant)
                                        .orElse(null),
                                values.optional(24)
                                        .map(IntervalChanges::instant)
                                        .orElse(null)),
                        values.number(25).orElse(null),
                        values.optional(26).orElse(null),
                        values.optional(27).orElse(null),
                        values.number(28).orElse(null),
                        values.optional(29).orElse(null),
                        values.optional(30).orElse(null),
                        values.optional(31).orElse(null)));
        return new IntervalChange(
                values.day(3),
                instant(values.text(4)),
                values.integer(5),
                values.is(6) ? value(values, 7) : null,
                values.is(11) ? value(values, 12) : null,
                new Source(
                        values.optional(16).orElse(""),
                        values.optional(17).orElse(""),
                        values.optional(18).map(IntervalChanges::instant).orElse(null),
                        values.optional(19).map(IntervalChanges::instant).orElse(null)),
                corrections);
    }

    private static Value value(Values values, int from) {
        return new Value(
                values.number(from).orElse(null),
                values.number(from + 1).orElse(null),
                values.optional(from + 2).orElse(null),
                values.optional(from + 3).orElse(null));
    }

    /** A UTC timestamp without its zone, shortened to what it says: {@code 2026-01-25T10:00:00Z}. */
    private static String instant(String timestamp) {
        return java.time.LocalDateTime.parse(timestamp)
                .toInstant(java.time.ZoneOffset.UTC)
                .toString();
    }
}
