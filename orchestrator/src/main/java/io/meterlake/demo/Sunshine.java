package io.meterlake.demo;

import java.time.LocalDate;

/**
 * What a photovoltaic system yields: by the season, the hour and the clouds of the day, which are the same for all
 * systems of a utility. Whole numbers from end to end.
 */
enum Sunshine {
    /** About 52° north, as at Oldenburg. */
    NORTH(0),
    /** About 27° south, as at Brisbane. */
    SOUTH(6);

    private static final int[] WINTER = {0, 0, 0, 0, 0, 0, 0, 0, 2, 12, 22, 28, 30, 26, 16, 5, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final int[] BETWEEN = {
        0, 0, 0, 0, 0, 0, 1, 9, 26, 44, 58, 66, 68, 64, 54, 38, 20, 6, 0, 0, 0, 0, 0, 0
    };
    private static final int[] SUMMER = {
        0, 0, 0, 0, 0, 4, 14, 30, 48, 64, 76, 84, 86, 82, 72, 58, 40, 22, 8, 1, 0, 0, 0, 0
    };

    private final int monthsShifted;

    Sunshine(int monthsShifted) {
        this.monthsShifted = monthsShifted;
    }

    /**
     * The yield of an interval, in Wh, under a clear sky.
     *
     * @param wattPeak the size of the system
     * @param minuteOfDay on the local clock, at the start of the interval
     */
    long clearSkyWattHours(long wattPeak, LocalDate day, int minuteOfDay, int intervalMinutes) {
        int month = (day.getMonthValue() - 1 + monthsShifted) % 12 + 1;
        int[] percentOfPeak = switch (month) {
            case 11, 12, 1, 2 -> WINTER;
            case 5, 6, 7, 8 -> SUMMER;
            default -> BETWEEN;
        };
        return LoadShape.interpolated(percentOfPeak, minuteOfDay) * wattPeak * intervalMinutes / (100L * 60 * 60);
    }
}
