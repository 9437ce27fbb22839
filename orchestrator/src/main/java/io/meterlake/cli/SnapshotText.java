package io.meterlake.cli;

import io.meterlake.json.JsonDocuments;
import io.meterlake.lake.CompletedInstant;
import io.meterlake.snapshot.PinnedTable;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotCheck;
import io.meterlake.snapshot.SnapshotProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints snapshots: for a person, or as one JSON document. */
final class SnapshotText {
    private final Console console;

    SnapshotText(Console console) {
        this.console = console;
    }

    void list(List<Snapshot> snapshots, ReportOutput output) {
        switch (output) {
            case JSON ->
                json(Map.of(
                        "snapshots",
                        snapshots.stream().map(SnapshotText::document).toList()));
            case TABLE -> {
                for (Snapshot snapshot : snapshots) {
                    console.out()
                            .println("%s  %s  %-8s %s, %s, %d bytes"
                                    .formatted(
                                            snapshot.id(),
                                            snapshot.createdAt(),
                                            snapshot.purpose(),
                                            Counted.of(snapshot.tables().size(), "table"),
                                            Counted.of(snapshot.files(), "file"),
                                            snapshot.bytes()));
                }
                if (snapshots.isEmpty()) {
                    console.note("There is no snapshot: `./meterlake snapshot create` makes one.");
                }
            }
        }
    }

    void show(Snapshot snapshot, ReportOutput output) {
        switch (output) {
            case JSON -> json(document(snapshot));
            case TABLE -> {
                line("snapshot", snapshot.id() + ", made for: " + snapshot.purpose());
                line("created", snapshot.createdAt().toString());
                for (PinnedTable table : snapshot.tables()) {
                    line(
                            "table",
                            "%s: %s, %d bytes"
                                    .formatted(table.table(), Counted.of(table.files(), "file"), table.bytes()));
                    line(
                            "  commits",
                            table.newest()
                                    .map(newest -> "%d, the last one %s, completed %s"
                                            .formatted(table.instants().size(), newest.requested(), newest.completed()))
                                    .orElse("none"));
                    line("  query", "select * from " + relation(snapshot, table));
                }
            }
        }
    }

    void check(SnapshotCheck check, ReportOutput output) {
        check.problems().forEach(problem -> new Told(console.log()).problem(check.snapshotId(), problem));
        switch (output) {
            case JSON -> {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("snapshot_id", check.snapshotId());
                document.put("intact", check.intact());
                document.put("files_checked", check.files());
                document.put("checksums_checked", check.checksums());
                document.put(
                        "problems",
                        check.problems().stream().map(SnapshotText::problem).toList());
                json(document);
            }
            case TABLE -> {
                check.problems().forEach(problem -> console.out().println(problem.text()));
                console.out()
                        .println("%s: %s; %s looked at, the content of %d compared"
                                .formatted(
                                        check.snapshotId(),
                                        check.intact()
                                                ? "all is as it was pinned"
                                                : Counted.of(check.problems().size(), "problem"),
                                        Counted.of(check.files(), "file"),
                                        check.checksums()));
            }
        }
    }

    private static Map<String, Object> problem(SnapshotProblem problem) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("table", problem.table());
        document.put(
                "kind",
                switch (problem) {
                    case SnapshotProblem.MissingFile missing -> "missing_file";
                    case SnapshotProblem.ChangedSize changed -> "changed_size";
                    case SnapshotProblem.ChangedContent changed -> "changed_content";
                    case SnapshotProblem.BrokenList broken -> "broken_list";
                    case SnapshotProblem.Unprotected open -> "unprotected";
                    case SnapshotProblem.NotRegistered lost -> "not_registered";
                    case SnapshotProblem.MissingGathered lost -> "missing_gathered_file";
                });
        document.put(
                "file",
                problem instanceof SnapshotProblem.FileProblem of ? of.file().relativePath() : "");
        document.put("text", problem.text());
        return document;
    }

    void dropped(Snapshot snapshot, boolean dryRun, ReportOutput output) {
        if (!dryRun) {
            new Told(console.log()).snapshot("dropped", snapshot.id());
        }
        switch (output) {
            case JSON -> {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("snapshot_id", snapshot.id());
                document.put("dropped", !dryRun);
                document.put("files", snapshot.files());
                document.put("bytes", snapshot.bytes());
                json(document);
            }
            case TABLE ->
                console.out()
                        .println("%s snapshot %s and its databases %s*; it held %s, %d bytes"
                                .formatted(
                                        dryRun ? "Would drop" : "Dropped",
                                        snapshot.id(),
                                        snapshot.database(),
                                        Counted.of(snapshot.files(), "file"),
                                        snapshot.bytes()));
        }
    }

    private static Map<String, Object> document(Snapshot snapshot) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("snapshot_id", snapshot.id());
        document.put("created_at", snapshot.createdAt().toString());
        document.put("purpose", snapshot.purpose());
        document.put("database", snapshot.database());
        document.put(
                "tables",
                snapshot.tables().stream()
                        .map(table -> document(snapshot, table))
                        .toList());
        return document;
    }

    private static Map<String, Object> document(Snapshot snapshot, PinnedTable table) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("table", table.table());
        document.put("relation", relation(snapshot, table));
        document.put("files", table.files());
        document.put("bytes", table.bytes());
        document.put("files_sha256", table.filesSha256());
        document.put("savepoints", table.savepoints());
        document.put(
                "instants",
                table.instants().stream().map(SnapshotText::document).toList());
        return document;
    }

    private static Map<String, Object> document(CompletedInstant instant) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("action", instant.action());
        document.put("requested", instant.requested());
        document.put("completed", instant.completed());
        return document;
    }

    /** The table's name in Trino. */
    private static String relation(Snapshot snapshot, PinnedTable table) {
        return "hive." + snapshot.database() + "." + table.table();
    }

    private void json(Map<String, Object> document) {
        console.out().print(JsonDocuments.document(document));
    }

    private void line(String name, String text) {
        console.out().println("%-10s %s".formatted(name, text));
    }
}
