package io.meterlake.format.text;

import java.time.LocalDate;
import java.util.Arrays;

/**
 * ISO 8601 in its extended form: date, {@code T} or a space, hour and minute, optionally seconds with a fraction down
 * to the microsecond, optionally {@code Z} or an offset ({@code +01:00}, {@code +0100}, {@code +01}).
 */
public final class IsoTimestamps implements Timestamps {
    private static final long MICROS = 1_000_000;
    private static final int DATE_LENGTH = 10;

    private byte[] last = {};
    private boolean lastRead;
    private boolean local;
    private long micros;

    private final byte[] lastDate = new byte[DATE_LENGTH];
    private long lastEpochDay;

    private byte[] text = {};
    private int at;
    private int end;

    @Override
    public boolean read(byte[] bytes, int from, int to) {
        if (Arrays.equals(bytes, from, to, last, 0, last.length)) {
            return lastRead;
        }
        if (last.length != to - from) {
            last = new byte[to - from];
        }
        System.arraycopy(bytes, from, last, 0, to - from);
        text = bytes;
        at = from;
        end = to;
        lastRead = parse();
        return lastRead;
    }

    private boolean parse() {
        if (end - at < DATE_LENGTH + 6 || !date()) {
            return false;
        }
        byte separator = text[at++];
        if (separator != 'T' && separator != ' ' && separator != 't') {
            return false;
        }
        int hour = twoDigits(23);
        boolean timed = literal(':');
        int minute = twoDigits(59);
        if (hour < 0 || !timed || minute < 0) {
            return false;
        }
        int second = 0;
        long fraction = 0;
        if (literal(':')) {
            second = twoDigits(59);
            if (second < 0) {
                return false;
            }
            if (literal('.') || literal(',')) {
                fraction = fraction();
                if (fraction < 0) {
                    return false;
                }
            }
        }
        long time = lastEpochDay * 86_400 + hour * 3_600L + minute * 60L + second;
        micros = time * MICROS + fraction;
        return offset();
    }

    private boolean date() {
        if (!Arrays.equals(text, at, at + DATE_LENGTH, lastDate, 0, DATE_LENGTH)) {
            int year = 0;
            for (int i = 0; i < 4; i++) {
                int digit = text[at + i] - '0';
                if (digit < 0 || digit > 9) {
                    return false;
                }
                year = year * 10 + digit;
            }
            at += 4;
            boolean dashes = literal('-');
            int month = twoDigits(12);
            dashes &= literal('-');
            int day = twoDigits(31);
            if (!dashes
                    || month < 1
                    || day < 1
                    || day > LocalDate.of(year, month, 1).lengthOfMonth()) {
                return false;
            }
            lastEpochDay = LocalDate.of(year, month, day).toEpochDay();
            System.arraycopy(text, at - DATE_LENGTH, lastDate, 0, DATE_LENGTH);
        } else {
            at += DATE_LENGTH;
        }
        return true;
    }

    private long fraction() {
        long value = 0;
        int digits = 0;
        for (; at < end && text[at] >= '0' && text[at] <= '9'; at++, digits++) {
            if (digits < 6) {
                value = value * 10 + (text[at] - '0');
            } else if (text[at] != '0') {
                return -1;
            }
        }
        if (digits == 0) {
            return -1;
        }
        for (; digits < 6; digits++) {
            value *= 10;
        }
        return value;
    }

    private boolean offset() {
        local = at == end;
        if (local) {
            return true;
        }
        if (literal('Z') || literal('z')) {
            return at == end;
        }
        int sign = text[at] == '+' ? 1 : text[at] == '-' ? -1 : 0;
        at++;
        int hours = twoDigits(18);
        if (sign == 0 || hours < 0) {
            return false;
        }
        int minutes = 0;
        if (at < end) {
            literal(':');
            minutes = twoDigits(59);
        }
        micros -= sign * (hours * 3_600L + minutes * 60L) * MICROS;
        return minutes >= 0 && at == end;
    }

    private boolean literal(char expected) {
        if (at < end && text[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    /** Two digits as a number of at most {@code most}, or -1. */
    private int twoDigits(int most) {
        if (end - at < 2) {
            return -1;
        }
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        at += 2;
        int value = tens * 10 + ones;
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 || value > most ? -1 : value;
    }

    @Override
    public boolean isLocal() {
        return local;
    }

    @Override
    public long micros() {
        return micros;
    }

    @Override
    public String example() {
        return "2026-03-29T01:30:00Z";
    }
}
