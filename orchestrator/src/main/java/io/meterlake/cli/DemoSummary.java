package io.meterlake.cli;

import io.meterlake.devstack.DevStack;
import io.meterlake.report.Manifest;
import io.meterlake.report.ReportStatus;
import io.meterlake.writer.IngestOutcome;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;

/** What the demo ends with: what came in, what came out, and where to look further. */
record DemoSummary(PrintStream out, Path folder) {
    void print(
            List<IngestOutcome> outcomes, Manifest manifest, ReportStatus status, Path reportFolder, DevStack stack) {
        out.println();
        out.println("Files      %d, %d of them there before".formatted(outcomes.size(), before(outcomes)));
        out.println("Readings   %d new, %d corrected, %d unchanged, %d late; %d records rejected"
                .formatted(
                        sum(outcomes, IngestOutcome::rowsNew),
                        sum(outcomes, IngestOutcome::rowsChanged),
                        sum(outcomes, IngestOutcome::rowsUnchanged),
                        sum(outcomes, IngestOutcome::rowsLate),
                        sum(outcomes, IngestOutcome::rowsRejected)));
        out.println();
        out.println("Report     %s (%s), period %s, %s, from snapshot %s"
                .formatted(
                        manifest.reportId(),
                        status.word(),
                        manifest.period(),
                        Counted.of(manifest.rowCount(), "row"),
                        manifest.snapshotId()));
        for (Manifest.Total total : manifest.totals()) {
            out.println("           %-40s %18s %s"
                    .formatted(String.join(" / ", total.group().values()), total.sum(), total.column()));
        }
        out.println("Lineage    the commits that the report was made from (hudi.lake.report_lineage)");
        for (Manifest.Input input : manifest.inputs()) {
            out.println("           %s: %s, the last requested %s, completed %s"
                    .formatted(
                            input.relation(),
                            Counted.of(input.commits().size(), "commit"),
                            input.commitRequestedAt(),
                            input.commitCompletedAt()));
        }
        out.println();
        out.println("Look further");
        out.println("  the daily energy      ./meterlake query \"select * from hive.marts.fct_meter_daily_energy"
                + " order by reading_date, meter_id limit 10\"");
        out.println("  what was rejected     ./meterlake rejects list");
        out.println("  the lineage           ./meterlake query \"select report_id, table_name, commit_requested_at,"
                + " content_hash from hudi.lake.report_lineage\"");
        out.println("  the report            ./meterlake report show " + manifest.reportId());
        out.println("  what it was made from ./meterlake snapshot show " + manifest.snapshotId());
        out.println("  its files             " + relative(reportFolder));
        out.println("  the dashboards        ./meterlake dashboard preview");
        out.println("  Trino's own pages     " + stack.trinoUri());
        out.println("  stop the stack        ./meterlake stack down");
    }

    private Path relative(Path path) {
        return path.startsWith(folder) ? folder.relativize(path) : path;
    }

    private static long before(List<IngestOutcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.status() == IngestOutcome.Status.ALREADY_INGESTED)
                .count();
    }

    private static long sum(List<IngestOutcome> outcomes, ToLongFunction<IngestOutcome> rows) {
        return outcomes.stream().mapToLong(rows).sum();
    }
}
