package io.meterlake.cli;

import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.json.JsonDocuments;
import io.meterlake.lake.Lake;
import io.meterlake.log.LogSink;
import io.meterlake.vee.VeeRules;
import io.meterlake.writer.Ingest;
import io.meterlake.writer.IngestListener;
import io.meterlake.writer.IngestOutcome;
import io.meterlake.writer.IngestOutcome.Status;
import io.meterlake.writer.IngestRequest;
import io.meterlake.writer.validate.plausibility.PlausibilityRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ingest}: meter files into the lake. */
@Command(
        name = "ingest",
        subcommands = {IngestStatusCommand.class, IngestCheckCommand.class},
        description = "Takes meter files into the lake, each as a whole or not at all",
        footer = {
            "",
            "`ingest status` tells what came when, `ingest check` whether all came that deliveries.yml expects.",
            "The same file again changes nothing. A later update time wins, whatever the order of arrival.",
            "Small files are committed together: many at once are in sooner. --one-by-one commits each by itself.",
            "Ends with 3 if a file or some of its records were rejected: see `meterlake rejects list`.",
            "With --watch it goes on until Ctrl-C or SIGTERM and takes each file that lands in the folders, once its",
            "size and time of change stayed the same for --settle seconds. Hidden files and *.part are left alone."
        },
        mixinStandardHelpOptions = true)
final class IngestCommand implements Callable<Integer> {
    @ParentCommand
    private MeterlakeCommand parent;

    @Mixin
    private FormatOptions options = new FormatOptions();

