package io.meterlake.metrics;

import io.meterlake.lake.CompletedInstant;
import io.meterlake.report.LineageCheck;
import io.meterlake.report.ReportRow;
import io.meterlake.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the lake holds at one moment.
 *
 * @param deliveries every file of the ledger
 * @param commits by table the commit that completed last
 * @param lineage empty if it could not be looked at just now, as somebody makes or signs a report
 */
public record LakeState(
        List<Delivery> deliveries,
        Map<String, CompletedInstant> commits,
        List<Snapshot> snapshots,
        List<ReportRow> reports,
        Optional<LineageCheck> lineage) {
    public LakeState {
        deliveries = List.copyOf(deliveries);
        commits = Map.copyOf(commits);
        snapshots = List.copyOf(snapshots);
        reports = List.copyOf(reports);
    }
}
