package io.meterlake.engine.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.engine.Column;
import io.meterlake.engine.RowSink;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinksTest {
    private static final List<Column> COLUMNS =
            List.of(new Column("name", "varchar"), new Column("energy_kwh", "decimal(38,6)"));

    @Test
    void csvQuotesWhatRfc4180SaysAndEndsLinesWithLineFeeds() {
        assertThat(csv(CsvSink.Formulas.KEEP, "plain", "a,b", "say \"hi\"", "two\nlines"))
                .isEqualTo("""
                        name,energy_kwh
                        plain,1.500000
                        "a,b",1.500000
                        "say ""hi""\",1.500000
                        "two
                        lines",1.500000
                        """);
    }

    @Test
    void csvTellsNullFromTheEmptyText() {
        StringWriter text = new StringWriter();
        CsvSink sink = new CsvSink(text, CsvSink.Formulas.KEEP);
        sink.columns(COLUMNS);
        sink.row(Arrays.asList(null, null));
        sink.row(Arrays.asList("", new BigDecimal("0.000000")));
        assertThat(text.toString()).isEqualTo("name,energy_kwh\n,\n\"\",0.000000\n");
    }

    @Test
    void csvForPeopleDisarmsFormulasInTextButLeavesNumbers() {
        StringWriter text = new StringWriter();
        CsvSink sink = new CsvSink(text, CsvSink.Formulas.DISARM);
        sink.columns(COLUMNS);
        sink.row(List.of("=cmd|' /C calc'!A0", new BigDecimal("-1.500000")));
        sink.row(List.of("@sum", BigDecimal.ONE));
        assertThat(text.toString()).isEqualTo("name,energy_kwh\n'=cmd|' /C calc'!A0,-1.500000\n'@sum,1\n");
    }

    @Test
    void jsonKeepsDecimalsExactAndNestsWhatIsNested() {
        StringWriter text = new StringWriter();
        JsonSink sink = new JsonSink(text);
        sink.columns(List.of(
                new Column("id", "bigint"),
                new Column("value", "decimal(18,6)"),
                new Column("day", "date"),
                new Column("tags", "array(varchar)"),
                new Column("pair", "row(a integer)"),
                new Column("bytes", "varbinary"),
                new Column("share", "double")));
        sink.row(Arrays.asList(
                9_007_199_254_740_993L,
                new BigDecimal("0.100000"),
                LocalDate.of(2026, 1, 2),
                List.of("x"),
                Map.of("a", 1L),
                new byte[] {(byte) 0xAB, 1},
                Double.NaN));
        sink.complete();
        assertThat(text.toString())
                .endsWith("[9007199254740993,\"0.100000\",\"2026-01-02\",[\"x\"],{\"a\":1},\"0xab01\",\"NaN\"]]}\n")
                .startsWith("{\"columns\":[{\"name\":\"id\",\"type\":\"bigint\"},");
    }

    @Test
    void tableShowsTheFirstRowsAndCountsAll() {
        TableSink table = new TableSink(2);
        table.columns(COLUMNS);
        for (int i = 1; i <= 3; i++) {
            table.row(List.of("meter " + i, new BigDecimal(i * 10)));
        }
        assertThat(table.lines())
                .containsExactly(
                        "name     energy_kwh",
                        "───────  ──────────",
                        "meter 1          10",
                        "meter 2          20",
                        "(3 rows; the first 2 are shown, --output csv gives all)");
    }

    private static String csv(CsvSink.Formulas formulas, String... names) {
        StringWriter text = new StringWriter();
        RowSink sink = new CsvSink(text, formulas);
        sink.columns(COLUMNS);
        for (String name : names) {
            sink.row(List.of(name, new BigDecimal("1.500000")));
        }
        return text.toString();
    }
}
