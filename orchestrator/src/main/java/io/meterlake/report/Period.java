package io.meterlake.report;

import static io.meterlake.report.ReportErrorCode.INVALID_PERIOD;

import io.meterlake.compile.ReportDefinition.PeriodKind;
import io.meterlake.error.MeterlakeException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The days that a report is about, in the time zone of its definition.
 *
 * @param text as asked for: {@code 2026}, {@code 2026-Q1}, {@code 2026-01}, {@code 2026-01-05}, or
 *     {@code 2026-01-05/2026-01-12} with the end exclusive
 * @param start the first day
 * @param end the day after the last
 */
public record Period(String text, LocalDate start, LocalDate end) {
    private static final Pattern YEAR = Pattern.compile("\\d{4}");
    private static final Pattern QUARTER = Pattern.compile("(\\d{4})-Q([1-4])");
    private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern RANGE = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})/(\\d{4}-\\d{2}-\\d{2})");
    private static final int MONTHS_OF_QUARTER = 3;

    /**
     * Reads a period.
     *
     * @throws MeterlakeException {@code INVALID_PERIOD}
     */
    public static Period parse(String text) {
        try {
            Matcher quarter = QUARTER.matcher(text);
            Matcher range = RANGE.matcher(text);
            if (YEAR.matcher(text).matches()) {
                LocalDate start = Year.parse(text).atDay(1);
                return new Period(text, start, start.plusYears(1));
            } else if (quarter.matches()) {
                int month = (Integer.parseInt(quarter.group(2)) - 1) * MONTHS_OF_QUARTER + 1;
                LocalDate start = LocalDate.of(Integer.parseInt(quarter.group(1)), month, 1);
                return new Period(text, start, start.plusMonths(MONTHS_OF_QUARTER));
            } else if (MONTH.matcher(text).matches()) {
                LocalDate start = YearMonth.parse(text).atDay(1);
                return new Period(text, start, start.plusMonths(1));
            } else if (DAY.matcher(text).matches()) {
                LocalDate start = LocalDate.parse(text);
                return new Period(text, start, start.plusDays(1));
            } else if (range.matches()) {
                LocalDate start = LocalDate.parse(range.group(1));
                LocalDate end = LocalDate.parse(range.group(2));
                if (!start.isBefore(end)) {
                    throw invalid(text, "its end is exclusive and must come after its start");
                }
                return new Period(text, start, end);
            }
        } catch (DateTimeException e) {
            throw invalid(text, "there is no such day or month");
        }
        throw invalid(text, "it is neither a month nor a range of days");
    }

    /**
     * Makes sure that the period consists of whole months, quarters or years where the report does.
     *
     * @throws MeterlakeException {@code INVALID_PERIOD}
     */
    public Period requireWhole(PeriodKind kind) {
        boolean whole = switch (kind) {
            case DAY -> true;
            case MONTH -> start.getDayOfMonth() == 1 && end.getDayOfMonth() == 1;
            case QUARTER -> startsQuarter(start) && startsQuarter(end);
            case YEAR -> start.getDayOfYear() == 1 && end.getDayOfYear() == 1;
        };
        if (whole) {
            return this;
        }
        String unit = kind.name().toLowerCase(Locale.ROOT);
        Period around = new Period(
                text, startOf(start, kind), startOf(end.minusDays(1), kind).plus(step(kind)));
        throw new MeterlakeException(
                INVALID_PERIOD,
                "Cannot use the period '%s': the report is made by the %s, and this is no whole number of them"
                        .formatted(text, unit),
                "Ask for each whole %s that it touches: --period %s/%s (the end is exclusive)."
                        .formatted(unit, around.start, around.end));
    }

    private static LocalDate startOf(LocalDate day, PeriodKind kind) {
        return switch (kind) {
            case DAY -> day;
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1) % MONTHS_OF_QUARTER);
            case YEAR -> day.withDayOfYear(1);
        };
    }

    private static java.time.Period step(PeriodKind kind) {
        return switch (kind) {
            case DAY -> java.time.Period.ofDays(1);
            case MONTH -> java.time.Period.ofMonths(1);
            case QUARTER -> java.time.Period.ofMonths(MONTHS_OF_QUARTER);
            case YEAR -> java.time.Period.ofYears(1);
        };
    }

    /** The text as a part of file names. */
    public String fileName() {
        return text.replace('/', '_');
    }

    private static boolean startsQuarter(LocalDate day) {
        return day.getDayOfMonth() == 1 && (day.getMonthValue() - 1) % MONTHS_OF_QUARTER == 0;
    }

    private static MeterlakeException invalid(String text, String reason) {
        return new MeterlakeException(
                INVALID_PERIOD,
                "Cannot use the period '" + text + "': " + reason,
                "Write a month such as 2026-01, or a range such as 2026-01-01/2026-02-01 whose end is exclusive.");
    }
}
