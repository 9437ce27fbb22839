package io.meterlake.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which signed reports later readings touch.
 *
 * @param snapshotId the snapshot whose readings are compared with those of the reports
 * @param since the snapshot after which the readings came, if that was asked for
 * @param file the file that brought them, if that was asked for
 * @param reports each signed report; one that nothing touches has no changes
 * @param notes reports that could not be looked at, and why
 */
public record ReportImpact(
        String snapshotId, @Nullable String since, @Nullable String file, List<Touched> reports, List<String> notes) {
    public ReportImpact {
        reports = List.copyOf(reports);
        notes = List.copyOf(notes);
    }

    /** A signed report and what its period's energy would be now. */
    public record Touched(String reportId, String period, EnergyDiff energy) {}
}
