package io.meterlake.gather;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GatherPlanTest {
    private static final YearMonth JANUARY = YearMonth.parse("2026-01");
    private static final YearMonth FEBRUARY = YearMonth.parse("2026-02");
    private static final YearMonth MARCH = YearMonth.parse("2026-03");

    /** All days of the months, each with a base file of this version. */
    private static Map<LocalDate, Set<String>> days(String version, YearMonth... months) {
        Map<LocalDate, Set<String>> days = new TreeMap<>();
        for (YearMonth month : months) {
            for (int day = 1; day <= month.lengthOfMonth(); day++) {
                days.put(month.atDay(day), Set.of(month.atDay(day) + version));
            }
        }
        return days;
    }

    private static GatheredMonth gathered(YearMonth month, Map<LocalDate, Set<String>> days) {
        Map<LocalDate, Set<String>> own = new TreeMap<>(days);
        own.keySet().removeIf(day -> !YearMonth.from(day).equals(month));
        return new GatheredMonth(month, List.of(month + ".parquet"), own);
    }

    @Test
    void gathersTheOldestMonthsAndLeavesFewDaysApart() {
        GatherPlan plan = GatherPlan.of(days("a", JANUARY, FEBRUARY, MARCH), List.of());
        assertThat(plan.used()).isEmpty();
        assertThat(plan.anew()).containsExactly(JANUARY, MARCH, FEBRUARY);

        Map<LocalDate, Set<String>> monthAndNineDays = days("a", JANUARY);
        days("a", FEBRUARY).forEach((day, files) -> {
            if (day.getDayOfMonth() <= 9) {
                monthAndNineDays.put(day, files);
            }
        });
        assertThat(GatherPlan.of(monthAndNineDays, List.of()).anew()).containsExactly(JANUARY);
    }

    @Test
    void usesWhatIsGatheredUntilTooManyDaysHaveChanged() {
        Map<LocalDate, Set<String>> snapshot = days("a", JANUARY, FEBRUARY);
        List<GatheredMonth> known = List.of(gathered(JANUARY, snapshot), gathered(FEBRUARY, snapshot));
        for (int day = 1; day <= 20; day++) {
            snapshot.put(JANUARY.atDay(day), Set.of("corrected"));
        }
        GatherPlan plan = GatherPlan.of(snapshot, known);
        assertThat(plan.anew()).isEmpty();
        assertThat(plan.used()).containsExactlyInAnyOrderElementsOf(known);
        assertThat(known.getFirst().apart(snapshot)).hasSize(20).contains(JANUARY.atDay(20));
        assertThat(known.getFirst().stale(snapshot)).hasSize(20);

        snapshot.put(FEBRUARY.atDay(3), Set.of("corrected"));
        GatherPlan later = GatherPlan.of(snapshot, known);
        assertThat(later.anew()).containsExactly(JANUARY);
        assertThat(later.used()).containsExactly(known.getLast());
    }

    @Test
    void takesOfSeveralStatesOfAMonthTheNearest() {
        Map<LocalDate, Set<String>> before = days("a", JANUARY);
        Map<LocalDate, Set<String>> after = days("a", JANUARY);
        for (int day = 5; day <= 14; day++) {
            after.put(JANUARY.atDay(day), Set.of("corrected"));
        }
        GatheredMonth old = gathered(JANUARY, before);
        GatheredMonth recent = gathered(JANUARY, after);
        assertThat(GatherPlan.of(after, List.of(old, recent)).used()).containsExactly(recent);
        assertThat(GatherPlan.of(before, List.of(old, recent)).used()).containsExactly(old);
    }

    @Test
    void takesNoDayForHeldThatTheSnapshotDoesNotHaveYet() {
        Map<LocalDate, Set<String>> later = days("a", JANUARY);
        GatheredMonth month = gathered(JANUARY, later);
        Map<LocalDate, Set<String>> earlier = new TreeMap<>(later);
        earlier.remove(JANUARY.atDay(31));
        assertThat(month.stale(earlier)).containsExactly(JANUARY.atDay(31));
        assertThat(month.apart(earlier)).isEmpty();
    }

    @Test
    void listsReadBackAsTheyWereWritten() throws JsonProcessingException {
        List<GatheredMonth> months = List.of(gathered(JANUARY, days("a", JANUARY)), gathered(MARCH, days("b", MARCH)));
        assertThat(GatheredList.parse(GatheredList.text(months))).isEqualTo(months);
        assertThat(GatheredList.parse(GatheredList.text(List.of()))).isEmpty();
    }
}
