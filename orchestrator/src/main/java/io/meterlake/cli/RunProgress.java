package io.meterlake.cli;

import io.meterlake.error.MeterlakeException;
import io.meterlake.log.Field;
import io.meterlake.log.LogEvent;
import io.meterlake.run.Plan;
import io.meterlake.run.Publication;
import io.meterlake.run.RunListener;
import io.meterlake.run.RunRecord;
import io.meterlake.run.RunResult;
import io.meterlake.run.Work;
import io.meterlake.run.WorkResult;
import io.meterlake.run.WorkStatus;
import io.meterlake.snapshot.Snapshot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A line for each work that ends, and a summary. */
final class RunProgress implements RunListener {
    private final Console console;
    private final FailedTests failedTests;
    private final boolean debug;
    private final Map<String, String> rowsQueries = new LinkedHashMap<>();
    private @Nullable String snapshot;

    /** @param debug whether errors are shown with their stack traces */
    RunProgress(Console console, FailedTests failedTests, boolean debug) {
        this.console = console;
        this.failedTests = failedTests;
        this.debug = debug;
    }

    /** The id of the snapshot that was read; null before, and if none was. */
    @Nullable
    String snapshot() {
        return snapshot;
    }

    /** By the id of a test that found something: the file with the SQL that shows the rows. */
    Map<String, String> rowsQueries() {
        return Map.copyOf(rowsQueries);
    }

    @Override
    public void finished(RunRecord earlier) {
        console.note("Published what run %s had built before it was cut off".formatted(earlier.snapshotId()));
    }

    @Override
    public void finishedSeeds(List<Publication> seeds) {
        console.note("Published the %d seeds of a command that was cut off".formatted(seeds.size()));
    }

    @Override
    public void began(String command, int nodes) {
        console.note("Beginning to %s %d nodes".formatted(command, nodes));
    }

    @Override
    public void reads(Snapshot snapshot) {
        this.snapshot = snapshot.id();
        console.log()
                .write(LogEvent.info("Run %1$s reads snapshot %1$s".formatted(snapshot.id()))
                        .with(Field.SNAPSHOT, snapshot.id()));
        new Told(console.log()).tables("reads", snapshot);
    }

    @Override
    public void published(List<Publication> publications) {
        if (!publications.isEmpty()) {
            console.note("Published %d views".formatted(publications.size()));
        }
    }

    @Override
    public void leftOut(String test, String missing) {
        console.note("Left out test %s: it also reads %s, which is not selected and was never built"
                .formatted(test, missing));
    }

    @Override
    public void started(Plan plan, int threads) {
        failedTests.clear();
        console.note(
                "Running %d nodes, up to %d at a time".formatted(plan.works().size(), threads));
    }

    @Override
    public void ended(int position, int total, WorkResult result) {
        String width = Integer.toString(total);
        String line = "%s of %d %s %s%s %s"
                .formatted(
                        " ".repeat(width.length() - Integer.toString(position).length()) + position,
                        total,
                        word(result.status()),
                        result.work().label(),
                        detail(result),
                        seconds(result.elapsed()));
        console.log()
                .write(LogEvent.info(line)
                        .with(Field.NODE, result.work().id())
                        .with(Field.STATUS, result.status().word())
                        .with(Field.SECONDS, result.elapsed().toMillis() / 1e3));
    }

    @Override
    public void ended(RunResult result) {
        result.results().forEach(one -> {
            switch (one.status()) {
                case FAIL, WARN -> found(one);
                case ERROR -> error(one);
                case SUCCESS, PASS, SKIPPED -> {
                    // Its line has said all.
                }
            }
        });
        String counts = Stream.of(WorkStatus.values())
                .filter(status -> result.count(status) > 0)
                .map(status -> result.count(status) + " " + status.word())
                .collect(Collectors.joining(", "));
        console.note("");
        console.note(
                "Done in %s: %s".formatted(seconds(result.elapsed()), counts.isEmpty() ? "nothing to do" : counts));
    }

    private void found(WorkResult result) {
        String message = heading(result) + ": " + found(result.work(), result);
        LogEvent event = result.status() == WorkStatus.FAIL ? LogEvent.error(message) : LogEvent.warning(message);
        event = event.with(Field.NODE, result.work().id())
                .with(Field.STATUS, result.status().word());
        if (result.work() instanceof Work.RunTest test) {
            String file = failedTests.write(test);
            rowsQueries.put(test.id(), file);
            event = event.with(Field.FIX, "See the rows: ./meterlake query --file " + file);
        }
        console.note("");
        console.log().write(event);
    }

    private void error(WorkResult result) {
        RuntimeException cause = result.cause();
        LogEvent event = LogEvent.error(heading(result) + ": " + result.message())
                .with(Field.NODE, result.work().id())
                .with(Field.STATUS, result.status().word());
        if (cause instanceof MeterlakeException foreseen) {
            event = event.with(Field.CODE, foreseen.code().name()).with(Field.FIX, foreseen.hint());
        }
        if (debug && cause != null) {
            event = event.with(Field.TRACE, FailureReport.trace(cause));
        }
        console.note("");
        console.log().write(event);
    }

    private static String heading(WorkResult result) {
        return word(result.status()) + " in " + result.work().label() + " ("
                + result.work().id() + ")";
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
            case WARN, FAIL -> result.work() instanceof Work.RunUnitTest ? "" : " (" + failures(result) + ")";
            case SKIPPED -> " (" + result.message() + ")";
            case PASS, ERROR -> "";
        };
    }

    private static String found(Work work, WorkResult result) {
        return work instanceof Work.RunUnitTest ? result.message() : failures(result);
    }

    private static String failures(WorkResult result) {
        return "found " + result.failures();
    }

    private static String seconds(Duration elapsed) {
        return String.format(Locale.ROOT, "%.1fs", elapsed.toMillis() / 1000.0);
    }
}
