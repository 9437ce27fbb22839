package io.meterlake.run;

import io.meterlake.compile.Days;
import io.meterlake.project.Relation;
import java.time.LocalDate;
import java.util.List;

/**
 * How the rows of a new table come about: which are rows of its earlier build, as they were, and by which statements the
 * others are made.
 */
public sealed interface CarriedRows {
    /** A table that is no incremental model. */
    CarriedRows NONE = new Nothing("", "", List.of());

    /** What is said of it in a run's progress. */
    String told();

    /** Which of the SQL's rows each statement makes; none: one statement makes all. */
    List<String> conditions();

    /**
     * Nothing: all rows are the SQL's.
     *
     * @param why an incremental model is built like that
     * @param column with the day of a row; empty if it has none
     * @param cuts the days at which it is cut into several statements
     */
    record Nothing(String why, String column, List<LocalDate> cuts) implements CarriedRows {
        public Nothing {
            cuts = List.copyOf(cuts);
        }

        @Override
        public String told() {
            return why.isEmpty() ? "" : "all of it: " + why;
        }

        @Override
        public List<String> conditions() {
            return DayBatches.between(column, cuts);
        }
    }

    /**
     * All rows.
     *
     * @param columns that the table is partitioned by
     */
    record Everything(Relation earlier, List<String> columns) implements CarriedRows {
        public Everything {
            columns = List.copyOf(columns);
        }

        @Override
        public String told() {
            return "added";
        }

        @Override
        public List<String> conditions() {
            return List.of();
        }
    }

    /**
     * The partitions of which the SQL gave no row.
     *
     * @param columns that the table is partitioned by
     */
    record OtherPartitions(Relation earlier, List<String> columns) implements CarriedRows {
        public OtherPartitions {
            columns = List.copyOf(columns);
        }

        @Override
        public String told() {
            return "partitions replaced";
        }

        @Override
        public List<String> conditions() {
            return List.of();
        }
    }

    /**
     * The rows of other days.
     *
     * @param columns that the table is partitioned by
     * @param column the one of them with the day of a row
     * @param days that the SQL makes; of other days its rows are left out
     */
    record OtherDays(Relation earlier, List<String> columns, String column, Days days) implements CarriedRows {
        public OtherDays {
            columns = List.copyOf(columns);
        }

        @Override
        public String told() {
            int count = days.each().size();
            return count == 0
                    ? "nothing changed"
                    : "%d %s from %s"
                            .formatted(
                                    count,
                                    count == 1 ? "day" : "days",
                                    days.each().first());
        }

        @Override
        public List<String> conditions() {
            return DayBatches.of(column, days);
        }
    }
}