    @Option(
            names = "--utility",
            paramLabel = "NAME",
            defaultValue = "",
            description = "who sent the files; what they or the mapping say if not given")
    private String utility;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "how the outcome is printed")
    private TextOrJson output;

    @Option(names = "--watch", description = "stay, and take in what lands in the folders")
    private boolean watch;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description =
                    "how long a watched file must not change before it is taken in; ${DEFAULT-VALUE} if not given")
    private int settleSeconds;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "with --watch: serve the metrics of `meterlake metrics` at this port; 0: a free one")
    private @Nullable Integer metricsPort;

    @Option(
            names = "--metrics-host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "the address to serve them at; ${DEFAULT-VALUE} if not given")
    private String metricsHost;

    @Option(
            names = "--without-missing-files",
            description =
                    "go on from the base files that are there where later ones are missing; what only these held is lost"
                            + " unless it is delivered again")
    private boolean withoutMissingFiles;

    @Option(
            names = "--one-by-one",
            description = "commit each file by itself: reading_changes then has values, too, that files of this very"
                    + " command replace")
    private boolean oneByOne;

    @Option(
            names = "--dry-run",
            description = "only say what would become of the files; nothing is written to the lake's tables")
    private boolean dryRun;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "files, or folders that hold some")
    private List<Path> paths = List.of();

    MeterlakeCommand parent() {
        return parent;
    }

    @Override
    public Integer call() {
        if (paths.isEmpty()) {
            throw new MeterlakeException(
                    CliErrorCode.NO_SUCH_FILE,
                    "Cannot ingest anything: no file is named",
                    "Name files, or folders that hold some.");
        }
        Config config = parent.config();
        Path folder = parent.context().folder();
        IngestFiles files = new IngestFiles(utility, options.named(folder), options.formats(folder));
        List<Path> places = paths.stream().map(folder::resolve).toList();
        if (metricsPort != null && !watch) {
            throw new MeterlakeException(
                    CliErrorCode.ONLY_WATCHING,
                    "Cannot serve metrics: this ingest ends when the files are in",
                    "Add --watch, or write them with `./meterlake metrics --file FILE`.");
        }
        if (watch && dryRun) {
            throw new MeterlakeException(
                    CliErrorCode.ONLY_ONCE,
                    "Cannot watch folders without taking in what lands there",
                    "Leave out --watch or --dry-run.");
        }
        PlausibilityRules rules = VeeRules.read(config.path(Setting.MODELS_PATH));
        if (watch) {
            return watch(config, files, places, rules);
        }
        List<IngestRequest> requests = files.requests(places);
        if (dryRun) {
            return dryRun(config, requests, rules);
        }
        IngestOutput printed =
                IngestOutput.of(parent.console(), output, parent.context().clock());
        try (InterruptNote note = InterruptNote.open(parent.console());
                Lake lake = LakeSession.open(config, parent.context().clock())) {
            Objects.requireNonNull(note);
            ingest(lake, printed.stages(), rules).ingest(requests);
        } catch (RuntimeException e) {
            // What is in already is told, whatever comes after it.
            return printed.failed(e, parent.debug());
        }
        printed.complete();
        return exitCode(printed.outcomes()).status();
    }

    private int dryRun(Config config, List<IngestRequest> requests, PlausibilityRules rules) {
        List<IngestOutcome> outcomes;
        try (Lake lake = LakeSession.open(config, parent.context().clock())) {
            outcomes = ingest(lake, IngestListener.NONE, rules).dryRun(requests);
        }
        switch (output) {
            case JSON -> {
                IngestStages none =
                        new IngestStages(IngestListener.NONE, parent.context().clock());
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("dry_run", true);
                document.put(
                        "files",
                        outcomes.stream()
                                .map(outcome -> document(outcome, none))
                                .toList());
                parent.console().out().print(JsonDocuments.document(document));
            }
            case TEXT ->
                outcomes.forEach(outcome ->
                        IngestText.dryRun(outcome).forEach(parent.console().out()::println));
        }
        return exitCode(outcomes).status();
    }

    private int watch(Config config, IngestFiles files, List<Path> folders, PlausibilityRules rules) {
        folders.forEach(IngestCommand::requireFolder);
        Clock clock = parent.context().clock();
        WatchAlarms alarms = new WatchAlarms(RunAlarms.incidents(config, parent.context()));
        Console console = parent.console().withLog(LogSink.both(parent.console().log(), alarms));
        IngestOutput printed = IngestOutput.endless(console, output, clock);
        try (Lake lake = LakeSession.open(config, clock);
                MetricsServer metrics = metrics(config, clock)) {
            if (metrics != null) {
                parent.console().note("Metrics are at " + metrics.uri());
            }
            new IngestWatch(console, printed, files, Duration.ofSeconds(settleSeconds), clock)
                    .run(folders, ingest(lake, printed.stages(), rules));
        } catch (RuntimeException e) {
            alarms.end();
            return printed.failed(e, parent.debug());
        }
        printed.complete();
        return ExitCode.OK.status();
    }

    private @Nullable MetricsServer metrics(Config config, Clock clock) {
        return metricsPort == null
                ? null
                : MetricsServer.start(metricsHost, metricsPort, new LakeMetricsSource(config, clock)::read, clock);
    }

    private Ingest ingest(Lake lake, IngestListener listener, PlausibilityRules rules) {
        Ingest ingest = new Ingest(lake, listener).rejecting(rules);
        ingest = oneByOne ? ingest.oneByOne() : ingest;
        return withoutMissingFiles ? ingest.withoutMissingFiles() : ingest;
    }

    private static void requireFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new MeterlakeException(
                    CliErrorCode.NO_SUCH_FILE,
                    "Cannot watch %s: it is no folder".formatted(folder),
                    "Name the folders that files land in.");
        }
    }

    static ExitCode exitCode(List<IngestOutcome> outcomes) {
        boolean rejected = outcomes.stream()
                .anyMatch(outcome -> outcome.status() == Status.REJECTED
                        || (outcome.status() == Status.INGESTED && outcome.rowsRejected() > 0));
        return rejected ? ExitCode.DATA : ExitCode.OK;
    }

    static Map<String, Object> document(IngestOutcome outcome, IngestStages stages) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("file", outcome.file().toString());
        document.put("sha256", outcome.checksum());
        document.put("utility", outcome.utility());
        document.put("format", outcome.format());
        document.put("status", outcome.status().name().toLowerCase(java.util.Locale.ROOT));
        document.put("reason", outcome.reason());
        document.put("fix", outcome.hint());
        document.put("rows_read", outcome.rowsRead());
        document.put("rows_new", outcome.rowsNew());
        document.put("rows_changed", outcome.rowsChanged());
        document.put("rows_unchanged", outcome.rowsUnchanged());
        document.put("rows_late", outcome.rowsLate());
        document.put("rows_duplicate", outcome.rowsDuplicate());
        document.put("rows_rejected", outcome.rowsRejected());
        document.put("commit", outcome.commit() == null ? "" : outcome.commit().requested());
        // From here on of the whole commit, which other files may be part of.
        IngestOutcome.Written written = outcome.written();
        document.put("commit_files", written.ofFiles());
        document.put("days", written.days().stream().map(Object::toString).toList());
        document.put("files_written", written.baseFiles());
        document.put("files_replaced", written.replaced());
        document.put("rows_written", written.rows());
        document.put("bytes_written", written.bytes());
        document.put("write_amplification", Math.round(written.amplification() * 10) / 10.0);
        document.put("stage_seconds", stages.seconds(outcome.file()));
        return document;
    }
}
