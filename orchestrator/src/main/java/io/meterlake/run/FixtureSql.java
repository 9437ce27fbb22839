package io.meterlake.run;

import static io.meterlake.engine.TrinoDialect.literal;
import static io.meterlake.engine.TrinoDialect.quoted;
import static io.meterlake.error.DidYouMean.question;

import io.meterlake.engine.Column;
import io.meterlake.error.MeterlakeException;
import io.meterlake.json.JsonDocuments;
import io.meterlake.project.Fixture;
import io.meterlake.project.Location;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a unit test as a query whose columns have the types of a table's. What does not fit a type is refused; dbt makes it
 * null, rounds it or cuts it off.
 */
final class FixtureSql {
    private static final Pattern DECIMAL = Pattern.compile("decimal\\(\\d+, ?(\\d+)\\)");
    private static final Pattern WHOLE = Pattern.compile("tinyint|smallint|integer|bigint");
    private static final Pattern VARCHAR = Pattern.compile("varchar(\\(\\d+\\))?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d*)?");

    private final String test;
    private final Location location;
    private final String what;
    private final Map<String, String> types = new LinkedHashMap<>();

    /**
     * @param test its name, for messages
     * @param what the rows are, for messages
     * @param columns of the table, or of the model's query
     */
    FixtureSql(String test, Location location, String what, List<Column> columns) {
        this.test = test;
        this.location = location;
        this.what = what;
        columns.forEach(column -> types.put(column.name().toLowerCase(Locale.ROOT), column.type()));
    }

    /** The columns that are compared: those of the first row, all without any. */
    List<String> compared(Fixture expected) {
        return expected instanceof Fixture.Values values && !values.rows().isEmpty()
                ? List.copyOf(byColumn(values.rows().getFirst()).keySet())
                : List.copyOf(types.keySet());
    }

    /** The query. Columns that a row has no value for are null. */
    String of(Fixture fixture) {
        return switch (fixture) {
            case Fixture.Query query -> query.sql();
            case Fixture.Values values -> select(values.rows());
            case Fixture.OfSeed seed -> throw new IllegalStateException("the seed's rows are not read");
        };
    }

    private String select(List<Map<String, @Nullable Object>> rows) {
        List<String> lines = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows.isEmpty() ? List.of(Map.<String, @Nullable Object>of()) : rows) {
            Map<String, @Nullable Object> values = byColumn(row);
            lines.add(types.entrySet().stream()
                    .map(column -> cell(column.getKey(), values.get(column.getKey()), column.getValue()))
                    .collect(Collectors.joining(", ", "(", ")")));
        }
        String names = types.keySet().stream().map(name -> quoted(name)).collect(Collectors.joining(", "));
        return "select * from (values\n%s\n) as fixture (%s)%s"
                .formatted(String.join(",\n", lines), names, rows.isEmpty() ? " where false" : "");
    }

    private Map<String, @Nullable Object> byColumn(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        row.forEach((written, value) -> {
            String column = written.toLowerCase(Locale.ROOT);
            if (!types.containsKey(column)) {
                throw invalid("there is no column %s%s".formatted(written, question(column, types.keySet())));
            }
            values.put(column, value);
        });
        return values;
    }

    private String cell(String column, @Nullable Object value, String type) {
        boolean isText = VARCHAR.matcher(type).matches();
        // The type of a literal is as long as it is, and what stands in for it need not be.
        String to = isText ? "varchar" : type;
        if (value == null || (value.equals("") && !isText)) {
            return "cast(null as %s)".formatted(to);
        }
        refuseMoreDigits(column, value, type);
        return switch (value) {
            case List<?> list -> "cast(json_parse(%s) as %s)".formatted(literal(JsonDocuments.compact(list)), to);
            case Map<?, ?> map -> "cast(json_parse(%s) as %s)".formatted(literal(JsonDocuments.compact(map)), to);
            case BigDecimal number -> "cast(%s as %s)".formatted(number.toPlainString(), to);
            case Number number -> "cast(%s as %s)".formatted(number, to);
            case Boolean bool -> "cast(%s as %s)".formatted(bool, to);
            default -> "cast(%s as %s)".formatted(literal(value.toString()), to);
        };
    }

    private void refuseMoreDigits(String column, Object value, String type) {
        String text = value instanceof BigDecimal number ? number.toPlainString() : value.toString();
        OptionalInt scale = scale(type);
        if (scale.isPresent()
                && NUMBER.matcher(text).matches()
                && new BigDecimal(text).stripTrailingZeros().scale() > scale.getAsInt()) {
            throw invalid("column %s is %s, which has no room for %s".formatted(column, type, text));
        }
    }

    private static OptionalInt scale(String type) {
        Matcher decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            return OptionalInt.of(Integer.parseInt(decimal.group(1)));
        }
        return WHOLE.matcher(type).matches() ? OptionalInt.of(0) : OptionalInt.empty();
    }

    private MeterlakeException invalid(String why) {
        return new MeterlakeException(
                RunErrorCode.INVALID_UNIT_TEST,
                "Cannot run unit test %s: %s: %s".formatted(test, what, why),
                "Mend the rows at %s.".formatted(location));
    }
}
