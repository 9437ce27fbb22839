package io.meterlake.format.mscons;

import java.time.LocalDate;
import java.util.Arrays;

/**
 * Reads the time of a DTM (data element 2380 by the format of 2379): 203 {@code CCYYMMDDHHMM}, 204 with seconds, 303 and
 * 304 the same with the offset from UTC ({@code +01}, or {@code +0100}), 102 a date. A time of 303 that lacks its offset
 * is local. Remembers the last date; belongs to one file. Not thread-safe.
 */
final class MsconsTime {
    private static final int FORMAT_DATE = Tag.of("102");
    private static final int FORMAT_MINUTES = Tag.of("203");
    private static final int FORMAT_SECONDS = Tag.of("204");
    private static final int FORMAT_MINUTES_OFFSET = Tag.of("303");
    private static final int FORMAT_SECONDS_OFFSET = Tag.of("304");

    private static final int DATE_LENGTH = 8;
    private static final int MINUTES_LENGTH = 12;
    private static final int SECONDS_LENGTH = 14;
    private static final int FARTHEST_OFFSET = 18 * 60;
    private static final long MICROS = 1_000_000;

    private final byte[] lastDate = new byte[DATE_LENGTH];
    private long lastEpochDay;
    private long micros;
    private boolean local;

    /** Reads the time of the DTM at hand; false if it has none, or one of another format. */
    boolean read(SegmentReader segment) {
        int format = segment.code(1, 2);
        int length;
        if (format == FORMAT_MINUTES_OFFSET || format == FORMAT_MINUTES) {
            length = MINUTES_LENGTH;
        } else if (format == FORMAT_SECONDS_OFFSET || format == FORMAT_SECONDS) {
            length = SECONDS_LENGTH;
        } else if (format == FORMAT_DATE) {
            length = DATE_LENGTH;
        } else {
            return false;
        }
        return read(segment.content(), segment.start(1, 1), segment.end(1, 1), length);
    }

    private boolean read(byte[] text, int from, int to, int length) {
        if (to - from < length || !date(text, from)) {
            return false;
        }
        int hour = length > DATE_LENGTH ? digits(text, from + 8, 2) : 0;
        int minute = length > DATE_LENGTH ? digits(text, from + 10, 2) : 0;
        int second = length > MINUTES_LENGTH ? digits(text, from + 12, 2) : 0;
        int offset = offsetMinutes(text, from + length, to);
        boolean exists = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
        if (!exists || Math.abs(offset) > FARTHEST_OFFSET) {
            return false;
        }
        local = from + length == to;
        long seconds = lastEpochDay * 86_400 + hour * 3_600L + (minute - offset) * 60L + second;
        micros = seconds * MICROS;
        return true;
    }

    private boolean date(byte[] text, int from) {
        if (lastDate[0] != 0 && Arrays.equals(text, from, from + DATE_LENGTH, lastDate, 0, DATE_LENGTH)) {
            return true;
        }
        int year = digits(text, from, 4);
        int month = digits(text, from + 4, 2);
        int day = digits(text, from + 6, 2);
        boolean possible = year >= 0 && month >= 1 && month <= 12 && day >= 1;
        if (!possible || day > LocalDate.of(year, month, 1).lengthOfMonth()) {
            return false;
        }
        lastEpochDay = LocalDate.of(year, month, day).toEpochDay();
        System.arraycopy(text, from, lastDate, 0, DATE_LENGTH);
        return true;
    }

    /** The minutes of {@code +01}, {@code -0330} or nothing; beyond {@link #FARTHEST_OFFSET} if it is no offset. */
    private static int offsetMinutes(byte[] text, int from, int to) {
        if (from == to) {
            return 0;
        }
        int length = to - from;
        int sign = text[from] == '+' ? 1 : text[from] == '-' ? -1 : 0;
        if (sign == 0 || (length != 3 && length != 5)) {
            return Integer.MAX_VALUE;
        }
        int hours = digits(text, from + 1, 2);
        int minutes = length == 5 ? digits(text, from + 3, 2) : 0;
        return hours < 0 || minutes < 0 || minutes > 59 ? Integer.MAX_VALUE : sign * (hours * 60 + minutes);
    }

    /** Digits as a number, or -1. */
    private static int digits(byte[] text, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** What was read last: microseconds since 1970-01-01T00:00, in UTC, or in local time if {@link #isLocal}. */
    long micros() {
        return micros;
    }

    /** Whether what was read last has no offset. */
    boolean isLocal() {
        return local;
    }
}
