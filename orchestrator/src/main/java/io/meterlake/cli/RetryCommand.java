package io.meterlake.cli;

import static java.util.Objects.requireNonNullElseGet;

import io.meterlake.artifact.LastResults;
import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.error.MeterlakeException;
import io.meterlake.json.JsonDocuments;
import io.meterlake.project.ProjectLoader;
import io.meterlake.run.LastRun;
import io.meterlake.run.RunErrorCode;
import io.meterlake.run.RunKind;
import io.meterlake.run.RunPurpose;
import io.meterlake.run.RunRecord;
import io.meterlake.run.RunRecords;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code retry}. */
@Command(
        name = "retry",
        description = {
            "Goes on with the last run, build, test or seed that failed or was killed",
            "A run of models goes on with its own snapshot, keeps what it had done and would still do the same way, and"
                    + " publishes all of it. Tests and seeds: those that failed."
        },
        mixinStandardHelpOptions = true)
final class RetryCommand implements Callable<Integer> {
    @ParentCommand
    private MeterlakeCommand parent;

    @Mixin
    private RunOutput output = new RunOutput();

    @Option(
            names = "--vars",
            paramLabel = "YAML",
            description = "variables for the templates in place of those of the last run")
    private @Nullable String vars;

    @Option(names = "--threads", paramLabel = "N", description = "nodes that run at the same time")
    private @Nullable Integer threads;

    @Override
    public Integer call() {
        Config config = parent.config();
        LastRun last = LastRun.of(new RunRecords(config.path(Setting.RUNS_PATH)));
        Optional<LastResults> results = LastResults.in(
                ProjectLoader.load(config.path(Setting.MODELS_PATH)).targetFolder());
        Optional<LastResults> later = last.begun().flatMap(record -> results.filter(tested -> isLater(tested, record)));
        if (later.isPresent()) {
            return failed(later.get());
        }
        return switch (last) {
            case LastRun.NotBegun notBegun -> {
                parent.console().note("The last " + notBegun.purpose().command() + " was cut off: it is begun again");
                yield again(notBegun.purpose(), Optional.empty());
            }
            case LastRun.Unfinished unfinished -> resume(unfinished);
            case LastRun.Dropped dropped -> beginAgain(dropped);
            case LastRun.Published published -> finish(published.record());
            case LastRun.None() -> failed(results.orElseThrow(RetryCommand::nothing));
        };
    }

    /** Whether tests or seeds ran after it; results of the run itself tell nothing that its journal does not. */
    private static boolean isLater(LastResults results, RunRecord record) {
        Instant started = results.started();
        return Set.of("test", "seed").contains(results.command()) && started.isAfter(record.started());
    }

    private int resume(LastRun.Unfinished unfinished) {
        RunPurpose purpose = unfinished.kept().purpose();
        parent.console()
                .note("Going on with the %s of snapshot %s"
                        .formatted(purpose.command(), unfinished.record().snapshotId()));
        return again(purpose, Optional.of(unfinished));
    }

    private int beginAgain(LastRun.Dropped dropped) {
        RunPurpose purpose = dropped.purpose().orElseThrow(RetryCommand::nothing);
        parent.console().note("What the last %s had built was dropped: it is begun again".formatted(purpose.command()));
        return again(purpose, Optional.empty());
    }

    private int again(RunPurpose purpose, Optional<LastRun.Unfinished> last) {
        tellWhatIsRetried(purpose.command());
        Path state = purpose.state() == null ? null : Path.of(purpose.state());
        return ProjectRun.again(
                parent,
                options(purpose.vars(), state, purpose.target()),
                DeferOptions.again(purpose.defer(), purpose.favorState()),
                RebuildOptions.again(purpose.remade()),
                output,
                kind(purpose.command()),
                purpose.all() ? Set.of() : Set.copyOf(purpose.selected()),
                last);
    }

    /** The tests or seeds that failed. */
    private int failed(LastResults results) {
        if (results.failed().isEmpty()) {
            parent.console().note("Nothing to retry: the last " + results.command() + " went well");
            return 0;
        }
        tellWhatIsRetried(results.command());
        return ProjectRun.again(
                parent,
                options(results.vars(), null, results.target().orElse(null)),
                new DeferOptions(),
                new RebuildOptions(),
                output,
                kind(results.command()),
                results.failed(),
                Optional.empty());
    }

    private int finish(RunRecord record) {
        if (record.status() == RunRecord.Status.PUBLISHING) {
            tellWhatIsRetried(record.command());
            ProjectRun.finish(parent, options(Map.of(), null, null));
        }
        parent.console()
                .note("Nothing to retry: the %s of snapshot %s is published"
                        .formatted(record.command(), record.snapshotId()));
        return 0;
    }

    /** To this command's log, so that the alarm of what had failed is over when this ends well. */
    private void tellWhatIsRetried(String command) {
        LoggedExecution.logs(parent.config())
                .unfinished(command)
                .ifPresent(run -> parent.console().log().write(run.event()));
    }

    private ProjectOptions options(Map<String, Object> before, @Nullable Path state, @Nullable String target) {
        return ProjectOptions.again(
                requireNonNullElseGet(vars, () -> JsonDocuments.compact(before)), threads, state, target);
    }

    private static RunKind kind(String command) {
        return RunKind.of(command).orElseThrow(RetryCommand::nothing);
    }

    private static MeterlakeException nothing() {
        return new MeterlakeException(
                RunErrorCode.NOTHING_TO_RETRY,
                "Cannot retry: nobody knows of a run, build, test or seed that failed",
                "Run `meterlake build`.");
    }
}
