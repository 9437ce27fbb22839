package io.meterlake.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class DaysTest {
    private static final LocalDate FIRST = LocalDate.parse("2025-12-25");

    @Test
    void areWhatSetsOfDaysWouldBe() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            Set<LocalDate> left = days(random);
            Set<LocalDate> right = days(random);
            Set<LocalDate> both = new TreeSet<>(left);
            both.addAll(right);
            Set<LocalDate> less = new TreeSet<>(left);
            less.removeAll(right);
            assertThat(Days.of(left).plus(Days.of(right))).isEqualTo(Days.of(both));
            assertThat(Days.of(both).each()).isEqualTo(both);
            assertThat(Days.of(left).without(Days.of(right))).isEqualTo(Days.of(less));
            LocalDate since = FIRST.plusDays(random.nextInt(20));
            assertThat(Days.of(left).since(since).each())
                    .isEqualTo(left.stream()
                            .filter(day -> !day.isBefore(since))
                            .collect(Collectors.toCollection(TreeSet::new)));
            assertThat(Days.of(left).widened(1, 2).each())
                    .isEqualTo(left.stream()
                            .flatMap(day -> day.minusDays(1).datesUntil(day.plusDays(3)))
                            .collect(Collectors.toCollection(TreeSet::new)));
            assertThat(left).allMatch(Days.of(left)::contains);
            assertThat(less).noneMatch(Days.of(right)::contains);
        }
    }

    private static Set<LocalDate> days(Random random) {
        Set<LocalDate> days = new TreeSet<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            days.add(FIRST.plusDays(random.nextInt(20)));
        }
        return days;
    }

    @Test
    void allStayAllWhateverIsDoneToThem() {
        Days some = Days.of(List.of(FIRST));
        assertThat(Days.ALL.plus(some)).isEqualTo(Days.ALL);
        assertThat(some.plus(Days.ALL).areAll()).isTrue();
        assertThat(Days.ALL.widened(3, 3)).isEqualTo(Days.ALL);
        assertThat(some.without(Days.ALL)).isEqualTo(Days.NONE);
        assertThat(Days.ALL.since(FIRST).areAll()).isFalse();
    }

    @Test
    void conditionsAreHalfOpen() {
        assertThat(Days.between(FIRST, FIRST.plusDays(2))
                        .plus(Days.of(List.of(FIRST.plusDays(9))))
                        .condition("d"))
                .isEqualTo("d >= date '2025-12-25' and d < date '2025-12-27'"
                        + " or d >= date '2026-01-03' and d < date '2026-01-04'");
        assertThat(Days.ALL.since(FIRST).condition("d")).isEqualTo("d >= date '2025-12-25'");
        assertThat(Days.NONE.condition("d")).isEqualTo("false");
        assertThat(Days.ALL.condition("d")).isEqualTo("true");
    }
}
