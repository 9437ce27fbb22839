package io.meterlake.cli;

import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.compile.Selection;
import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.engine.Trino;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.InputsLock;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.WorkLock;
import io.meterlake.lineage.openlineage.RunEvents;
import io.meterlake.project.Project;
import io.meterlake.report.ReportErrorCode;
import io.meterlake.report.ReportFiles;
import io.meterlake.retention.ReportFact;
import io.meterlake.run.LastRun;
import io.meterlake.run.RunKind;
import io.meterlake.run.RunListener;
import io.meterlake.run.RunRecords;
import io.meterlake.run.RunRequest;
import io.meterlake.run.RunResult;
import io.meterlake.run.SnapshotRun;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What run, build, test and seed have in common: one run under the lake's lock. */
final class ProjectRun {
    private final MeterlakeCommand parent;
    private final Config config;
    private final ProjectOptions options;
    private final DeferOptions defer;
    private final RebuildOptions rebuild;
    private final RunKind kind;
    private final CompiledProject declared;
    private final RunProgress progress;

    private ProjectRun(
            MeterlakeCommand parent,
            Config config,
            ProjectOptions options,
            DeferOptions defer,
            RebuildOptions rebuild,
            RunKind kind) {
        this.parent = parent;
        this.config = config;
        this.options = options;
        this.defer = defer;
        this.rebuild = rebuild;
        this.kind = kind;
        // Before any server is asked, so that a mistake in the project shows at once.
        this.declared = options.compile(parent.context(), config);
        Gate.check(declared, parent.context());
        this.progress = new RunProgress(
                parent.console(),
                new FailedTests(
                        declared.project().targetFolder(), parent.context().folder()),
                parent.debug());
    }

    static int execute(
            MeterlakeCommand parent,
            ProjectOptions options,
            DeferOptions defer,
            RebuildOptions rebuild,
            RunOutput output,
            RunKind kind) {
        // Before anything is read: it may be no day.
        rebuild.rebuild();
        ProjectRun run = new ProjectRun(parent, parent.config(), options, defer, rebuild, kind);
        return run.inSession(
                output,
                run.request(options.selection(parent.context(), run.declared.project()), Set.of()),
                Optional.empty());
    }

    /**
     * Goes on with the last run.
     *
     * @param only the nodes that are meant; all if none
     * @param last what it left, if that can be gone on with
     */
    static int again(
            MeterlakeCommand parent,
            ProjectOptions options,
            DeferOptions defer,
            RebuildOptions rebuild,
            RunOutput output,
            RunKind kind,
            Set<String> only,
            Optional<LastRun.Unfinished> last) {
        ProjectRun run = new ProjectRun(parent, parent.config(), options, defer, rebuild, kind);
        return run.inSession(output, run.request(Selection.ALL, only), last);
    }

    /** Finishes the publishing of a run that was cut off in it. */
    static void finish(MeterlakeCommand parent, ProjectOptions options) {
        ProjectRun run = new ProjectRun(
                parent, parent.config(), options, new DeferOptions(), new RebuildOptions(), RunKind.BUILD);
        try (EngineSession session = EngineSession.open(run.config, "retry");
                Lake lake = LakeSession.open(run.config, parent.context().clock())) {
            run.locked(session.trino(), lake, snapshotRun -> {
                snapshotRun.finish(run.progress);
                return true;
            });
        }
    }

    /** A run with Trino and a lake that are open already. */
    static RunResult execute(
            MeterlakeCommand parent, Config config, ProjectOptions options, RunKind kind, Trino trino, Lake lake) {
        ProjectRun run = new ProjectRun(parent, config, options, new DeferOptions(), new RebuildOptions(), kind);
        RunRequest request = run.request(options.selection(parent.context(), run.declared.project()), Set.of());
        return run.execute(trino, lake, request, Optional.empty());
    }

    private RunRequest request(Selection selection, Set<String> only) {
        CommandContext context = parent.context();
        return new RunRequest(
                kind,
                selection,
                only,
                defer.deferral(options.state(context, declared.project())),
                options.statePath(context),
                rebuild.rebuild());
    }

    private int inSession(RunOutput output, RunRequest request, Optional<LastRun.Unfinished> last) {
        try (EngineSession session = EngineSession.open(config, kind.command());
                Lake lake = LakeSession.open(config, parent.context().clock())) {
            RunResult result = execute(session.trino(), lake, request, last);
            if (output.isJson()) {
                parent.console().out().print(RunDocument.of(kind, result, progress));
            }
            return result.exitCode().status();
        }
    }

    private RunResult execute(Trino trino, Lake lake, RunRequest request, Optional<LastRun.Unfinished> last) {
        RunListener listener = listener(declared.project());
        return locked(
                trino,
                lake,
                run -> last.isPresent()
                        ? run.resume(declared, request, last.get(), listener)
                        : run.run(declared, request, listener));
    }

    private <T> T locked(Trino trino, Lake lake, Function<SnapshotRun, T> action) {
        Project project = declared.project();
        CompileOptions compileOptions = options.compileOptions(parent.context(), config, project);
        ReportFiles reports = new ReportFiles(config.path(Setting.REPORTS_PATH));
        try (WorkLock lock = lake.lock(WorkLock.Work.RUN)) {
            Objects.requireNonNull(lock);
            return action.apply(new SnapshotRun(
                    trino,
                    lake,
                    new RunRecords(config.path(Setting.RUNS_PATH)),
                    new SnapshotRun.Sources(compileOptions.relations(), config.text(Setting.LAKE_DATABASE)),
                    relations -> ProjectCompiler.compile(project, compileOptions.withRelations(relations)),
                    (snapshot, drop) -> dropUnlessNeeded(lake, reports, snapshot, drop),
                    options.threads(config),
                    parent.context().clock()));
        }
    }

    /**
     * Under the lock of reports, since one that is being made may have taken the snapshot for the newest, and with no proof
     * under way that reads what it pins.
     */
    private static void dropUnlessNeeded(Lake lake, ReportFiles reports, String snapshotId, Runnable drop) {
        try (WorkLock lock = lake.lock(WorkLock.Work.REPORTS);
                InputsLock inputs = lake.dropInputs()) {
            Objects.requireNonNull(lock);
            Objects.requireNonNull(inputs);
            boolean needed = ReportFact.all(lake, reports).stream()
                    .anyMatch(report -> report.snapshotId().equals(snapshotId));
            if (!needed) {
                drop.run();
            }
        } catch (MeterlakeException e) {
            // A report is being made or proven, or a manifest cannot be read: the next run asks again.
            if (e.code() != LakeErrorCode.LAKE_LOCKED
                    && e.code() != ReportErrorCode.BROKEN_MANIFEST
                    && e.code() != ReportErrorCode.REPORT_FILES) {
                throw e;
            }
        }
    }

    private RunListener listener(Project project) {
        CommandContext context = parent.context();
        RunListener told = OpenLineage.log(context, config, project.name())
                .map(log -> RunListener.both(progress, new RunEvents(log, declared, kind.command(), context.clock())))
                .orElse(progress);
        // Last, so that what they may fail of is not the only thing that is said about the run.
        return RunListener.both(told, Artifacts.of(declared, kind, options, rebuild, config, context.clock()));
    }
}
