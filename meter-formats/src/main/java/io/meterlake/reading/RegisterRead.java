package io.meterlake.reading;

import static java.util.Objects.requireNonNull;

/**
 * What a cumulative register showed at a moment.
 *
 * @param atMicros when, microseconds since 1970-01-01T00:00Z
 * @param scaledValue what it showed × 10^{@link ReadingSink#VALUE_SCALE}, or {@link ReadingSink#NO_VALUE}
 * @param dialDigits how many digits before the decimal point it was written with: a register of five goes from 99999 to 0
 * @param grade how the read came to be
 */
public record RegisterRead(long atMicros, long scaledValue, int dialDigits, Grade grade) {
    private static final int MOST_DIGITS = 12;

    public RegisterRead {
        requireNonNull(grade, "grade is null");
        if (dialDigits < 0 || dialDigits > MOST_DIGITS) {
            throw new IllegalArgumentException("dialDigits is not in 0..12: " + dialDigits);
        }
    }

    /** How far the register goes until it shows the same again, scaled like the value. */
    long turn() {
        long turn = 1;
        for (int i = 0; i < dialDigits + ReadingSink.VALUE_SCALE; i++) {
            turn *= 10;
        }
        return turn;
    }
}
