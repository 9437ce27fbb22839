package io.meterlake.reading;

/**
 * Takes what a format parses, as primitives, so that nothing between a file and a Parquet page needs an object a row.
 * A parser first declares what readings have in common ({@link #series}, {@link #grade}) and then pushes numbers.
 * Handles are only good for the sink that gave them. Not thread-safe.
 */
public interface ReadingSink {
    /** Digits after the decimal point of {@code scaledValue}: a kWh is 1,000,000. */
    int VALUE_SCALE = 6;

    /** A {@code scaledValue} that says: the sender gave no number. */
    long NO_VALUE = Long.MIN_VALUE;

    /** A {@code recordedAtMicros} that says: the file gives no update time; the time of receipt takes its place. */
    long NO_TIME = Long.MIN_VALUE;

    /** The handle of a series; the same one for an equal series. */
    int series(Series series);

    /** The handle of a grade; the same one for an equal grade. */
    int grade(Grade grade);

    /**
     * One interval's value.
     *
     * @param series a handle of {@link #series}
     * @param startMicros the interval's start, microseconds since 1970-01-01T00:00Z
     * @param scaledValue the value in the series' unit × 10^{@link #VALUE_SCALE}, or {@link #NO_VALUE}
     * @param grade a handle of {@link #grade}
     * @param recordedAtMicros when the sender last updated the value, microseconds since 1970-01-01T00:00Z, or
     *     {@link #NO_TIME}; of two values for an interval the later one wins
     * @param line the line in the file, counted from 1
     */
    void reading(int series, long startMicros, long scaledValue, int grade, long recordedAtMicros, long line);

    /**
     * What a register advanced between two reads. It is no reading of an interval, so a sink that has no place for it
     * rejects it, and it can be taken in once it has one.
     */
    default void registerPeriod(RegisterPeriod period) {
        reject(new Reject(
                period.line(),
                "",
                "it holds reads of a register that are further apart than an interval, which has no place here yet",
                "Ask the sender for interval data; the record is kept, and can be tried again later.",
                period.rawText()));
    }

    /** A record that could not be taken in. */
    void reject(Reject reject);
}
