package io.meterlake.cli;

import io.meterlake.error.ExitCode;
import io.meterlake.json.JsonDocuments;
import io.meterlake.lake.Lake;
import io.meterlake.metrics.Delivery;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ingest status}: what came when, from whom, how late. */
@Command(
        name = "status",
        description = "Lists the files that came, the newest first: when, from whom, what became of them, and how late"
                + " they were",
        footer = {
            "",
            "Late is how long after the start of its latest interval a file came; `ingest check` knows who is overdue."
        },
        mixinStandardHelpOptions = true)
final class IngestStatusCommand implements Callable<Integer> {
    @ParentCommand
    private IngestCommand ingest;

    @Option(names = "--utility", paramLabel = "NAME", description = "only of this utility")
    private @Nullable String utility;

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "20",
            description = "at most so many; 0: all (default: ${DEFAULT-VALUE})")
    private int last;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "how the files are printed")
    private TextOrJson output;

    @Override
    public Integer call() {
        long most = LastFew.most(last, "files");
        MeterlakeCommand parent = ingest.parent();
        List<Delivery> files;
        try (Lake lake = LakeSession.open(parent.config(), parent.context().clock())) {
            files = Delivery.all(lake).stream()
                    .filter(file -> utility == null || file.utility().equals(utility))
                    .sorted(Comparator.comparing(Delivery::receivedAt)
                            .reversed()
                            .thenComparing(Delivery::file))
                    .limit(most)
                    .toList();
        }
        print(parent.console(), files);
        return ExitCode.OK.status();
    }

    private void print(Console console, List<Delivery> files) {
        switch (output) {
            case JSON ->
                console.out()
                        .print(JsonDocuments.document(Map.of(
                                "files",
                                files.stream()
                                        .map(IngestStatusCommand::document)
                                        .toList())));
            case TEXT -> {
                for (Delivery file : files) {
                    console.out()
                            .println("%s  %s  %s: %s"
                                    .formatted(
                                            file.receivedAt().truncatedTo(ChronoUnit.SECONDS),
                                            file.utility(),
                                            file.file(),
                                            words(file)));
                }
                if (files.isEmpty()) {
                    console.note("No such file has come.");
                }
            }
        }
    }

    private static String words(Delivery file) {
        if (!file.isIngested()) {
            return "rejected";
        }
        Map<String, Long> rows = file.rows();
        return "%d new, %d changed, %d rejected%s"
                .formatted(
                        rows.getOrDefault("new", 0L),
                        rows.getOrDefault("changed", 0L),
                        rows.getOrDefault("rejected", 0L),
                        file.lateness()
                                .map(late -> "; up to %s, %s later".formatted(file.lastInterval(), hours(late)))
                                .orElse(""));
    }

    private static String hours(Duration late) {
        return String.format(Locale.ROOT, "%.1f h", late.toMinutes() / 60.0);
    }

    private static Map<String, Object> document(Delivery file) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("received_at", file.receivedAt());
        document.put("utility", file.utility());
        document.put("file", file.file());
        document.put("status", file.isIngested() ? "ingested" : "rejected");
        document.put("size_bytes", file.sizeBytes());
        document.put("rows", file.rows());
        if (file.lastInterval() != null) {
            document.put("last_interval_start", file.lastInterval());
        }
        file.lateness().ifPresent(late -> document.put("late_seconds", late.toSeconds()));
        return document;
    }
}
