package io.meterlake.cli;

import io.meterlake.compile.CompiledProject;
import io.meterlake.run.Plan;
import io.meterlake.run.Publication;
import io.meterlake.run.RunListener;
import io.meterlake.run.RunRecord;
import io.meterlake.run.RunResult;
import io.meterlake.run.WorkResult;
import io.meterlake.run.WorkStatus;
import io.meterlake.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A line for each work that ends, and a summary. */
final class RunProgress implements RunListener {
    private final Console console;

    RunProgress(Console console) {
        this.console = console;
    }

    @Override
    public void finished(RunRecord earlier) {
        console.note("Published what run %s had built before it was cut off".formatted(earlier.snapshotId()));
    }

    @Override
    public void pinned(Snapshot snapshot, CompiledProject project) {
        console.note("Reading snapshot %s".formatted(snapshot.id()));
    }

    @Override
    public void published(List<Publication> publications) {
        if (!publications.isEmpty()) {
            console.note("Published %d views".formatted(publications.size()));
        }
    }

    @Override
    public void started(Plan plan, int threads) {
        console.note(
                "Running %d nodes, up to %d at a time".formatted(plan.works().size(), threads));
    }

    @Override
    public void ended(int position, int total, WorkResult result) {
        String width = Integer.toString(total);
        console.note("%s of %d %s %s%s %s"
                .formatted(
                        " ".repeat(width.length() - Integer.toString(position).length()) + position,
                        total,
                        word(result.status()),
                        result.work().label(),
                        detail(result),
                        seconds(result.elapsed())));
    }

    @Override
    public void ended(RunResult result) {
        result.results().stream()
                .filter(one -> one.status() == WorkStatus.ERROR || one.status() == WorkStatus.FAIL)
                .forEach(one -> {
                    console.note("");
                    console.note(word(one.status()) + " in " + one.work().label() + " ("
                            + one.work().id() + ")");
                    console.note("  " + (one.status() == WorkStatus.FAIL ? failures(one) : one.message()));
                });
        String counts = Stream.of(WorkStatus.values())
                .filter(status -> result.count(status) > 0)
                .map(status -> result.count(status) + " " + status.word())
                .collect(Collectors.joining(", "));
        console.note("");
        console.note(
                "Done in %s: %s".formatted(seconds(result.elapsed()), counts.isEmpty() ? "nothing to do" : counts));
    }

    private static String word(WorkStatus status) {
        return switch (status) {
            case SUCCESS -> "OK";
            case PASS -> "PASS";
            case WARN -> "WARN";
            case FAIL -> "FAIL";
            case ERROR -> "ERROR";
            case SKIPPED -> "SKIP";
        };
    }

    private static String detail(WorkResult result) {
        return switch (result.status()) {
            case SUCCESS -> {
                String rows = result.rows() == null ? "" : result.rows() + " rows";
                String text = Stream.of(rows, result.message())
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", "));
                yield text.isEmpty() ? "" : " (" + text + ")";
            }
            case WARN, FAIL -> " (" + failures(result) + ")";
            case SKIPPED -> " (" + result.message() + ")";
            case PASS, ERROR -> "";
        };
    }

    private static String failures(WorkResult result) {
        return "found " + result.failures();
    }

    private static String seconds(Duration elapsed) {
        return String.format(Locale.ROOT, "%.1fs", elapsed.toMillis() / 1000.0);
    }
}
