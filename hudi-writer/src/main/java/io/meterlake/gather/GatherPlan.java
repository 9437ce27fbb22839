package io.meterlake.gather;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which months of a snapshot are gathered anew, and which gathered ones are used as they are. Pure.
 *
 * @param used gathered months, at most one of each month; their days that changed since are read from the base files
 * @param anew in the order in which they are to be gathered
 */
record GatherPlan(List<GatheredMonth> used, List<YearMonth> anew) {
    /**
     * How many days of a snapshot may be read from their base files: at 5 ms of a processor each, a tenth of a second
     * for a meter's year. The day that came last, and a few corrected ones, are no reason to write a month again.
     */
    static final int DAYS_APART = 20;

    GatherPlan {
        used = List.copyOf(used);
        anew = List.copyOf(anew);
    }

    private record Choice(YearMonth month, Optional<GatheredMonth> best, int apart) {}

    /**
     * Plans.
     *
     * @param snapshot the names of the base files of each day
     * @param known all gathered months whose files are there
     */
    static GatherPlan of(Map<LocalDate, Set<String>> snapshot, List<GatheredMonth> known) {
        Map<YearMonth, Integer> days = new TreeMap<>();
        snapshot.keySet().forEach(day -> days.merge(YearMonth.from(day), 1, Integer::sum));
        List<Choice> choices = new ArrayList<>();
        days.forEach((month, count) -> choices.add(choice(month, count, snapshot, known)));
        // The newest month goes on changing, so it is the last one to be written.
        choices.sort(Comparator.comparingInt(Choice::apart).reversed().thenComparing(Choice::month));
        int apart = choices.stream().mapToInt(Choice::apart).sum();
        List<GatheredMonth> used = new ArrayList<>();
        List<YearMonth> anew = new ArrayList<>();
        for (Choice choice : choices) {
            if (apart > DAYS_APART) {
                anew.add(choice.month());
                apart -= choice.apart();
            } else {
                choice.best().ifPresent(used::add);
            }
        }
        return new GatherPlan(used, anew);
    }

    private static Choice choice(
            YearMonth month, int days, Map<LocalDate, Set<String>> snapshot, List<GatheredMonth> known) {
        Optional<GatheredMonth> best = known.stream()
                .filter(gathered -> gathered.month().equals(month))
                .min(Comparator.comparingInt(
                        gathered -> gathered.apart(snapshot).size()));
        int apart = best.map(gathered -> gathered.apart(snapshot).size()).orElse(days);
        return new Choice(month, best.filter(gathered -> apart < days), apart);
    }
}
