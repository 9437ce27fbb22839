package io.meterlake.report;

import static io.meterlake.report.ReportErrorCode.UNFIT_QUERY;

import io.meterlake.compile.ReportDefinition.Totals;
import io.meterlake.engine.Column;
import io.meterlake.engine.RowSink;
import io.meterlake.engine.output.CellText;
import io.meterlake.error.MeterlakeException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up what the definition asks for, exactly. Groups come in the order of their first rows. Not thread-safe. */
final class TotalsSink implements RowSink {
    private final Totals definition;
    private final Map<List<String>, BigDecimal> sums = new LinkedHashMap<>();
    private List<Integer> groupBy = List.of();
    private int sum;

    TotalsSink(Totals definition) {
        this.definition = definition;
    }

    @Override
    public void columns(List<Column> columns) {
        groupBy =
                definition.groupBy().stream().map(name -> index(name, columns)).toList();
        sum = index(definition.sum(), columns);
        switch (columns.get(sum).baseType()) {
            case "tinyint", "smallint", "integer", "bigint", "decimal" -> {}
            default ->
                throw new MeterlakeException(
                        UNFIT_QUERY,
                        "Cannot add up column %s: it is %s, and only whole numbers and decimals add up exactly"
                                .formatted(definition.sum(), columns.get(sum).type()),
                        "Cast it to a decimal in the report's SQL.");
        }
    }

    @Override
    public void row(List<@Nullable Object> values) {
        List<String> group = new ArrayList<>();
        for (int index : groupBy) {
            Object value = values.get(index);
            group.add(value == null ? "null" : CellText.of(value));
        }
        Object value = values.get(sum);
        BigDecimal number = value == null ? BigDecimal.ZERO : new BigDecimal(CellText.of(value));
        sums.merge(group, number, BigDecimal::add);
    }

    List<Manifest.Total> totals() {
        List<Manifest.Total> totals = new ArrayList<>();
        sums.forEach((group, total) -> {
            Map<String, String> named = new LinkedHashMap<>();
            for (int i = 0; i < group.size(); i++) {
                named.put(definition.groupBy().get(i), group.get(i));
            }
            totals.add(new Manifest.Total(named, definition.sum(), total.toPlainString()));
        });
        return totals;
    }

    private static int index(String name, List<Column> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new MeterlakeException(
                UNFIT_QUERY,
                "Cannot add up the report: it has no column %s, only %s"
                        .formatted(name, columns.stream().map(Column::name).toList()),
                "Mend meta.report.totals of the report, or its SQL.");
    }
}
