package io.meterlake.cli;

import static io.meterlake.report.ReportErrorCode.UNKNOWN_REPORT_RUN;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;

import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.engine.EngineErrorCode;
import io.meterlake.engine.Trino;
import io.meterlake.error.DidYouMean;
import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.WorkLock;
import io.meterlake.lineage.LakeLineage;
import io.meterlake.lineage.openlineage.EventLog;
import io.meterlake.lineage.openlineage.ReportEvents;
import io.meterlake.project.Project;
import io.meterlake.project.Seed;
import io.meterlake.project.SeedReader;
import io.meterlake.project.SeedTable;
import io.meterlake.report.LakeReports;
import io.meterlake.report.Manifest;
import io.meterlake.report.Period;
import io.meterlake.report.ReportFiles;
import io.meterlake.report.ReportListener;
import io.meterlake.report.ReportOutcome;
import io.meterlake.report.ReportRecords;
import io.meterlake.report.ReportRequest;
import io.meterlake.report.ReportRow;
import io.meterlake.report.ReportRunner;
import io.meterlake.report.ReportSigning;
import io.meterlake.report.RunType;
import io.meterlake.run.ImmutableSeeds;
import io.meterlake.run.PinnedSources;
import io.meterlake.run.RunRecords;
import io.meterlake.snapshot.Snapshots;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code report run|sign|list|show}; the others are in {@link ReportProofCommands} and {@link ReportDiffCommands}. */
@Command(
        name = "report",
        description = "Makes reports and shows what they were made from",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(run | list | show | sign | verify | reproduce | diff | impact)",
        subcommands = {
            ReportProofCommands.Verify.class,
            ReportProofCommands.Reproduce.class,
            ReportDiffCommands.Diff.class,
            ReportDiffCommands.Impact.class
        })
final class ReportCommand {
    /** What may keep rows from being written just now and is no fault of theirs. */
    private static final Set<ErrorCode> WAITS = Set.of(
            LakeErrorCode.LAKE_LOCKED,
            LakeErrorCode.METASTORE_DOWN,
            EngineErrorCode.STACK_DOWN,
            CliErrorCode.STACK_DOWN);

    /** In the order of a report's life. Picocli puts subcommands that are classes before those that are methods. */
    private static final List<String> ORDER =
            List.of("run", "list", "show", "sign", "verify", "reproduce", "diff", "impact");

