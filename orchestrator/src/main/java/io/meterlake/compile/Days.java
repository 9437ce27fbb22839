package io.meterlake.compile;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Days of a table's rows. Immutable.
 *
 * @param ranges in order, none touching another; {@code until} is the first day that is none of them any more
 */
public record Days(List<Range> ranges) {
    /** No day. */
    public static final Days NONE = new Days(List.of());

    private static final Range EVER = new Range(LocalDate.MIN, LocalDate.MAX);
    /** Every day, also one that nobody knows of. */
    public static final Days ALL = new Days(List.of(EVER));

    /** Days that follow each other. */
    public record Range(LocalDate from, LocalDate until) {
        private boolean contains(LocalDate day) {
            return !day.isBefore(from) && day.isBefore(until);
        }
    }

    public Days {
        ranges = List.copyOf(ranges);
    }

    public static Days of(Collection<LocalDate> days) {
        return ofRanges(
                days.stream().map(day -> new Range(day, day.plusDays(1))).toList());
    }

    /** Those from one on and before another. */
    public static Days between(LocalDate from, LocalDate until) {
        return from.isBefore(until) ? new Days(List.of(new Range(from, until))) : NONE;
    }

    private static Days ofRanges(Collection<Range> ranges) {
        List<Range> sorted = ranges.stream()
                .sorted(Comparator.comparing(Range::from).thenComparing(Range::until))
                .toList();
        List<Range> merged = new ArrayList<>();
        for (Range range : sorted) {
            if (!merged.isEmpty() && !range.from().isAfter(merged.getLast().until())) {
                Range last = merged.removeLast();
                merged.add(new Range(last.from(), last.until().isAfter(range.until()) ? last.until() : range.until()));
            } else {
                merged.add(range);
            }
        }
        return new Days(merged);
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Whether it is {@link #ALL}. */
    public boolean areAll() {
        return ranges.equals(ALL.ranges);
    }

    public boolean contains(LocalDate day) {
        return ranges.stream().anyMatch(range -> range.contains(day));
    }

    /** Those and the others. */
    public Days plus(Days others) {
        List<Range> both = new ArrayList<>(ranges);
        both.addAll(others.ranges);
        return ofRanges(both);
    }

    /** Those that are not among others. */
    public Days without(Days others) {
        List<Range> left = ranges;
        for (Range taken : others.ranges) {
            List<Range> cut = new ArrayList<>();
            for (Range range : left) {
                addIfAny(cut, range.from(), min(range.until(), taken.from()));
                addIfAny(cut, max(range.from(), taken.until()), range.until());
            }
            left = cut;
        }
        return ofRanges(left);
    }

    private static void addIfAny(List<Range> ranges, LocalDate from, LocalDate until) {
        if (from.isBefore(until)) {
            ranges.add(new Range(from, until));
        }
    }

    /** Each with so many days before it and after it. */
    public Days widened(int before, int after) {
        if (areAll()) {
            return this;
        }
        return ofRanges(ranges.stream()
                .map(range ->
                        new Range(range.from().minusDays(before), range.until().plusDays(after)))
                .toList());
    }

    /** Those from a day on. */
    public Days since(LocalDate first) {
        return first.equals(LocalDate.MIN) ? this : without(between(LocalDate.MIN, first));
    }

    /** Each day, of days that are not {@link #ALL}. */
    public SortedSet<LocalDate> each() {
        return ranges.stream()
                .flatMap(range -> range.from().datesUntil(range.until()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A condition on a column, half-open as dbt's, so that it is also right for times. */
    public String condition(String column) {
        if (isEmpty()) {
            return "false";
        }
        return ranges.stream().map(range -> condition(column, range)).collect(Collectors.joining(" or "));
    }

    private static String condition(String column, Range range) {
        List<String> parts = new ArrayList<>();
        if (!range.from().equals(LocalDate.MIN)) {
            parts.add("%s >= date '%s'".formatted(column, range.from()));
        }
        if (!range.until().equals(LocalDate.MAX)) {
            parts.add("%s < date '%s'".formatted(column, range.until()));
        }
        return parts.isEmpty() ? "true" : String.join(" and ", parts);
    }

    private static LocalDate min(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private static LocalDate max(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}
