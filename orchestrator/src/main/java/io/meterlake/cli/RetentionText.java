package io.meterlake.cli;

import io.meterlake.json.JsonDocuments;
import io.meterlake.lake.CleanedSpace;
import io.meterlake.project.Relation;
import io.meterlake.retention.Need;
import io.meterlake.retention.RetentionPlan;
import io.meterlake.retention.RetentionPlan.ReportBytes;
import io.meterlake.retention.RetentionPlan.SnapshotDecision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what retention plans and did: for a person, or as one JSON document. */
final class RetentionText {
    private final Console console;

    RetentionText(Console console) {
        this.console = console;
    }

    void plan(RetentionPlan plan, TextOrJson output) {
        switch (output) {
            case JSON -> console.out().print(JsonDocuments.document(document(plan)));
            case TEXT -> text(plan, "drop", "its load was cut off, or goes on");
        }
    }

    void applied(RetentionPlan plan, List<CleanedSpace> cleaned, TextOrJson output) {
        switch (output) {
            case JSON -> {
                Map<String, Object> document = document(plan);
                document.put("applied", true);
                document.put(
                        "cleaned",
                        cleaned.stream()
                                .map(table ->
                                        Map.of("table", table.table(), "files", table.files(), "bytes", table.bytes()))
                                .toList());
                console.out().print(JsonDocuments.document(document));
            }
            case TEXT -> {
                text(plan, "dropped", "its load was cut off");
                for (CleanedSpace table : cleaned) {
                    console.out()
                            .println("cleaned %s: %s, %s freed"
                                    .formatted(table.table(), Counted.of(table.files(), "file"), size(table.bytes())));
                }
                if (cleaned.isEmpty() && plan.freedBytes() > 0) {
                    console.note(
                            "The files go with the next ingest, or now with --clean, when lake.cleaner allows it.");
                }
            }
        }
    }

    /** @param unfinished why a seed's table is not finished */
    private void text(RetentionPlan plan, String drop, String unfinished) {
        plan.warnings().forEach(console::note);
        for (SnapshotDecision one : plan.snapshots()) {
            console.out()
                    .println("%-7s %s  %-15s %s, %s of it only by this one: %s"
                            .formatted(
                                    one.kept() ? "keep" : drop,
                                    one.snapshotId(),
                                    one.kind().word(),
                                    size(one.bytes()),
                                    size(one.ownBytes()),
                                    one.kept()
                                            ? String.join(
                                                    "; ",
                                                    one.needs().stream()
                                                            .map(Need::text)
                                                            .toList())
                                            : "nothing needs it"));
        }
        for (Relation table : plan.staleSeeds()) {
            console.out().println("%-7s seed table %s: nothing names it".formatted(drop, table.dotted()));
        }
        for (Relation table : plan.unfinishedSeeds()) {
            console.out().println("%-7s unfinished seed table %s: %s".formatted(drop, table.dotted(), unfinished));
        }
        for (ReportBytes report : plan.reports()) {
            if (report.ownBytes() > 0) {
                console.out()
                        .println("%s report %s keeps %s that nothing else needs"
                                .formatted(report.status().word(), report.reportId(), size(report.ownBytes())));
            }
        }
        long dropped = plan.snapshots().stream().filter(one -> !one.kept()).count();
        console.out()
                .println("%d of %d snapshots are kept; they keep %s of replaced files alive, and what goes keeps %s"
                        .formatted(
                                plan.snapshots().size() - dropped,
                                plan.snapshots().size(),
                                size(plan.keptBytes()),
                                size(plan.freedBytes())));
    }

    private static Map<String, Object> document(RetentionPlan plan) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("at", plan.at().toString());
        document.put("applied", false);
        document.put(
                "snapshots",
                plan.snapshots().stream().map(RetentionText::document).toList());
        document.put(
                "reports", plan.reports().stream().map(RetentionText::document).toList());
        document.put(
                "stale_seed_tables",
                plan.staleSeeds().stream().map(Relation::dotted).toList());
        document.put(
                "unfinished_seed_tables",
                plan.unfinishedSeeds().stream().map(Relation::dotted).toList());
        document.put("kept_bytes", plan.keptBytes());
        document.put("freed_bytes", plan.freedBytes());
        document.put("warnings", plan.warnings());
        return document;
    }

    private static Map<String, Object> document(SnapshotDecision one) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("snapshot_id", one.snapshotId());
        document.put("kind", one.kind().word());
        document.put("created_at", one.createdAt().toString());
        document.put("kept", one.kept());
        document.put("why", one.needs().stream().map(Need::text).toList());
        document.put("bytes", one.bytes());
        document.put("own_bytes", one.ownBytes());
        return document;
    }

    private static Map<String, Object> document(ReportBytes report) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("report_id", report.reportId());
        document.put("status", report.status().word());
        document.put("snapshot_id", report.snapshotId());
        document.put("own_bytes", report.ownBytes());
        return document;
    }

    /** A size for people, in powers of 1000. */
    static String size(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double size = bytes;
        int unit = 0;
        while (size >= 999.5 && unit < units.length - 1) {
            size /= 1000;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
    }
}