    /** For {@code --help}. */
    private static final class RunTypes implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return RunType.words().iterator();
        }
    }

    @ParentCommand
    private MeterlakeCommand parent;

    /** Shows the subcommands in their order. */
    static void sort(CommandLine report) {
        report.getHelpSectionMap().put(SECTION_KEY_COMMAND_LIST, help -> {
            Map<String, CommandLine.Help> commands = new LinkedHashMap<>();
            ORDER.forEach(name -> commands.put(name, help.subcommands().get(name)));
            return help.commandList(commands);
        });
    }

    @Command(
            name = "run",
            description = "Makes a report of a period: CSV, workbook, SQL and manifest, and its lineage rows",
            mixinStandardHelpOptions = true)
    int run(
            @Parameters(paramLabel = "NAME", description = "an analysis with `report` in its meta") String name,
            @Option(
                            names = "--period",
                            required = true,
                            paramLabel = "PERIOD",
                            description =
                                    "2026-01, 2026-Q1, 2026, or 2026-01-01/2026-02-01 with the end exclusive; whole"
                                            + " months where the report is made by the month")
                    String period,
            @Option(
                            names = "--run-type",
                            paramLabel = "TYPE",
                            defaultValue = ReportRequest.INITIAL,
                            completionCandidates = RunTypes.class,
                            description =
                                    "which settlement run it is: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
                    String runType,
            @Option(
                            names = "--snapshot",
                            paramLabel = "ID",
                            description = "the snapshot to read; without it the data as they are now are pinned")
                    @Nullable
                    String snapshotId,
            @Option(
                            names = "--output",
                            paramLabel = "FORMAT",
                            defaultValue = "table",
                            description = "table, or json: the manifest")
                    ReportOutput output) {
        Config config = parent.config();
        ReportRequest request = new ReportRequest(name, Period.parse(period), runType, Optional.ofNullable(snapshotId));
        try (EngineSession session = EngineSession.open(config, "report");
                Lake lake = LakeSession.open(config, parent.context().clock())) {
            ReportOutcome outcome = make(parent.context(), config, session.trino(), lake, request, listener());
            new ReportText(parent.console()).outcome(outcome, output);
        }
        return ExitCode.OK.status();
    }

    @Command(
            name = "sign",
            description = "Vouches for a draft: its files and inputs are checked, and earlier signed ones superseded",
            mixinStandardHelpOptions = true)
    int sign(
            @Parameters(paramLabel = "ID", description = "as `report list` names it") String reportId,
            @Option(names = "--by", paramLabel = "NAME", description = "who signs; reports.signer unless told")
                    @Nullable
                    String by,
            @Option(
                            names = "--supersede-newer",
                            description = "also if what is signed already was made later or from later data")
                    boolean supersedeNewer) {
        String signer = (by == null ? parent.config().text(Setting.REPORTS_SIGNER) : by).strip();
        if (signer.isEmpty()) {
            throw new MeterlakeException(
                    CliErrorCode.NO_SIGNER,
                    "Cannot sign report " + reportId + ": it is not said who signs",
                    "Add --by \"Your Name\", or set reports.signer.");
        }
        try (Lake lake = LakeSession.open(parent.config(), parent.context().clock())) {
            ReportFiles files = files(parent.config());
            ReportSigning signing = new ReportSigning(
                    files,
                    records(files, lake),
                    new Snapshots(lake),
                    parent.context().clock());
            new ReportText(parent.console())
                    .signed(supersedeNewer ? signing.signOverNewer(reportId, signer) : signing.sign(reportId, signer));
        }
        return ExitCode.OK.status();
    }

    @Command(name = "list", description = "Lists the reports that were made", mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "table", description = "table or json")
                    ReportOutput output) {
        try (Lake lake = LakeSession.open(parent.config(), parent.context().clock())) {
            ReportFiles files = files(parent.config());
            finish(files, lake);
            new ReportText(parent.console()).list(records(files, lake).all(), output);
        }
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
                            description = "table, or json: the manifest, with status, signature and superseded")
                    ReportOutput output) {
        try (Lake lake = LakeSession.open(parent.config(), parent.context().clock())) {
            ReportFiles files = files(parent.config());
            finish(files, lake);
            List<String> known = files.ids();
            Manifest manifest = files.find(reportId)
                    .orElseThrow(() -> new MeterlakeException(
                            UNKNOWN_REPORT_RUN,
                            "Cannot show report " + reportId + ": there is none in " + files.root()
                                    + DidYouMean.question(reportId, known),
                            "See `./meterlake report list`."));
            Optional<ReportRow> row = records(files, lake).find(reportId);
            new ReportText(parent.console()).show(manifest, row, files.folder(manifest), output);
        }
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
        Function<Seed, SeedTable> seedReader = SeedReader::read;
        CompileOptions options = projects.compileOptions(context, config, project);
        String lakeDatabase = config.text(Setting.LAKE_DATABASE);
        ReportRunner.Compiler compiler = (snapshot, variables) -> Gate.passed(ProjectCompiler.compile(
                project,
                options.withVars(variables)
                        .withRelations(new ImmutableSeeds(
                                new PinnedSources(options.relations(), lakeDatabase, snapshot), seedReader))));
        ReportFiles files = files(config);
        Snapshots snapshots = new Snapshots(lake);
        ReportRunner runner =
                new ReportRunner(compiler, seedReader, trino, snapshots, files, records(files, lake), context.clock());
        ReportListener tested = new OnlyTested(new RunRecords(config.path(Setting.RUNS_PATH)), request);
        Optional<EventLog> log = OpenLineage.log(context, config, project.name());
        if (log.isEmpty()) {
            return runner.run(request, ReportListener.both(listener, tested));
        }
        ReportEvents events = new ReportEvents(log.get(), request, context.clock());
        try {
            ReportOutcome outcome =
                    runner.run(request, ReportListener.both(ReportListener.both(listener, tested), events));
            events.completed(outcome);
            return outcome;
        } catch (RuntimeException e) {
            events.failed(e);
            throw e;
        }
    }

    MeterlakeCommand parent() {
        return parent;
    }

    static ReportRecords records(ReportFiles files, Lake lake) {
        return new ReportRecords(files, new LakeLineage(lake), new LakeReports(lake));
    }

    private ReportListener listener() {
        return new ReportText(parent.console());
    }

    /** A report whose rows were not written is finished when somebody looks. */
    void finish(ReportFiles files, Lake lake) {
        if (!records(files, lake).hasUnfinished()) {
            return;
        }
        try (WorkLock lock = records(files, lake).lock()) {
            Objects.requireNonNull(lock);
            records(files, lake).finishAll().forEach(listener()::finished);
        } catch (MeterlakeException e) {
            if (!WAITS.contains(e.code())) {
                throw e;
            }
            parent.console()
                    .note("Lineage rows are still to be written, by the next report command: " + e.getMessage());
        }
    }

    static ReportFiles files(Config config) {
        return new ReportFiles(config.path(Setting.REPORTS_PATH));
    }
}
