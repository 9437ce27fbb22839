package io.meterlake.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.json.JsonDocuments;
import io.meterlake.log.Field;
import io.meterlake.log.LogEvent;
import io.meterlake.report.Manifest;
import io.meterlake.report.ReportListener;
import io.meterlake.report.ReportOutcome;
import io.meterlake.report.ReportRow;
import io.meterlake.report.ReportSigning;
import io.meterlake.report.ReportStatus;
import io.meterlake.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Prints reports, and how one is made. */
final class ReportText implements ReportListener {
    private final Console console;

    ReportText(Console console) {
        this.console = console;
    }

    @Override
    public void finished(Manifest earlier) {
        console.note("Wrote the lineage rows of " + earlier.reportId() + ", which was cut off before");
    }

    @Override
    public void pinned(String reportId, Snapshot snapshot) {
        console.log()
                .write(LogEvent.info("Making report " + reportId + " from snapshot " + snapshot.id())
                        .with(Field.REPORT, reportId)
                        .with(Field.SNAPSHOT, snapshot.id()));
    }

    void outcome(ReportOutcome outcome, ReportOutput output) {
        Manifest made = outcome.manifest();
        if (made.rowCount() == 0) {
            String warning = "WARNING: the report has no rows: there are none from %s to before %s in snapshot %s"
                    .formatted(made.periodStart(), made.periodEnd(), made.snapshotId());
            console.log().write(LogEvent.warning(warning).with(Field.REPORT, made.reportId()));
        }
        new Told(console.log()).made(made);
        show(outcome.manifest(), Optional.empty(), outcome.folder(), output);
    }

    void signed(ReportSigning.Signed signed) {
        new Told(console.log()).signed(signed);
        ReportRow row = signed.signed();
        ReportRow.Signature signature = Objects.requireNonNull(row.signature());
        line("signed", "%s by %s at %s".formatted(row.reportId(), signature.by(), signature.at()));
        line("hash", signature.hash());
        signed.superseded().forEach(other -> line("instead", "of " + other.reportId() + ", which is superseded"));
    }

    /** @param row what became of the report; empty for one that was just made */
    void show(Manifest manifest, Optional<ReportRow> row, Path folder, ReportOutput output) {
        switch (output) {
            case JSON ->
                console.out().print(JsonDocuments.document(row.isEmpty() ? manifest : document(manifest, row.get())));
            case TABLE -> lines(manifest, row, folder);
        }
    }

    void list(List<ReportRow> rows, ReportOutput output) {
        switch (output) {
            case JSON ->
                console.out()
                        .print(JsonDocuments.document(Map.of(
                                "reports",
                                rows.stream().map(ReportText::document).toList())));
            case TABLE -> {
                int width = rows.stream()
                        .mapToInt(row -> row.reportId().length())
                        .max()
                        .orElse(0);
                for (ReportRow row : rows) {
                    String padding = " ".repeat(width - row.reportId().length());
                    console.out()
                            .println("%-10s %s  %s  snapshot %s  %s"
                                    .formatted(
                                            row.status().word(),
                                            row.reportId() + padding,
                                            row.createdAt(),
                                            row.snapshotId(),
                                            Counted.of(row.rowCount(), "row")));
                }
                if (rows.isEmpty()) {
                    console.note("No report was made yet: `./meterlake report run settlement --period 2026-01`.");
                }
            }
        }
    }

    /** The row, its status as the table {@code reports} has it. */
    private static JsonNode document(ReportRow row) {
        ObjectNode document = JsonDocuments.object(row);
        document.put("status", row.status().word());
        return document;
    }

    /** The manifest, and beside it what became of the report. */
    private static JsonNode document(Manifest manifest, ReportRow row) {
        ObjectNode document = JsonDocuments.object(manifest);
        JsonNode status = document(row);
        for (String name : List.of("status", "signature", "superseded")) {
            document.set(name, status.path(name));
        }
        return document;
    }

    private void lines(Manifest manifest, Optional<ReportRow> row, Path folder) {
        String status = row.map(ReportRow::status).orElse(ReportStatus.DRAFT).word();
        line("report", manifest.reportId() + " (" + status + ")");
        ReportRow.Signature signature = row.map(ReportRow::signature).orElse(null);
        if (signature != null) {
            line("signed", "by %s at %s, hash %s".formatted(signature.by(), signature.at(), signature.hash()));
        }
        ReportRow.Superseded superseded = row.map(ReportRow::superseded).orElse(null);
        if (superseded != null) {
            line("instead", "of it holds %s, since %s".formatted(superseded.by(), superseded.at()));
        }
        line(
                "period",
                manifest.periodStart() + " to before " + manifest.periodEnd() + ", time zone " + manifest.timeZone());
        line("created", manifest.createdAt().toString());
        line("snapshot", manifest.snapshotId());
        for (Manifest.Input input : manifest.inputs()) {
            line(
                    "input",
                    input.commitCompletedAt() == null
                            ? input.relation() + " without a commit"
                            : "%s as of commit %s, completed %s"
                                    .formatted(input.relation(), input.commitRequestedAt(), input.commitCompletedAt()));
        }
        manifest.seeds().forEach(seed -> line("seed", seed.relation()));
        if (manifest.gitCommit() != null) {
            line("models", "git commit " + manifest.gitCommit() + edits(manifest));
        }
        line("rows", manifest.rowCount() + ", content hash " + manifest.contentHash());
        for (Manifest.Total total : manifest.totals()) {
            line("total", String.join(" / ", total.group().values()) + ": " + total.sum() + " " + total.column());
        }
        for (Manifest.FileEntry file : manifest.files()) {
            line("file", folder.resolve(file.name()) + " (" + file.size() + " bytes)");
        }
    }

    private static String edits(Manifest manifest) {
        return switch (Objects.requireNonNullElse(manifest.gitEdits(), "unknown")) {
            case "none" -> "";
            case "uncommitted" -> ", with uncommitted edits";
            default -> "; whether all edits were committed is not known";
        };
    }

    private void line(String name, String text) {
        console.out().println("%-8s %s".formatted(name, text));
    }
}
