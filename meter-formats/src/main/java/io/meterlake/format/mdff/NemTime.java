package io.meterlake.format.mdff;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/**
 * The time of Australia's National Electricity Market: UTC+10 all the year (MDFF specification, "Date and time"). A
 * Date(8) is {@code CCYYMMDD}, a DateTime(12) adds {@code hhmm}, a DateTime(14) {@code hhmmss}.
 */
public final class NemTime {
    /**
     * A region with the market's time, because Trino's {@code with_timezone} takes names of regions: Queensland has had
     * no daylight saving since 1992, before which there was no market.
     */
    public static final ZoneId ZONE = ZoneId.of("Australia/Brisbane");

    private static final ZoneOffset OFFSET = ZoneOffset.ofHours(10);
    private static final long MICROS = 1_000_000;

    private NemTime() {}

    /** A date as microseconds since 1970-01-01T00:00Z; empty if the text is no Date(8). */
    public static OptionalLong date(String text) {
        return text.length() == 8 ? dateTime(text) : OptionalLong.empty();
    }

    /** A date or time as microseconds since 1970-01-01T00:00Z; empty if the text is none of 8, 12 or 14 digits. */
    public static OptionalLong dateTime(String text) {
        int length = text.length();
        boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || (length != 8 && length != 12 && length != 14)) {
            return OptionalLong.empty();
        }
        try {
            LocalDateTime time = LocalDateTime.of(
                    number(text, 0, 4),
                    number(text, 4, 6),
                    number(text, 6, 8),
                    length > 8 ? number(text, 8, 10) : 0,
                    length > 8 ? number(text, 10, 12) : 0,
                    length > 12 ? number(text, 12, 14) : 0);
            return OptionalLong.of(time.toEpochSecond(OFFSET) * MICROS);
        } catch (DateTimeException noSuchTime) {
            return OptionalLong.empty();
        }
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
