package io.meterlake.format.measure;

import io.meterlake.format.text.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A period of a series: where its positions lie in time. Days of 23 and 25 hours need nothing special, as positions
 * are counted in real time from a start that has an offset.
 *
 * @param fields RESOLUTION, START and END as they were sent
 * @param firstPoint the first of its points
 */
record MeasurePeriod(Map<SeriesField, String> fields, int firstPoint) {
    private static final long MICROS_PER_MINUTE = 60_000_000;
    private static final int MOST_POSITIONS = 999_999;
    private static final String ASK_AGAIN = "Ask the sender for the series again.";

    private String field(SeriesField field) {
        return fields.getOrDefault(field, "");
    }

    /** What is wrong with it; empty if its positions can be placed. */
    Optional<Problem> problem() {
        OptionalInt minutes = MeasureTime.minutes(field(SeriesField.RESOLUTION));
        OptionalLong start = MeasureTime.micros(field(SeriesField.START));
        OptionalLong end = MeasureTime.micros(field(SeriesField.END));
        if (minutes.isEmpty()) {
            return problem(
                    "resolution",
                    "resolution '%s' is no fixed number of minutes of at most a day"
                            .formatted(Problem.abridged(field(SeriesField.RESOLUTION))),
                    "Meterlake reads resolutions such as PT15M and PT1H: ask the sender for the interval data.");
        }
        if (start.isEmpty() || end.isEmpty()) {
            String sent = field(start.isEmpty() ? SeriesField.START : SeriesField.END);
            return problem(
                    start.isEmpty() ? "start" : "end",
                    "'%s' is no time with an offset".formatted(Problem.abridged(sent)),
                    "A time is such as 2026-01-31T23:00Z.");
        }
        long length = end.getAsLong() - start.getAsLong();
        if (length <= 0) {
            return problem(
                    "timeInterval",
                    "the period ends at %s, and starts only at %s"
                            .formatted(field(SeriesField.END), field(SeriesField.START)),
                    ASK_AGAIN);
        }
        long step = minutes.getAsInt() * MICROS_PER_MINUTE;
        return length % step == 0 && length / step <= MOST_POSITIONS
                ? Optional.empty()
                : problem(
                        "timeInterval",
                        "the period from %s to %s is no whole number of intervals of %s"
                                .formatted(
                                        field(SeriesField.START),
                                        field(SeriesField.END),
                                        field(SeriesField.RESOLUTION)),
                        ASK_AGAIN);
    }

    /** The length of its intervals; only if there is no {@link #problem}. */
    int minutes() {
        return MeasureTime.minutes(field(SeriesField.RESOLUTION)).orElseThrow();
    }

    /** How many positions it has; only if there is no {@link #problem}. */
    int positions() {
        long length = MeasureTime.micros(field(SeriesField.END)).orElseThrow() - start();
        return Math.toIntExact(length / (minutes() * MICROS_PER_MINUTE));
    }

    /** Microseconds since 1970; only if there is no {@link #problem}. */
    long start() {
        return MeasureTime.micros(field(SeriesField.START)).orElseThrow();
    }

    /** How far its positions are apart, in microseconds; only if there is no {@link #problem}. */
    long step() {
        return minutes() * MICROS_PER_MINUTE;
    }

    private static Optional<Problem> problem(String field, String reason, String hint) {
        return Optional.of(new Problem(field, reason, hint));
    }
}
