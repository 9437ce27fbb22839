package io.meterlake.run;

import static io.meterlake.engine.TrinoDialect.literal;
import static io.meterlake.engine.TrinoDialect.quoted;
import static io.meterlake.engine.TrinoDialect.storedName;

import io.meterlake.compile.Days;
import io.meterlake.engine.Trino;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.BuiltTables;
import io.meterlake.project.Relation;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Brings rows of an earlier build into a new table that nobody reads yet. Files are shared where this process gets to them,
 * which reads none of them; elsewhere Trino copies the rows. Thread-safe.
 */
final class CarryOver {
    private static final String HIVE_NULL = "__HIVE_DEFAULT_PARTITION__";

    private final Trino trino;
    private final Sharing sharing;

    /** As {@link BuiltTables#give} does it. */
    @FunctionalInterface
    interface Sharing {
        /** Nothing is shared. */
        Sharing NONE = (table, other, wanted) -> Optional.empty();

        /** Empty if nothing was done. */
        Optional<Integer> give(BuiltTables.Name table, BuiltTables.Name other, Predicate<BuiltTables.Part> wanted);
    }

    CarryOver(Trino trino, Sharing sharing) {
        this.trino = trino;
        this.sharing = sharing;
    }

    /**
     * Completes a table that has the rows of its SQL.
     *
     * @return the ids of the queries that did it
     * @throws MeterlakeException {@code EARLIER_BUILD} if the earlier build has other columns
     */
    List<String> into(Relation table, CarriedRows rows) {
        return switch (rows) {
            case CarriedRows.Nothing _ -> List.of();
            case CarriedRows.Everything(Relation earlier, List<String> columns) ->
                carry(earlier, columns, table, part -> true);
            case CarriedRows.OtherPartitions(Relation earlier, List<String> columns) ->
                carry(earlier, columns, table, part -> !part.isInBoth());
            case CarriedRows.OtherDays(Relation earlier, List<String> columns, String column, Days days) ->
                carry(earlier, columns, table, part -> isOther(part, column, days));
        };
    }

    private List<String> carry(
            Relation earlier, List<String> columns, Relation table, Predicate<BuiltTables.Part> wanted) {
        refuseOtherColumns(earlier, table);
        if (sharing.give(name(earlier), name(table), wanted).isPresent()) {
            return List.of();
        }
        List<String> conditions = columns.isEmpty() ? List.of("true") : conditions(earlier, columns, table, wanted);
        List<String> queryIds = new ArrayList<>();
        for (String condition : conditions) {
            String sql = "insert into %s%nselect * from %s where %s".formatted(table.sql(), earlier.sql(), condition);
            queryIds.add(trino.execute(sql).queryId());
        }
        return queryIds;
    }

    /** A condition for each statement that copies some of the partitions. */
    private List<String> conditions(
            Relation earlier, List<String> columns, Relation table, Predicate<BuiltTables.Part> wanted) {
        Set<Map<String, String>> present = partitions(table, columns);
        List<String> wantedOnes = partitions(earlier, columns).stream()
                .filter(values -> wanted.test(new BuiltTables.Part(values, present.contains(values))))
                .map(CarryOver::condition)
                .sorted()
                .toList();
        List<String> conditions = new ArrayList<>();
        for (int start = 0; start < wantedOnes.size(); start += DayBatches.DAYS) {
            conditions.add(String.join(
                    " or ", wantedOnes.subList(start, Math.min(wantedOnes.size(), start + DayBatches.DAYS))));
        }
        return conditions;
    }

    /** The values of each partition, by column. */
    private Set<Map<String, String>> partitions(Relation table, List<String> columns) {
        String values = columns.stream()
                .map(column -> "cast(%s as varchar)".formatted(quoted(column)))
                .collect(Collectors.joining(", "));
        Relation partitions = table.withIdentifier(table.identifier() + "$partitions");
        Set<Map<String, String>> found = new LinkedHashSet<>();
        trino.rows("select %s from %s".formatted(values, partitions.sql()))
                .rows()
                .forEach(row -> {
                    Map<String, String> partition = new LinkedHashMap<>();
                    for (int i = 0; i < columns.size(); i++) {
                        partition.put(columns.get(i), Objects.toString(row.get(i), HIVE_NULL));
                    }
                    found.add(partition);
                });
        return found;
    }

    private static String condition(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> value.getValue().equals(HIVE_NULL)
                        ? quoted(value.getKey()) + " is null"
                        : "cast(%s as varchar) = %s".formatted(quoted(value.getKey()), literal(value.getValue())))
                .collect(Collectors.joining(" and ", "(", ")"));
    }

    private static BuiltTables.Name name(Relation relation) {
        Relation stored = PublishedViews.stored(relation);
        return new BuiltTables.Name(stored.schema(), stored.identifier());
    }

    private static boolean isOther(BuiltTables.Part part, String column, Days days) {
        String value = Objects.requireNonNull(part.values().get(column), "a table by days has their column");
        if (value.equals(HIVE_NULL)) {
            return true;
        }
        try {
            return !days.contains(LocalDate.parse(value));
        } catch (DateTimeParseException e) {
            throw new MeterlakeException(
                    RunErrorCode.EARLIER_BUILD,
                    "Cannot tell the days of the partitions by %s: one is %s".formatted(column, value),
                    "Make the event_time of the model a column of the type date.",
                    e);
        }
    }

    private void refuseOtherColumns(Relation earlier, Relation table) {
        List<String> before = columns(earlier);
        List<String> now = columns(table);
        if (!before.equals(now)) {
            List<String> gone = new ArrayList<>(before);
            gone.removeAll(now);
            List<String> come = new ArrayList<>(now);
            come.removeAll(before);
            throw new MeterlakeException(
                    RunErrorCode.EARLIER_BUILD,
                    "Cannot take rows of %s along: it has the columns %s, and its SQL now gives %s"
                            .formatted(
                                    earlier.dotted(),
                                    String.join(", ", gone.isEmpty() ? before : gone),
                                    String.join(", ", come.isEmpty() ? now : come)),
                    "Build all of it: ./meterlake build --full-refresh --select " + table.identifier());
        }
    }

    private List<String> columns(Relation table) {
        return trino.rows("""
                select column_name || ' ' || data_type
                from %s.information_schema.columns
                where table_schema = %s and table_name = %s
                order by ordinal_position
                """.formatted(
                                quoted(table.catalog()), storedName(table.schema()), storedName(table.identifier())))
                .firstColumn();
    }
}
