package io.meterlake.demo;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a customer's load moves through the day, as weights of the 24 hours. Whole numbers from end to end, so that every
 * machine draws the same week.
 */
@SuppressWarnings("ImmutableEnumChecker") // Nothing changes the arrays and the set, and none of them leaves this enum.
enum LoadShape {
    /** Breakfast and evening; on weekends later, and more at noon. */
    HOUSEHOLD(
            new int[] {18, 15, 14, 14, 15, 22, 46, 60, 48, 36, 32, 34, 42, 38, 34, 36, 46, 66, 84, 88, 76, 62, 44, 28},
            new int[] {24, 19, 16, 15, 15, 17, 24, 38, 56, 64, 62, 64, 76, 68, 56, 52, 56, 68, 82, 84, 74, 62, 48, 34},
            EnumSet.noneOf(DayOfWeek.class)),
    /** Storage heaters charge at the cheap rate of the night. */
    NIGHT_STORAGE(
            new int[] {
                180, 180, 175, 160, 130, 90, 30, 14, 10, 8, 8, 10, 14, 40, 36, 10, 10, 14, 18, 18, 16, 14, 120, 175
            },
            new int[] {
                180, 180, 175, 160, 130, 90, 36, 16, 14, 12, 12, 14, 18, 40, 36, 14, 12, 16, 20, 20, 18, 16, 120, 175
            },
            EnumSet.noneOf(DayOfWeek.class)),
    /** The ovens are hot before the shop opens; on Sundays only the freezers run. */
    BAKERY(
            new int[] {
                30, 60, 150, 190, 200, 190, 160, 110, 90, 80, 74, 70, 60, 50, 44, 40, 36, 30, 22, 18, 16, 16, 16, 20
            },
            new int[] {16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16},
            EnumSet.of(DayOfWeek.SUNDAY)),
    /** Lights, machines and cooling in working hours. */
    OFFICE(
            new int[] {14, 14, 14, 14, 14, 16, 28, 60, 92, 100, 102, 100, 90, 96, 98, 94, 84, 60, 34, 24, 18, 16, 14, 14
            },
            new int[] {14, 14, 14, 14, 14, 14, 14, 16, 18, 20, 20, 20, 20, 20, 18, 18, 16, 16, 14, 14, 14, 14, 14, 14},
            EnumSet.noneOf(DayOfWeek.class));

    private static final int HOURS = 24;
    private static final int MINUTES_PER_DAY = 24 * 60;

    private final int[] weekday;
    private final int[] dayOff;
    private final Set<DayOfWeek> closed;
    private final long total;

    /** @param closed the days off, if they are not Saturday and Sunday */
    LoadShape(int[] weekday, int[] dayOff, Set<DayOfWeek> closed) {
        this.weekday = weekday;
        this.dayOff = dayOff;
        this.closed = closed.isEmpty() ? EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY) : closed;
        long sum = 0;
        for (int weight : weekday) {
            sum += weight;
        }
        this.total = sum;
    }

    /**
     * The load of an interval, in Wh, without noise.
     *
     * @param dailyWattHours what the customer takes on a working day
     * @param minuteOfDay on the local clock, at the start of the interval
     */
    long wattHours(long dailyWattHours, LocalDate day, int minuteOfDay, int intervalMinutes) {
        int[] weights = closed.contains(day.getDayOfWeek()) ? dayOff : weekday;
        return interpolated(weights, minuteOfDay) * dailyWattHours * intervalMinutes / (total * 60 * 60);
    }

    /** The weight of a minute × 60, on straight lines between the hours. */
    static long interpolated(int[] weights, int minuteOfDay) {
        int hour = minuteOfDay % MINUTES_PER_DAY / 60;
        int minute = minuteOfDay % 60;
        return (long) weights[hour] * (60 - minute) + (long) weights[(hour + 1) % HOURS] * minute;
    }
}
