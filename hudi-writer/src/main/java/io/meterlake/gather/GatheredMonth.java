package io.meterlake.gather;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A month's days in files that are sorted by meter. Its files never change: another state of the month has others.
 *
 * @param files their names in the folder of gathered files, one for each bucket
 * @param days which base files, by name, each of its days was gathered from
 */
record GatheredMonth(YearMonth month, List<String> files, Map<LocalDate, Set<String>> days) {
    GatheredMonth {
        requireNonNull(month, "month is null");
        files = List.copyOf(files);
        days = new TreeMap<>(days);
    }

    /** Whether the rows of a day are those of these base files. */
    boolean holds(LocalDate day, Set<String> baseFiles) {
        return baseFiles.equals(days.get(day));
    }

    /** The days that have rows here which a snapshot does not have as they are. */
    List<LocalDate> stale(Map<LocalDate, Set<String>> snapshot) {
        return days.keySet().stream()
                .filter(day -> !holds(day, snapshot.getOrDefault(day, Set.of())))
                .toList();
    }

    /** The days of this month that a snapshot has and that are not here as it has them. */
    List<LocalDate> apart(Map<LocalDate, Set<String>> snapshot) {
        List<LocalDate> apart = new ArrayList<>();
        snapshot.forEach((day, files) -> {
            if (YearMonth.from(day).equals(month) && !holds(day, files)) {
                apart.add(day);
            }
        });
        return apart;
    }
}
