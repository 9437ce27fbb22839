package io.meterlake.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.json.JsonDocuments;
import io.meterlake.log.Field;
import io.meterlake.log.LogLine;
import io.meterlake.log.LoggedRun;
import io.meterlake.log.Touched;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints runs: for a person, or as one JSON document. */
final class RunsText {
    private final Console console;

    RunsText(Console console) {
        this.console = console;
    }

    void list(List<LoggedRun> runs, TextOrJson output) {
        switch (output) {
            case JSON ->
                console.out()
                        .print(JsonDocuments.document(Map.of(
                                "runs", runs.stream().map(RunsText::document).toList())));
            case TEXT -> {
                int width =
                        runs.stream().mapToInt(run -> run.id().length()).max().orElse(0);
                for (LoggedRun run : runs) {
                    console.out()
                            .println("%s  %-11s %9s  %s"
                                    .formatted(
                                            run.id()
                                                    + " "
                                                            .repeat(width
                                                                    - run.id().length()),
                                            status(run),
                                            seconds(run),
                                            run.error() == null
                                                    ? String.join(" ", run.arguments())
                                                    : firstLine(run.error().message())));
                }
                if (runs.isEmpty()) {
                    console.note("There is no such run.");
                }
            }
        }
    }

    void show(LoggedRun run, List<LogLine> lines, TextOrJson output) {
        Touched touched = Touched.of(lines);
        switch (output) {
            case JSON -> {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("run", document(run));
                document.put("touched", touched);
                document.put("log", lines.stream().map(RunsText::parsed).toList());
                console.out().print(JsonDocuments.document(document));
            }
            case TEXT -> {
                line("run", run.id());
                line("command", "meterlake " + String.join(" ", run.arguments()));
                line("started", run.started().toString());
                line("ended", run.ended() == null ? "not known" : run.ended() + ", after " + seconds(run));
                line("status", words(run));
                if (run.error() != null) {
                    line("error", run.error().message());
                    line("fix", run.error().fix());
                }
                lines("table", touched.tables());
                lines("commit", touched.commits());
                lines("file", touched.files());
                lines("snapshot", touched.snapshots());
                lines("report", touched.reports());
                for (LogLine one : lines) {
                    console.out()
                            .println("%s %-7s %s%s"
                                    .formatted(
                                            one.time(),
                                            one.event().level().word(),
                                            one.event().message(),
                                            one.event()
                                                    .text(Field.FIX)
                                                    .map(fix -> " Fix: " + fix)
                                                    .orElse("")));
                }
            }
        }
    }

    private static JsonNode parsed(LogLine line) {
        try {
            return JsonDocuments.tree(line.json());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("it was just written", e);
        }
    }

    private static JsonNode document(LoggedRun run) {
        ObjectNode document = JsonDocuments.object(run);
        document.put("status", run.status().word());
        run.elapsed().ifPresent(elapsed -> document.put("seconds", elapsed.toMillis() / 1e3));
        return document;
    }

    private static String status(LoggedRun run) {
        return run.status() == LoggedRun.Status.FAILED
                ? "failed (" + run.exitCode() + ")"
                : run.status().word().replace('_', ' ');
    }

    private static String words(LoggedRun run) {
        return switch (run.status()) {
            case RUNNING -> "running";
            case OK -> "ok";
            case FAILED -> "failed: ended with " + run.exitCode();
            case INTERRUPTED -> "interrupted by Ctrl-C or SIGTERM";
            case CUT_OFF -> "cut off: it was killed, or the machine stopped; run the same command again";
        };
    }

    private static String seconds(LoggedRun run) {
        return run.elapsed()
                .map(elapsed -> String.format(Locale.ROOT, "%.1f s", elapsed.toMillis() / 1e3))
                .orElse("");
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private void lines(String name, List<String> values) {
        values.forEach(value -> line(name, value));
    }

    private void line(String name, String text) {
        if (!text.isEmpty()) {
            console.out().println("%-9s %s".formatted(name, text));
        }
    }
}
