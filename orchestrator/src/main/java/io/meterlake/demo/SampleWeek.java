package io.meterlake.demo;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * What to make. The same week always gives the same files.
 *
 * @param firstDay the first day, in each utility's own zone
 * @param days how many days, 1 or more
 * @param nordMeters how many meters {@link StadtwerkeNord} has
 * @param southernMeters how many meters {@link SouthernGrid} has
 * @param seed what the load of the meters is drawn from
 */
public record SampleWeek(LocalDate firstDay, int days, int nordMeters, int southernMeters, long seed) {
    /** The week of the demo. The contracts in {@code sql-models/seeds} begin with it and name its meters. */
    public static final SampleWeek STANDARD = new SampleWeek(LocalDate.of(2026, 1, 25), 7, 60, 40, 2026);

    public SampleWeek {
        requireNonNull(firstDay, "firstDay is null");
        if (days < 1 || nordMeters < 1 || southernMeters < 1) {
            throw new IllegalArgumentException("days, nordMeters and southernMeters must be 1 or more: %d, %d, %d"
                    .formatted(days, nordMeters, southernMeters));
        }
    }

    /** Every day of it, in order. */
    public List<LocalDate> dates() {
        return Stream.iterate(firstDay, day -> day.plusDays(1)).limit(days).toList();
    }

    /** The day on which corrections are sent. */
    LocalDate correctionDay() {
        return firstDay.plusDays(days + 2);
    }
}
