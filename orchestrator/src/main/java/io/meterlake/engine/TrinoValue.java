package io.meterlake.engine;

import io.trino.jdbc.Row;
import io.trino.jdbc.RowField;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes values out of the driver without its java.sql types, which read times in the process's zone. */
final class TrinoValue {
    private static final Pattern ZONED = Pattern.compile("(\\S+) (\\S+) (\\S+)");

    private TrinoValue() {}

    static @Nullable Object read(ResultSet results, int index, Column column) throws SQLException {
        String text = results.getString(index);
        if (text == null) {
            return null;
        }
        return switch (column.baseType()) {
            case "boolean" -> results.getBoolean(index);
            case "tinyint", "smallint", "integer", "bigint" -> results.getLong(index);
            case "decimal" -> new BigDecimal(text);
            case "double" -> results.getDouble(index);
            case "real" -> results.getFloat(index);
            case "varbinary" -> results.getBytes(index);
            case "date" -> LocalDate.parse(text);
            case "timestamp" -> text.replace(' ', 'T');
            case "timestamp with time zone" -> zoned(text);
            case "array", "map", "row" -> nested(results.getObject(index));
            default -> text;
        };
    }

    /** Sets the value of a {@code ?}. */
    static void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        switch (value) {
            case String text -> statement.setString(index, text);
            case Boolean bool -> statement.setBoolean(index, bool);
            case Long number -> statement.setLong(index, number);
            case BigDecimal number -> statement.setBigDecimal(index, number);
            case LocalDate date -> statement.setObject(index, date.toString(), Types.DATE);
            default ->
                throw new IllegalArgumentException(
                        "no parameter can be a " + value.getClass().getName());
        }
    }

    /** {@code 2026-01-01 00:00:00.000 UTC} as ISO-8601; a named zone keeps its name, as Java's formatter writes it. */
    static String zoned(String text) {
        Matcher matcher = ZONED.matcher(text);
        if (!matcher.matches()) {
            return text;
        }
        String local = matcher.group(1) + 'T' + matcher.group(2);
        String zone = matcher.group(3);
        if (zone.equals("UTC") || zone.equals("Z") || zone.equals("+00:00")) {
            return local + 'Z';
        }
        return zone.startsWith("+") || zone.startsWith("-") ? local + zone : local + '[' + zone + ']';
    }

    private static @Nullable Object nested(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Array array -> list((Object[]) array.getArray());
            case Object[] array -> list(array);
            case List<?> list -> list(list.toArray());
            case Row row -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                for (RowField field : row.getFields()) {
                    fields.put(field.getName().orElse("field" + field.getOrdinal()), nested(field.getValue()));
                }
                yield fields;
            }
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    entries.put(String.valueOf(nested(entry.getKey())), nested(entry.getValue()));
                }
                yield entries;
            }
            case Byte number -> number.longValue();
            case Short number -> number.longValue();
            case Integer number -> number.longValue();
            case Long number -> number;
            case java.sql.Date date -> date.toLocalDate();
            case Timestamp timestamp -> timestamp.toLocalDateTime().toString();
            case Boolean bool -> bool;
            case BigDecimal number -> number;
            case Double number -> number;
            case Float number -> number;
            case byte[] bytes -> bytes;
            default -> value.toString();
        };
    }

    private static List<@Nullable Object> list(@Nullable Object[] values) throws SQLException {
        List<@Nullable Object> list = new ArrayList<>(values.length);
        for (Object value : values) {
            list.add(nested(value));
        }
        return list;
    }
}
