package io.meterlake.run;

import static io.meterlake.engine.TrinoDialect.quoted;

import io.meterlake.compile.Days;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** A table of many days is made by several statements: in one, Trino writes to no more than 100 partitions. */
final class DayBatches {
    static final int DAYS = 64;

    private DayBatches() {}

    /** A condition for each statement that makes some of these days; one that is never met, if there are none. */
    static List<String> of(String column, Days days) {
        List<LocalDate> each = List.copyOf(days.each());
        if (each.isEmpty()) {
            return List.of(Days.NONE.condition(quoted(column)));
        }
        List<String> conditions = new ArrayList<>();
        for (int start = 0; start < each.size(); start += DAYS) {
            conditions.add(Days.of(each.subList(start, Math.min(each.size(), start + DAYS)))
                    .condition(quoted(column)));
        }
        return conditions;
    }

    /** Where to cut, so that none of the parts has too many of the days that are known of. */
    static List<LocalDate> cuts(SortedSet<LocalDate> known) {
        List<LocalDate> each = List.copyOf(known);
        List<LocalDate> cuts = new ArrayList<>();
        for (int place = DAYS; place < each.size(); place += DAYS) {
            cuts.add(each.get(place));
        }
        return cuts;
    }

    /** A condition for each part, which all rows together meet once, those without a day included; none if it is not cut. */
    static List<String> between(String column, List<LocalDate> cuts) {
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < cuts.size(); i++) {
            conditions.add(
                    i == 0
                            ? "%1$s is null or %1$s < date '%2$s'".formatted(quoted(column), cuts.getFirst())
                            : Days.between(cuts.get(i - 1), cuts.get(i)).condition(quoted(column)));
        }
        if (!cuts.isEmpty()) {
            conditions.add("%s >= date '%s'".formatted(quoted(column), cuts.getLast()));
        }
        return conditions;
    }
}
