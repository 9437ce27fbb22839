package io.meterlake.format.text;

import io.meterlake.reading.ReadingSink;

/**
 * Reads a decimal as the exact integer value × 10^{@link ReadingSink#VALUE_SCALE}, never by way of floating point.
 * What {@code DECIMAL(18,6)} cannot hold exactly is refused: more than 12 digits before the point, or a seventh
 * decimal that is not zero. An exponent, a thousands separator and a plus sign are refused, too.
 */
public final class ScaledDecimal {
    /** What {@link #parse} returns for text that is no plain decimal. */
    public static final long NOT_A_DECIMAL = Long.MAX_VALUE;

    /** What {@link #parse} returns for a decimal with more decimals than can be kept. */
    public static final long TOO_FINE = Long.MAX_VALUE - 1;

    /** What {@link #parse} returns for a decimal with more digits before the point than can be kept. */
    public static final long TOO_BIG = Long.MAX_VALUE - 2;

    private static final long SMALLEST_FAILURE = TOO_BIG;
    private static final long BOUND = 1_000_000_000_000_000_000L;
    private static final long[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    private ScaledDecimal() {}

    /** The scaled value of {@code bytes[from, to)}, or one of the failures, which {@link #failed} tells. */
    public static long parse(byte[] bytes, int from, int to, char decimalPoint) {
        int at = from;
        boolean negative = at < to && bytes[at] == '-';
        if (negative) {
            at++;
        }
        long digits = 0;
        int decimals = -1;
        int count = 0;
        boolean tooFine = false;
        boolean tooBig = false;
        for (; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                count++;
                if (decimals >= ReadingSink.VALUE_SCALE) {
                    tooFine |= digit != 0;
                    continue;
                }
                if (decimals >= 0) {
                    decimals++;
                }
                tooBig |= digits >= BOUND / 10;
                digits = digits * 10 + digit;
            } else if (bytes[at] == decimalPoint && decimals < 0) {
                decimals = 0;
            } else {
                return NOT_A_DECIMAL;
            }
        }
        if (count == 0) {
            return NOT_A_DECIMAL;
        }
        long factor = POWERS_OF_TEN[ReadingSink.VALUE_SCALE - Math.max(decimals, 0)];
        if (tooBig || digits > (BOUND - 1) / factor) {
            return TOO_BIG;
        }
        if (tooFine) {
            return TOO_FINE;
        }
        return negative ? -digits * factor : digits * factor;
    }

    /**
     * The scaled value of a decimal × 10^{@code exponent}, exactly, or one of the failures: for formats that write a
     * number and a power of ten apart.
     *
     * @param exponent -18 to 18
     */
    public static long parse(byte[] bytes, int from, int to, char decimalPoint, int exponent) {
        int at = from;
        boolean negative = at < to && bytes[at] == '-';
        if (negative) {
            at++;
        }
        long digits = 0;
        int count = 0;
        int power = ReadingSink.VALUE_SCALE + exponent;
        boolean fraction = false;
        for (; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                count++;
                if (digits >= BOUND / 10) {
                    return TOO_BIG;
                }
                digits = digits * 10 + digit;
                power -= fraction ? 1 : 0;
            } else if (bytes[at] == decimalPoint && !fraction) {
                fraction = true;
            } else {
                return NOT_A_DECIMAL;
            }
        }
        if (count == 0) {
            return NOT_A_DECIMAL;
        }
        for (; power > 0 && digits != 0; power--) {
            if (digits >= BOUND / 10) {
                return TOO_BIG;
            }
            digits *= 10;
        }
        for (; power < 0 && digits != 0; power++) {
            if (digits % 10 != 0) {
                return TOO_FINE;
            }
            digits /= 10;
        }
        return negative ? -digits : digits;
    }

    /** Whether {@link #parse} returned a failure. */
    public static boolean failed(long parsed) {
        return parsed >= SMALLEST_FAILURE;
    }

    /** What is wrong with a text, for a failure that {@link #parse} returned. */
    public static String reason(long failure, String text) {
        if (failure == TOO_FINE) {
            return "value '%s' has more than %d decimals".formatted(text, ReadingSink.VALUE_SCALE);
        }
        if (failure == TOO_BIG) {
            return "value '%s' has more than %d digits before the decimal point"
                    .formatted(text, 18 - ReadingSink.VALUE_SCALE);
        }
        return "value '%s' is not a plain decimal number".formatted(text);
    }
}
