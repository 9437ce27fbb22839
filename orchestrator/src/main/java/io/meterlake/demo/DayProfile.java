package io.meterlake.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What flowed at a meter on a day, interval by interval from midnight to midnight: the truth that a file may tell with
 * gaps. A photovoltaic system first covers the customer's own load.
 *
 * @param starts the intervals' starts; 23 or 25 hours of them when the clocks change
 * @param consumption Wh from the grid
 * @param production Wh into the grid
 * @param reactive varh
 */
record DayProfile(List<ZonedDateTime> starts, List<Long> consumption, List<Long> production, List<Long> reactive) {
    DayProfile {
        starts = List.copyOf(starts);
        consumption = List.copyOf(consumption);
        production = List.copyOf(production);
        reactive = List.copyOf(reactive);
    }

    static DayProfile of(
            SampleMeter meter, LocalDate day, ZoneId zone, int intervalMinutes, Sunshine sunshine, Draws draws) {
        List<ZonedDateTime> starts = starts(day, zone, intervalMinutes);
        SplittableRandom noise = draws.of("load", meter.number(), day);
        long cloudPercent = draws.of("clouds", 0, day).nextInt(25, 101);
        long[] net = starts.stream()
                .mapToLong(start -> {
                    int minute = start.getHour() * 60 + start.getMinute();
                    long load = meter.shape().wattHours(meter.dailyWattHours(), day, minute, intervalMinutes);
                    long clear = sunshine.clearSkyWattHours(meter.wattPeak(), day, minute, intervalMinutes);
                    return load * noise.nextInt(65, 136) / 100
                            - clear * cloudPercent * noise.nextInt(80, 101) / (100 * 100);
                })
                .toArray();
        return new DayProfile(
                starts,
                Arrays.stream(net).map(value -> Math.max(value, 0)).boxed().toList(),
                Arrays.stream(net).map(value -> Math.max(-value, 0)).boxed().toList(),
                Arrays.stream(net)
                        .map(value -> Math.max(value, 0) * 28 / 100)
                        .boxed()
                        .toList());
    }

    private static List<ZonedDateTime> starts(LocalDate day, ZoneId zone, int intervalMinutes) {
        Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
        return Stream.iterate(
                        day.atStartOfDay(zone),
                        start -> start.toInstant().isBefore(end),
                        start -> start.plusMinutes(intervalMinutes))
                .toList();
    }

    /** What the utility believes when it did not measure: a quarter too much. */
    DayProfile estimated() {
        return new DayProfile(starts, raised(consumption), raised(production), raised(reactive));
    }

    private static List<Long> raised(List<Long> values) {
        return values.stream().map(value -> value * 5 / 4).toList();
    }

    /** How many intervals the day has. */
    int intervals() {
        return starts.size();
    }
}
