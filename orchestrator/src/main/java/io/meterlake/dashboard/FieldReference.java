package io.meterlake.dashboard;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A column that a field filter compares: catalog, schema, table and name, all lower-case plain names. */
public record FieldReference(String catalog, String schema, String table, String field) {
    private static final Pattern TEXT = Pattern.compile("([a-z_0-9]+)\\.([a-z_0-9]+)\\.([a-z_0-9]+)\\.([a-z_0-9]+)");

    /** {@code hive.marts.fct_readings.meter_id}; nothing if the text has another form. */
    static Optional<FieldReference> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new FieldReference(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)))
                : Optional.empty();
    }

    /** As Metabase writes it into a query, whose FROM must name the table without an alias. */
    String sql() {
        return '"' + schema + "\".\"" + table + "\".\"" + field + '"';
    }
}
