package io.meterlake.run;

import static io.meterlake.engine.TrinoDialect.literal;
import static io.meterlake.engine.TrinoDialect.quoted;

import io.meterlake.project.SeedTable;
import io.meterlake.project.SeedTable.SeedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A seed's rows as SQL. */
final class SeedSql {
    /** Trino takes a statement of up to a million characters. */
    private static final int LONGEST_VALUES = 400_000;

    private SeedSql() {}

    /** Queries that give the rows, part by part; at least one, which gives the columns if there are no rows. */
    static List<String> selects(SeedTable content) {
        return batches(content.rows()).stream()
                .map(batch -> select(content.columns(), batch))
                .toList();
    }

    private static String select(List<SeedColumn> columns, List<List<@Nullable String>> rows) {
        String casts = columns.stream()
                .map(column -> "cast(%1$s as %2$s) as %1$s".formatted(quoted(column.name()), column.type()))
                .collect(Collectors.joining(", "));
        String names = columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
        // Text for all, so that each VALUES column has one type; a seed without rows still has its columns.
        String values = rows.isEmpty()
                ? columns.stream().map(column -> "cast(null as varchar)").collect(Collectors.joining(", ", "(", ")"))
                : rows.stream().map(SeedSql::row).collect(Collectors.joining(",\n"));
        return "select %s from (values\n%s\n) as seed (%s)%s"
                .formatted(casts, values, names, rows.isEmpty() ? " where false" : "");
    }

    private static String row(List<@Nullable String> values) {
        return IntStream.range(0, values.size())
                .mapToObj(i -> {
                    String value = values.get(i);
                    return value == null ? "cast(null as varchar)" : literal(value);
                })
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static List<List<List<@Nullable String>>> batches(List<List<@Nullable String>> rows) {
        List<List<List<@Nullable String>>> batches = new ArrayList<>();
        List<List<@Nullable String>> batch = new ArrayList<>();
        int length = 0;
        for (List<@Nullable String> row : rows) {
            int rowLength = row(row).length() + 2;
            if (!batch.isEmpty() && length + rowLength > LONGEST_VALUES) {
                batches.add(batch);
                batch = new ArrayList<>();
                length = 0;
            }
            batch.add(row);
            length += rowLength;
        }
        batches.add(batch);
        return batches;
    }
}
