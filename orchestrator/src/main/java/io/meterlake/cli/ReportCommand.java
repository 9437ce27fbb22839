package io.meterlake.cli;

import static io.meterlake.report.ReportErrorCode.UNKNOWN_REPORT_RUN;

import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.engine.Trino;
import io.meterlake.error.DidYouMean;
import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.Lake;
import io.meterlake.lineage.LakeLineage;
import io.meterlake.lineage.openlineage.EventLog;
import io.meterlake.lineage.openlineage.ReportEvents;
import io.meterlake.project.Project;
import io.meterlake.project.Seed;
import io.meterlake.project.SeedReader;
import io.meterlake.project.SeedTable;
import io.meterlake.report.Manifest;
import io.meterlake.report.Period;
import io.meterlake.report.ReportFiles;
import io.meterlake.report.ReportLineage;
import io.meterlake.report.ReportListener;
import io.meterlake.report.ReportOutcome;
import io.meterlake.report.ReportRequest;
import io.meterlake.report.ReportRunner;
import io.meterlake.run.ImmutableSeeds;
import io.meterlake.run.RunLock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code report run|list|show}. */
@Command(
        name = "report",
        description = "Makes reports and shows what they were made from",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(run | list | show)")
final class ReportCommand {
    @ParentCommand
    private MeterlakeCommand parent;

    @Command(
            name = "run",
            description = "Makes a report of a period: CSV, SQL and manifest, and its lineage rows",
            mixinStandardHelpOptions = true)
    int run(
            @Parameters(paramLabel = "NAME", description = "an analysis with `report` in its meta") String name,
            @Option(
                            names = "--period",
                            required = true,
                            paramLabel = "PERIOD",
                            description = "2026-01, or 2026-01-01/2026-02-01 with the end exclusive")
                    String period,
            @Option(
                            names = "--run-type",
                            paramLabel = "TYPE",
                            defaultValue = ReportRequest.INITIAL,
                            description = "which settlement run it is (default: ${DEFAULT-VALUE})")
                    String runType,
            @Option(
                            names = "--output",
                            paramLabel = "FORMAT",
                            defaultValue = "table",
                            description = "table, or json: the manifest")
                    ReportOutput output) {
        Config config = parent.config();
        ReportRequest request = new ReportRequest(name, Period.parse(period), runType);
        try (EngineSession session = EngineSession.open(config, "report");
                Lake lake = LakeSession.open(config, parent.context().clock())) {
            ReportOutcome outcome = make(parent.context(), config, session.trino(), lake, request, listener());
            new ReportText(parent.console()).outcome(outcome, output);
        }
        return ExitCode.OK.status();
    }

    @Command(name = "list", description = "Lists the reports that were made", mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "table", description = "table or json")
                    ReportOutput output) {
        ReportFiles files = files(parent.config());
        finish(files);
        new ReportText(parent.console()).list(files.all(), output);
        return ExitCode.OK.status();
    }

    @Command(
            name = "show",
            description = "Shows a report: what it was made from and where its files are",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "ID", description = "as `report list` names it") String reportId,
            @Option(
                            names = "--output",
                            paramLabel = "FORMAT",
                            defaultValue = "table",
                            description = "table, or json: the manifest")
                    ReportOutput output) {
        ReportFiles files = files(parent.config());
        List<String> known = files.all().stream().map(Manifest::reportId).toList();
        Manifest manifest = files.find(reportId)
                .orElseThrow(() -> new MeterlakeException(
                        UNKNOWN_REPORT_RUN,
                        "Cannot show report " + reportId + ": there is none in " + files.root()
                                + DidYouMean.question(reportId, known),
                        "See `./meterlake report list`."));
        new ReportText(parent.console()).show(manifest, files.folder(manifest), output);
        return ExitCode.OK.status();
    }

    /** Makes a report with servers and a lake that are open already. */
    static ReportOutcome make(
            CommandContext context,
            Config config,
            Trino trino,
            Lake lake,
            ReportRequest request,
            ReportListener listener) {
        ProjectOptions projects = new ProjectOptions();
        Project project = projects.load(config);
        Function<Seed, SeedTable> seedReader = seed -> SeedReader.read(project, seed);
        CompileOptions options = projects.compileOptions(context, config);
        CompileOptions pinned = options.withRelations(new ImmutableSeeds(options.relations(), seedReader));
        Function<Map<String, Object>, CompiledProject> compiler =
                period -> Gate.passed(ProjectCompiler.compile(project, pinned.withVars(period)));
        LakeLineage lineage = new LakeLineage(lake);
        ReportFiles files = files(config);
        ReportRunner runner = new ReportRunner(
                compiler, seedReader, trino, lineage, files, new ReportLineage(files, lineage), context.clock());
        Optional<EventLog> log = OpenLineage.log(context, config, lake, project.name());
        if (log.isEmpty()) {
            return runner.run(request, listener);
        }
        ReportEvents events = new ReportEvents(log.get(), request, context.clock());
        try {
            ReportOutcome outcome = runner.run(request, ReportListener.both(listener, events));
            events.completed(outcome);
            return outcome;
        } catch (RuntimeException e) {
            events.failed(e);
            throw e;
        }
    }

    private ReportListener listener() {
        return new ReportText(parent.console());
    }

    /** A report whose lineage rows were not written is finished when somebody looks. */
    private void finish(ReportFiles files) {
        if (files.unfinished().isEmpty()) {
            return;
        }
        try (RunLock lock = RunLock.acquire(files.root().resolve(".lock"), "the reports");
                Lake lake = LakeSession.open(parent.config(), parent.context().clock())) {
            Objects.requireNonNull(lock);
            new ReportLineage(files, new LakeLineage(lake)).finishAll().forEach(listener()::finished);
        } catch (MeterlakeException e) {
            parent.console()
                    .note("Lineage rows are still to be written, by the next report command: " + e.getMessage());
        }
    }

    private static ReportFiles files(Config config) {
        return new ReportFiles(config.path(Setting.REPORTS_PATH));
    }
}
