package io.meterlake.cli;

import io.meterlake.json.JsonDocuments;
import io.meterlake.report.Manifest;
import io.meterlake.report.ReportListener;
import io.meterlake.report.ReportOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
    public void querying(String reportId, int attempt) {
        console.note("Making report " + reportId + (attempt == 1 ? "" : " (attempt " + attempt + ")"));
    }

    @Override
    public void inputsChanged(String reportId, List<String> tables) {
        console.note("New commits came in to " + String.join(", ", tables) + " meanwhile");
    }

    void outcome(ReportOutcome outcome, ReportOutput output) {
        show(outcome.manifest(), outcome.folder(), output);
    }

    void show(Manifest manifest, Path folder, ReportOutput output) {
        switch (output) {
            case JSON -> console.out().print(JsonDocuments.document(manifest));
            case TABLE -> lines(manifest, folder);
        }
    }

    void list(List<Manifest> manifests, ReportOutput output) {
        switch (output) {
            case JSON -> console.out().print(JsonDocuments.document(Map.of("reports", manifests)));
            case TABLE -> {
                int width = manifests.stream()
                        .mapToInt(manifest -> manifest.reportId().length())
                        .max()
                        .orElse(0);
                for (Manifest manifest : manifests) {
                    console.out()
                            .println("%-10s %s  %s  %d rows"
                                    .formatted(
                                            manifest.status(),
                                            manifest.reportId()
                                                    + " "
                                                            .repeat(width
                                                                    - manifest.reportId()
                                                                            .length()),
                                            manifest.createdAt(),
                                            manifest.rowCount()));
                }
                if (manifests.isEmpty()) {
                    console.note("No report was made yet: `./meterlake report run settlement --period 2026-01`.");
                }
            }
        }
    }

    private void lines(Manifest manifest, Path folder) {
        line("report", manifest.reportId() + " (" + manifest.status() + ")");
        line(
                "period",
                manifest.periodStart() + " to before " + manifest.periodEnd() + ", time zone " + manifest.timeZone());
        line("created", manifest.createdAt().toString());
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
            line("models", "git commit " + manifest.gitCommit());
        }
        line("rows", manifest.rowCount() + ", content hash " + manifest.contentHash());
        for (Manifest.Total total : manifest.totals()) {
            line("total", String.join(" / ", total.group().values()) + ": " + total.sum() + " " + total.column());
        }
        for (Manifest.FileEntry file : manifest.files()) {
            line("file", folder.resolve(file.name()) + " (" + file.size() + " bytes)");
        }
    }

    private void line(String name, String text) {
        console.out().println("%-8s %s".formatted(name, text));
    }
}
