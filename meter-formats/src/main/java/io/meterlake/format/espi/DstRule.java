package io.meterlake.format.espi;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/**
 * When daylight saving time begins or ends in a year, as ESPI's DstRuleType encodes it: bits 0–11 seconds, 12–16 hours,
 * 17–19 day of the week (Monday is 1, 0 is none), 20–24 day of the month, 25–27 operator, 28–31 month.
 *
 * @param operator 0 the day of the month; 1 the day of the week on or after it; 2 to 6 the first to the fifth such day
 *     of the week; 7 the last one
 */
record DstRule(int month, int operator, int dayOfMonth, int dayOfWeek, int secondsOfDay) {
    /** A rule that says that there is no daylight saving time. */
    private static final long NONE = 0xFFFF_FFFFL;

    /** The rule of a hexadecimal text; empty if it is none, or says that there is no daylight saving time. */
    static Optional<DstRule> of(String hex) {
        if (!hex.matches("[0-9A-Fa-f]{1,8}")) {
            return Optional.empty();
        }
        long bits = Long.parseLong(hex, 16);
        DstRule rule = new DstRule(
                (int) (bits >>> 28),
                (int) (bits >>> 25) & 0x7,
                (int) (bits >>> 20) & 0x1F,
                (int) (bits >>> 17) & 0x7,
                (int) ((bits >>> 12) & 0x1F) * 3600 + (int) (bits & 0xFFF));
        boolean isRule = bits != NONE
                && rule.month >= 1
                && rule.month <= 12
                && (rule.operator == 0 || rule.dayOfWeek >= 1)
                && (rule.operator > 1 || rule.dayOfMonth >= 1)
                && rule.secondsOfDay < 24 * 3600;
        return isRule ? Optional.of(rule) : Optional.empty();
    }

    /** The local time of the change in a year; empty if there is none. */
    Optional<LocalDateTime> in(int year) {
        try {
            LocalDate first = YearMonth.of(year, month).atDay(1);
            LocalDate day = switch (operator) {
                case 0 -> first.withDayOfMonth(dayOfMonth);
                case 1 -> first.withDayOfMonth(dayOfMonth).with(TemporalAdjusters.nextOrSame(DayOfWeek.of(dayOfWeek)));
                case 7 -> first.with(TemporalAdjusters.lastInMonth(DayOfWeek.of(dayOfWeek)));
                default -> first.with(TemporalAdjusters.dayOfWeekInMonth(operator - 1, DayOfWeek.of(dayOfWeek)));
            };
            return Optional.of(day.atStartOfDay().plusSeconds(secondsOfDay));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
