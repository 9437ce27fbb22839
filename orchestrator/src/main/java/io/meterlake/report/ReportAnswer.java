package io.meterlake.report;

import static io.meterlake.report.ReportErrorCode.UNFIT_QUERY;

import io.meterlake.compile.ReportDefinition.Totals;
import io.meterlake.engine.Column;
import io.meterlake.engine.Completion;
import io.meterlake.engine.RowSink;
import io.meterlake.engine.Trino;
import io.meterlake.engine.output.CellText;
import io.meterlake.engine.output.CsvSink;
import io.meterlake.engine.output.XlsxSink;
import io.meterlake.error.MeterlakeException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a report's query gave: its files are written, on the disk, and the rest is this.
 *
 * @param contentHash see {@link ContentHash}
 * @param partners the values of the partner column, sorted
 */
record ReportAnswer(
        String queryId,
        List<Column> columns,
        long rowCount,
        String contentHash,
        List<Manifest.Total> totals,
        List<String> partners) {

    /**
     * Runs the query once and writes {@code <name>.csv} and {@code <name>.xlsx}.
     *
     * @param partner the column that names whom a row is about
     */
    static ReportAnswer write(
            Trino trino, String sql, String name, Path folder, Optional<Totals> totals, Optional<String> partner) {
        Path csv = folder.resolve(name + ".csv");
        Path xlsx = folder.resolve(name + ".xlsx");
        ContentHash hash = new ContentHash();
        Columns columns = new Columns(partner);
        Optional<TotalsSink> sums = totals.map(TotalsSink::new);
        Completion completion;
        try (BufferedWriter text = Files.newBufferedWriter(csv);
                XlsxSink workbook = new XlsxSink(xlsx, name)) {
            List<RowSink> sinks = new ArrayList<>(List.of(hash, columns, workbook));
            sums.ifPresent(sinks::add);
            sinks.add(new CsvSink(text, CsvSink.Formulas.DISARM));
            completion = trino.run(sql, RowSink.all(sinks));
        } catch (IOException e) {
            throw ReportFiles.failure("write the files of the report in " + folder, e);
        }
        ReportFiles.force(csv);
        ReportFiles.force(xlsx);
        long rows = switch (completion) {
            case Completion.Selected selected -> selected.rowCount();
            case Completion.Updated updated -> throw new IllegalStateException("a report is a query: " + updated);
        };
        return new ReportAnswer(
                completion.queryId(),
                columns.columns,
                rows,
                hash.hex(),
                sums.map(TotalsSink::totals).orElse(List.of()),
                List.copyOf(columns.partners));
    }

    /** Keeps the columns and the partners. */
    private static final class Columns implements RowSink {
        private final Optional<String> partner;
        private final TreeSet<String> partners = new TreeSet<>();
        private List<Column> columns = List.of();
        private int partnerIndex = -1;

        Columns(Optional<String> partner) {
            this.partner = partner;
        }

        @Override
        public void columns(List<Column> columns) {
            this.columns = columns;
            columns.forEach(Columns::requireExact);
            partner.ifPresent(name -> {
                partnerIndex = columns.stream().map(Column::name).toList().indexOf(name);
                if (partnerIndex < 0) {
                    throw new MeterlakeException(
                            UNFIT_QUERY,
                            "Cannot make the report: its query has no column " + name
                                    + ", which meta.report.partner names",
                            "Name a column of the report's SQL.");
                }
            });
        }

        /** The driver gives times inside of arrays, maps and rows in this process's zone. */
        private static void requireExact(Column column) {
            if (column.isNested() && column.type().contains("time")) {
                throw new MeterlakeException(
                        UNFIT_QUERY,
                        "Cannot make the report: column %s is %s, and times in it cannot be read exactly"
                                .formatted(column.name(), column.type()),
                        "Cast the times to varchar in the report's SQL.");
            }
        }

        @Override
        public void row(List<@Nullable Object> values) {
            Object value = partnerIndex < 0 ? null : values.get(partnerIndex);
            if (value != null) {
                partners.add(CellText.of(value));
            }
        }
    }
}
