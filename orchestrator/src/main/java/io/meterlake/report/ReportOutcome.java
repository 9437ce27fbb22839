package io.meterlake.report;

import io.meterlake.lineage.LineageRow;
import java.nio.file.Path;
import java.util.List;

/**
 * A report that was made.
 *
 * @param folder holds its files
 * @param lineage the rows of {@code report_lineage}, by table
 */
public record ReportOutcome(Manifest manifest, Path folder, List<LineageRow> lineage) {
    public ReportOutcome {
        lineage = List.copyOf(lineage);
    }

    /** The sums that the definition asks for, such as one for each partner and flow direction. */
    public List<Manifest.Total> totals() {
        return manifest.totals();
    }
}
