package io.meterlake.report;

import io.meterlake.engine.Column;
import io.meterlake.engine.RowSink;
import io.meterlake.engine.Trino;
import io.meterlake.engine.output.CellText;
import io.meterlake.lineage.Sha256;
import io.meterlake.project.Relation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hash of what a result says, whatever the engine, the order of the rows and the layout of the files.
 *
 * <p>Each row is hashed by itself: for each column the family of its type and the value in canonical text
 * ({@link Sha256} keeps them apart). The rows' hashes are sorted as unsigned bytes; the result is the hash of
 * {@value #VERSION}, the columns' names and families, the number of rows, and the sorted hashes. Families: {@code
 * boolean}, {@code number} (every integer and decimal, in full, without trailing zeros: 1, 1.0 and 1.000000 are one
 * value), {@code float}, {@code date}, {@code timestamp} and {@code instant} (without trailing zeros of the fraction),
 * {@code binary}, {@code nested} and {@code text}. Not thread-safe.
 *
 * <p>The hashes are held on the heap to be sorted: about 60 bytes a row, 600 MB for ten million rows. A report has a row a
 * partner and day or meter, and a seed fits into a statement, so that is far from what either needs; for more, the heap
 * has to grow ({@code METERLAKE_JAVA_OPTS=-Xmx…}). The rows' own order would not do: SQL promises none but that of the
 * outermost {@code ORDER BY}, which may leave rows equal.
 */
public final class ContentHash implements RowSink {
    private static final String VERSION = "meterlake content 1";

    private List<Column> columns = List.of();
    private final List<byte[]> rows = new ArrayList<>();

    /** The hash of all rows of a table. */
    static String of(Trino trino, Relation table) {
        ContentHash hash = new ContentHash();
        trino.run("select * from " + table.sql(), hash);
        return hash.hex();
    }

    @Override
    public void columns(List<Column> columns) {
        this.columns = columns;
    }

    @Override
    public void row(List<@Nullable Object> values) {
        Sha256 row = new Sha256();
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            String family = family(columns.get(i));
            row.add(family).add(value == null ? null : canonical(family, value));
        }
        rows.add(row.bytes());
    }

    /** The hash in lower-case hex. */
    public String hex() {
        Sha256 all = new Sha256().add(VERSION);
        for (Column column : columns) {
            all.add(column.name()).add(family(column));
        }
        all.add(Long.toString(rows.size()));
        rows.sort(Arrays::compareUnsigned);
        rows.forEach(all::addRaw);
        return all.hex();
    }

    private static String family(Column column) {
        return switch (column.baseType()) {
            case "boolean" -> "boolean";
            case "tinyint", "smallint", "integer", "bigint", "decimal" -> "number";
            case "real", "double" -> "float";
            case "date" -> "date";
            case "timestamp" -> "timestamp";
            case "timestamp with time zone" -> "instant";
            case "varbinary" -> "binary";
            case "array", "map", "row" -> "nested";
            default -> "text";
        };
    }

    private static String canonical(String family, Object value) {
        return switch (family) {
            case "number" -> number(value);
            case "timestamp" -> withoutTrailingZeros(CellText.of(value));
            case "instant" -> withoutTrailingZeros(inUtc(CellText.of(value)));
            default -> CellText.of(value);
        };
    }

    private static String number(Object value) {
        BigDecimal number = new BigDecimal(CellText.of(value));
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** The same instant in another zone is the same value. */
    private static String inUtc(String time) {
        try {
            return DateTimeFormatter.ISO_ZONED_DATE_TIME
                    .parse(time, Instant::from)
                    .toString();
        } catch (DateTimeParseException e) {
            // More digits than Java's nine: as it is written.
            return time;
        }
    }

    private static String withoutTrailingZeros(String time) {
        return time.replaceFirst("\\.(\\d*?)0+(?=\\D|$)", ".$1").replaceFirst("\\.(?=\\D|$)", "");
    }
}
